import type { ModuleShare } from '../model/module.ts';
import type { Load } from '../model/page.ts';
import type { Owner, OwnerOf } from './module-owner.ts';

/** Where a package or module is in a whole build, in raw bytes. */
export interface Presence {
  readonly initial: number;
  readonly lazy: number;
  /** In assets of which it is not known when they are fetched. */
  readonly unknown: number;
  /** Bytes that are there more than once: a module in several files of one kind. */
  readonly copied: number;
  /** Files that hold any of it. */
  readonly files: number;
  /** Installed copies, each with its version. */
  readonly instances: ReadonlyMap<string, string | null>;
  /** The first own module on the way to each copy. */
  readonly importers: ReadonlyMap<string, string>;
}

/** By the owner's key. Made when asked for: a page has a few owners that changed, of many. */
export interface Presences {
  get(key: string): Presence | undefined;
}

/** Something that holds modules: an asset, or what an import costs. */
export interface Holder {
  readonly path: string;
  readonly modules: readonly ModuleShare[];
}

/** What of an owner is the same whenever its files are fetched. */
interface Held {
  copied: number;
  /** Raw bytes by the path of what holds them. */
  readonly bytes: Map<string, number>;
  readonly instances: Map<string, string | null>;
  readonly importers: Map<string, string>;
}

/** Where everything is in what one side holds, by the owner's key. */
export type PresenceIndex = ReadonlyMap<string, Readonly<Held>>;

/** Goes through all modules: once for a side, however many pages ask. */
export function indexPresences(holders: readonly Holder[], ownerOf: OwnerOf): PresenceIndex {
  const found = new Map<string, Held>();
  const seen = new Set<string>();
  for (const { path, modules } of holders) {
    const kind = path.slice(path.lastIndexOf('.'));
    for (const module of modules) {
      const owner = ownerOf(module.id);
      const one = heldOf(owner.key, found);
      const name = `${kind} ${module.id}`;
      if (seen.has(name)) one.copied += module.raw;
      seen.add(name);
      one.bytes.set(path, (one.bytes.get(path) ?? 0) + module.raw);
      origin(one, owner, module);
    }
  }
  return found;
}

/** @param loads when assets are fetched, by path: by one page, or each by itself */
export function presencesIn(index: PresenceIndex, loads: ReadonlyMap<string, Load>): Presences {
  return {
    get: (key) => {
      const held = index.get(key);
      return held === undefined ? undefined : presenceOf(held, loads);
    },
  };
}

function presenceOf(
  { copied, bytes, instances, importers }: Readonly<Held>,
  loads: ReadonlyMap<string, Load>,
): Presence {
  const sums = { initial: 0, lazy: 0, unknown: 0 };
  for (const [path, raw] of bytes) sums[loads.get(path) ?? 'unknown'] += raw;
  return { ...sums, copied, files: bytes.size, instances, importers };
}

function heldOf(key: string, found: Map<string, Held>): Held {
  const known = found.get(key);
  if (known !== undefined) return known;
  const fresh = { copied: 0, bytes: new Map(), instances: new Map(), importers: new Map() };
  found.set(key, fresh);
  return fresh;
}

function origin(one: Held, owner: Owner, { id, importer }: ModuleShare): void {
  const instance = owner.instance ?? id;
  if (!one.instances.has(instance)) one.instances.set(instance, owner.version);
  const from = owner.importer ?? importer;
  if (from !== undefined && !one.importers.has(instance)) one.importers.set(instance, from);
}

/** When most readers first meet it: initial if any of it is. */
export function loadIn({ initial, lazy }: Presence): Load | null {
  if (initial > 0) return 'initial';
  return lazy > 0 ? 'lazy' : null;
}
