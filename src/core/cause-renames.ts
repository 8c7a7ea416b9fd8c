import type { Snapshot } from '../model/snapshot.ts';
import { groupBy } from './group-by.ts';
import type { OwnerOf } from './module-owner.ts';

/** A file that was moved is about as large as before: the smaller of the two in the larger. */
const LEAST_ALIKE = 0.9;

/** Files of one name in the whole build, past which a name says nothing. */
const MOST_NAMESAKES = 50;

interface Sized {
  readonly id: string;
  readonly raw: number;
}

/**
 * Own modules that only changed their path: from base's id to head's. A module that is gone and
 * one that is new are the same when they share the name without folder and ending, and differ in
 * size by no more than a tenth; the closest in size first, each once.
 */
export function renamedModules(
  base: Snapshot,
  head: Snapshot,
  ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf },
): ReadonlyMap<string, string> {
  const before = ownModules(base, ownerOf.base);
  const after = ownModules(head, ownerOf.head);
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  const fresh = groupBy(
    [...after.values()].filter(({ id }) => !before.has(id)),
    stemOf,
  );
  const namesakes = groupBy(gone, stemOf);
  const isTelling = (list: readonly Sized[]) => list.length <= MOST_NAMESAKES;
  const couples = gone
    .filter((old) => isTelling(namesakes.get(stemOf(old)) ?? []))
    .flatMap((old) => {
      const alike = fresh.get(stemOf(old)) ?? [];
      return isTelling(alike) ? alike.map((next) => ({ old, next })) : [];
    })
    .filter(({ old, next }) => likeness(old, next) >= LEAST_ALIKE)
    .sort((left, right) => likeness(right.old, right.next) - likeness(left.old, left.next));
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { old, next } of couples) {
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

function stemOf({ id }: Sized): string {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return name.replace(/\.[^.]+$/, '');
}

function likeness(left: Sized, right: Sized): number {
  const most = Math.max(left.raw, right.raw);
  return most === 0 ? 1 : Math.min(left.raw, right.raw) / most;
}
