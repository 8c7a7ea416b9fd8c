import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Asset } from '../model/snapshot.ts';
import { hasSameContent } from './compare.ts';

/** Scripts that changed, and the side that does not say what is inside of any script. */
export interface ClosedChanges {
  readonly side: 'head' | 'base';
  /** Never empty. */
  readonly changes: readonly AssetChange[];
}

/** Style sheets, pages and pictures are no scripts: many of them can have no source map. */
const SCRIPT = /\.[cm]?js$/;

/**
 * The changed scripts that nothing can be said of, for want of a build with source maps. Null where
 * none changed, and where the side has maps: then one file without is what its author wanted.
 */
export function closedChanges({ base, head, assets }: Comparison): ClosedChanges | null {
  if (base === null) return null;
  const changed = assets.filter(hasChangedScript);
  if (!head.assets.some(isOpenScript)) return closed('head', changed);
  if (base.snapshot.assets.some(isOpenScript)) return null;
  const kept = changed.filter((change) => change.base !== null);
  return closed('base', kept);
}

function closed(side: ClosedChanges['side'], changes: readonly AssetChange[]) {
  return changes.length === 0 ? null : { side, changes };
}

/** What is gone needs no map; what was not looked for is no change. */
function hasChangedScript({ base, head, isLookedFor }: AssetChange): boolean {
  if (head === null || !isLookedFor || head.raw === 0 || !SCRIPT.test(head.path)) return false;
  return base === null || !hasSameContent(base, head);
}

function isOpenScript({ path, modules }: Asset): boolean {
  return SCRIPT.test(path) && modules !== undefined;
}
