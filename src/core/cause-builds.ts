import type { MeasurementChange } from '../model/comparison.ts';
import type { Measurement, Snapshot } from '../model/snapshot.ts';
import { CODE } from './account.ts';
import type { Builds } from './cause-account.ts';
import { type Holder, indexPresences, type PresenceIndex, presencesIn } from './cause-presence.ts';
import { renamedModules } from './cause-renames.ts';
import { type OwnerOf, ownersIn } from './module-owner.ts';
import type { PageLoads } from './subject.ts';

/** The two builds that are compared, as far as explaining them needs; each view is made once. */
export interface World {
  readonly ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf };
  /** @param loads of one page; undefined: each asset's own class counts */
  ofAssets(loads: PageLoads | undefined): Builds;
  /** What an import costs is a build by itself. */
  ofMeasurement(change: MeasurementChange): Builds;
}

/** Own modules that only changed their path go by head's. */
export function worldOf(base: Snapshot, head: Snapshot): World {
  const owners = { base: ownersIn(base), head: ownersIn(head) };
  const renamed = renamedModules(base, head, owners);
  const baseOwner = (id: string) => {
    const now = renamed.get(id);
    return now === undefined ? owners.base(id) : owners.head(now);
  };
  const ownerOf = { base: baseOwner, head: owners.head };
  const index = (before: readonly Holder[] | null, after: readonly Holder[] | null): Indexed => ({
    base: indexPresences(before ?? [], ownerOf.base),
    head: indexPresences(after ?? [], ownerOf.head),
    isOpen: { base: before !== null, head: after !== null },
  });
  const loads = { base: ownLoads(base), head: ownLoads(head) };
  let assets: Indexed | null = null;
  return {
    ownerOf,
    ofAssets: (ofPage) => {
      // Once, and not for each page: there may be a thousand of them, and each has loads of its own.
      assets ??= index(heldBy(base), heldBy(head));
      return buildsOf(assets, ofPage ?? loads, ownerOf);
    },
    ofMeasurement: (change) =>
      buildsOf(index(inMeasurement(change.base), inMeasurement(change.head)), AT_ONCE, ownerOf),
  };
}

interface Indexed {
  readonly base: PresenceIndex;
  readonly head: PresenceIndex;
  readonly isOpen: Builds['isOpen'];
}

function buildsOf(
  { base, head, isOpen }: Indexed,
  loads: PageLoads,
  ownerOf: Builds['ownerOf'],
): Builds {
  const presences = {
    base: presencesIn(base, loads.base),
    head: presencesIn(head, loads.head),
  };
  return { ownerOf, presences, isOpen };
}

function ownLoads({ assets }: Snapshot): PageLoads['head'] {
  return new Map(
    assets.flatMap(({ path, load }) => (load === undefined ? [] : [[path, load] as const])),
  );
}

/** Null where there are scripts or styles, and nothing says what is inside any of them. */
function heldBy({ assets }: Snapshot): Holder[] | null {
  const holders = assets.flatMap(({ path, modules }) =>
    modules === undefined ? [] : [{ path, modules }],
  );
  const isClosed = holders.length === 0 && assets.some(({ path }) => CODE.test(path));
  return isClosed ? null : holders;
}

/** What an import costs is in one piece, which is there at once. */
const PIECE = '.js';
const AT_ONCE: PageLoads = {
  base: new Map([[PIECE, 'initial']]),
  head: new Map([[PIECE, 'initial']]),
};

function inMeasurement(item: Measurement | null): Holder[] | null {
  return item?.modules === undefined ? null : [{ path: PIECE, modules: item.modules }];
}
