import type { AssetChange, MeasurementChange } from '../model/comparison.ts';
import type { Encoding } from '../model/metric.ts';
import type { ModuleShare } from '../model/module.ts';
import type { Load } from '../model/page.ts';
import type { Asset } from '../model/snapshot.ts';
import type { OwnerOf } from './module-owner.ts';
import type { Covers, PageLoads, Part } from './subject.ts';

/** One side of something that was weighed, in bytes of the account's encoding. */
export interface Weighed {
  readonly bytes: number;
  readonly raw: number;
  /** Null where nothing says what is inside. */
  readonly modules: readonly ModuleShare[] | null;
  readonly load: Load | null;
}

/** An asset, or a measurement, with the sides that are counted; never both null. */
export interface Entry {
  readonly name: string;
  /** True for scripts and styles, which a source map could open. */
  readonly isCode: boolean;
  readonly base: Weighed | null;
  readonly head: Weighed | null;
}

/** All that makes up a change: the bytes of the entries' heads less their bases are the delta. */
export interface Account {
  readonly encoding: Encoding;
  readonly entries: readonly Entry[];
}

/**
 * What changed among the things that a subject covers. What is the same on both sides is left out.
 * Null where a size is not known on a side that counts it.
 */
export function accountOf(covers: Covers, encoding: Encoding): Account | null {
  const entries = entriesOf(covers, encoding);
  return entries === null ? null : { encoding, entries };
}

function entriesOf(covers: Covers, encoding: Encoding): readonly Entry[] | null {
  switch (covers.kind) {
    case 'nothing':
      return [];
    case 'measurement':
      return [measured(covers.change)];
    case 'assets':
      return allKnown(covers.parts.map((part) => weighedPart(part, encoding, covers.loads)));
    case 'package':
      return allKnown(covers.parts.map((part) => weighedPart(part, encoding, undefined)));
  }
}

function allKnown(entries: readonly (Entry | 'same' | 'unknown')[]): readonly Entry[] | null {
  if (entries.includes('unknown')) return null;
  return entries.filter((entry) => typeof entry !== 'string');
}

function weighedPart(
  part: Part,
  encoding: Encoding,
  loads: PageLoads | undefined,
): Entry | 'same' | 'unknown' {
  const { change } = part;
  const counted = {
    base: part.isInBase ? change.base : null,
    head: part.isInHead ? change.head : null,
  };
  const { base: before, head: after } = counted;
  // Nothing is counted, or the same twice.
  if (before === null || after === null ? before === after : change.isSame) return 'same';
  const side = (name: 'base' | 'head') => {
    const asset = counted[name];
    return asset === null ? null : weighed(asset, change, encoding, name, loads);
  };
  const [base, head] = [side('base'), side('head')];
  if (base === 'unknown' || head === 'unknown') return 'unknown';
  const { path } = counted.head ?? counted.base ?? { path: '' };
  return { name: change.subject, isCode: CODE.test(path), base, head };
}

/** Scripts and styles, which a map can open. */
export const CODE = /\.(?:[cm]?js|css)$/;

function weighed(
  asset: Asset,
  { sizes }: AssetChange,
  encoding: Encoding,
  side: 'base' | 'head',
  loads: PageLoads | undefined,
): Weighed | 'unknown' {
  const bytes = sizes[encoding][side];
  if (bytes === undefined) return 'unknown';
  const load = (loads === undefined ? asset.load : loads[side].get(asset.path)) ?? null;
  return { bytes, raw: asset.raw, modules: asset.modules ?? null, load };
}

/** What an import costs is in one piece, and all of it is there at once. */
function measured({ base, head }: MeasurementChange): Entry {
  const side = (item: typeof head): Weighed | null => {
    if (item === null) return null;
    const { value, modules = null } = item;
    const raw = (modules ?? []).reduce((sum, one) => sum + one.raw, 0);
    return { bytes: value, raw, modules, load: 'initial' };
  };
  return {
    name: (head ?? base)?.subject ?? '',
    isCode: true,
    base: side(base),
    head: side(head),
  };
}

/** A module's bytes in an encoding; its part of the raw bytes where only these are known. */
export function shareOf(module: ModuleShare, within: Weighed, encoding: Encoding): number {
  const known = module[encoding];
  if (known !== undefined) return known;
  return within.raw === 0 ? 0 : Math.round((module.raw / within.raw) * within.bytes);
}

/** The account of a package's modules alone. */
export function packageOnly(
  account: Account,
  name: string,
  ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf },
): Account {
  const isOf = (owner: OwnerOf) => (id: string) => owner(id).package === name;
  return modulesOnly(account, { base: isOf(ownerOf.base), head: isOf(ownerOf.head) });
}

/** The account of some modules alone: what holds none of them has no bytes. */
export function modulesOnly(
  account: Account,
  isMeant: Readonly<Record<'base' | 'head', (id: string) => boolean>>,
): Account {
  const only = (side: Weighed | null, isIn: (id: string) => boolean): Weighed | null => {
    if (side === null) return null;
    const modules = (side.modules ?? []).filter(({ id }) => isIn(id));
    const sum = (size: (module: ModuleShare) => number) =>
      modules.reduce((total, one) => total + size(one), 0);
    const bytes = sum((one) => shareOf(one, side, account.encoding));
    return { ...side, modules, bytes, raw: sum(({ raw }) => raw) };
  };
  const entries = account.entries.map((entry) => ({
    ...entry,
    base: only(entry.base, isMeant.base),
    head: only(entry.head, isMeant.head),
  }));
  return { ...account, entries };
}
