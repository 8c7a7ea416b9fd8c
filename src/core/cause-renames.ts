import type { Snapshot } from '../model/snapshot.ts';
import { groupBy } from './group-by.ts';
import type { OwnerOf } from './module-owner.ts';

/** A file that kept its name is about as large as before: the smaller of the two in the larger. */
const LEAST_OF_NAME = 0.9;
/** A file that kept its folder, and got another name, has hardly changed. */
const LEAST_OF_FOLDER = 0.98;
/** Files of one name, or in one folder, that came or went: past these none is told from another. */
const MOST_ALIKE = 50;

interface Sized {
  readonly id: string;
  readonly raw: number;
}

interface Couple {
  readonly old: Sized;
  readonly next: Sized;
}

/**
 * Own modules that only changed their path: from base's id to head's. A module that is gone and
 * one that is new are the same when they share the name without folder and ending, and differ in
 * size by no more than a tenth; or when they share folder and ending, and differ by no more than
 * 2 %. The closest in size first, each once.
 */
export function renamedModules(
  base: Snapshot,
  head: Snapshot,
  ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf },
): ReadonlyMap<string, string> {
  const before = ownModules(base, ownerOf.base);
  const after = ownModules(head, ownerOf.head);
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  const fresh = [...after.values()].filter(({ id }) => !before.has(id));
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  const ways = [
    couplesBy(stemOf, gone, fresh, LEAST_OF_NAME),
    couplesBy(placeOf, gone, fresh, LEAST_OF_FOLDER),
  ];
  for (const { old, next } of ways.flat()) {
    if (renamed.has(old.id) || taken.has(next.id)) continue;
    renamed.set(old.id, next.id);
    taken.add(next.id);
  }
  return renamed;
}

/** Raw bytes in the whole build, by id. */
function ownModules(
  { assets, measurements }: Snapshot,
  ownerOf: OwnerOf,
): ReadonlyMap<string, Sized> {
  const sizes = new Map<string, Sized>();
  const modules = [...assets, ...measurements].flatMap((one) => one.modules ?? []);
  for (const { id, raw } of modules) {
    if (ownerOf(id).module === null) continue;
    sizes.set(id, { id, raw: raw + (sizes.get(id)?.raw ?? 0) });
  }
  return sizes;
}

/** What shares a key and is of about one size, the closest first. */
function couplesBy(
  key: (module: Sized) => string,
  gone: readonly Sized[],
  fresh: readonly Sized[],
  least: number,
): Couple[] {
  const after = groupBy(fresh, key);
  return [...groupBy(gone, key)]
    .flatMap(([name, olds]) => {
      const nexts = after.get(name) ?? [];
      if (olds.length > MOST_ALIKE || nexts.length > MOST_ALIKE) return [];
      return olds.flatMap((old) => nexts.map((next) => ({ old, next })));
    })
    .filter((couple) => likeness(couple) >= least)
    .sort((left, right) => likeness(right) - likeness(left));
}

/** `Chart` of `src/old/Chart.jsx`. */
function stemOf({ id }: Sized): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '');
}

/** `src/old/ .jsx` of `src/old/Chart.jsx`. */
function placeOf({ id }: Sized): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return `${id.slice(0, id.length - name.length)} ${/\.[^.]+$/.exec(name)?.[0] ?? ''}`;
}

function likeness({ old, next }: Couple): number {
  const most = Math.max(old.raw, next.raw);
  return most === 0 ? 1 : Math.min(old.raw, next.raw) / most;
}
