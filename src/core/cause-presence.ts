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

/** By the owner's key. */
export type Presences = ReadonlyMap<string, Presence>;

/** Something that holds modules: an asset, or what an import costs. */
export interface Holder {
  readonly path: string;
  readonly load: Load | null;
  readonly modules: readonly ModuleShare[];
}

interface Growing {
  initial: number;
  lazy: number;
  unknown: number;
  copied: number;
  files: number;
  readonly instances: Map<string, string | null>;
  readonly importers: Map<string, string>;
  /** The last one that was counted. */
  last: Holder | null;
}

/** Where everything is in what one side holds. */
export function presencesIn(holders: readonly Holder[], ownerOf: OwnerOf): Presences {
  const found = new Map<string, Growing>();
  const seen = new Set<string>();
  for (const holder of holders) {
    const kind = holder.path.slice(holder.path.lastIndexOf('.'));
    for (const module of holder.modules) {
      const owner = ownerOf(module.id);
      const one = growingOf(owner.key, found);
      const name = `${kind} ${module.id}`;
      if (seen.has(name)) one.copied += module.raw;
      seen.add(name);
      count(one, holder, module);
      origin(one, owner, module);
    }
  }
  return found;
}

function growingOf(key: string, found: Map<string, Growing>): Growing {
  const known = found.get(key);
  if (known !== undefined) return known;
  const nothing = { initial: 0, lazy: 0, unknown: 0, copied: 0, files: 0, last: null };
  const fresh = { ...nothing, instances: new Map(), importers: new Map() };
  found.set(key, fresh);
  return fresh;
}

function count(one: Growing, holder: Holder, { raw }: ModuleShare): void {
  one[holder.load ?? 'unknown'] += raw;
  if (one.last !== holder) one.files += 1;
  one.last = holder;
}

function origin(one: Growing, owner: Owner, { id, importer }: ModuleShare): void {
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
