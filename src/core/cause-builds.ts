import type { MeasurementChange } from '../model/comparison.ts';
import type { Asset, Measurement, Snapshot } from '../model/snapshot.ts';
import { CODE } from './account.ts';
import type { Builds } from './cause-account.ts';
import { type Holder, presencesIn } from './cause-presence.ts';
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
  const builds = (before: readonly Holder[] | null, after: readonly Holder[] | null): Builds => ({
    ownerOf,
    presences: {
      base: presencesIn(before ?? [], ownerOf.base),
      head: presencesIn(after ?? [], ownerOf.head),
    },
    isOpen: { base: before !== null, head: after !== null },
  });
  const views = new Map<PageLoads | undefined, Builds>();
  return {
    ownerOf,
    ofAssets: (loads) => {
      const view = views.get(loads) ?? builds(heldBy(base, loads?.base), heldBy(head, loads?.head));
      views.set(loads, view);
      return view;
    },
    ofMeasurement: (change) => builds(inMeasurement(change.base), inMeasurement(change.head)),
  };
}

/** Null where there are scripts or styles, and nothing says what is inside any of them. */
function heldBy({ assets }: Snapshot, loads: PageLoads['head'] | undefined): Holder[] | null {
  const loadOf = ({ path, load }: Asset) => (loads === undefined ? load : loads.get(path)) ?? null;
  const holders = assets.flatMap((asset) =>
    asset.modules === undefined
      ? []
      : [{ path: asset.path, load: loadOf(asset), modules: asset.modules }],
  );
  const isClosed = holders.length === 0 && assets.some(({ path }) => CODE.test(path));
  return isClosed ? null : holders;
}

function inMeasurement(item: Measurement | null): Holder[] | null {
  if (item?.modules === undefined) return null;
  return [{ path: '.js', load: 'initial', modules: item.modules }];
}
