import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Asset } from '../model/snapshot.ts';

/** Scripts that changed, and the side that does not say what is inside of them: `both` never did. */
export interface ClosedChanges {
  readonly side: 'head' | 'base' | 'both';
  /** Never empty. */
  readonly changes: readonly AssetChange[];
  /** Base had maps, so head's are missing: nobody wants that. */
  readonly isLost: boolean;
}

/** Style sheets, pages and pictures are no scripts: many of them can have no source map. */
const SCRIPT = /\.[cm]?js$/;

/** Raw bytes of a change beneath which a script without a map is left alone: lists of other files. */
const SMALL = 500;

/**
 * The changed scripts that nothing can be said of, for want of a build with source maps. Null where
 * none changed, and where others of that side have maps: then one file without is what its author
 * wanted, unless base had one, or it changed by more than the lists of other files do that bundlers
 * write without a map.
 */
export function closedChanges({ base, head, assets }: Comparison): ClosedChanges | null {
  if (base === null) return null;
  const changed = assets.filter(hasChangedScript);
  const wasOpen = base.snapshot.assets.some(isOpenScript);
  if (!head.assets.some(isOpenScript)) return closed('head', changed, wasOpen);
  const lost = changed.filter(hasLostMap);
  if (lost.length > 0) return closed('head', lost, true);
  if (wasOpen) return closed('both', changed.filter(isLarge), false);
  const kept = changed.filter((change) => change.base !== null);
  return closed('base', kept, false);
}

function closed(side: ClosedChanges['side'], changes: readonly AssetChange[], isLost: boolean) {
  return changes.length === 0 ? null : { side, changes, isLost };
}

function hasLostMap({ base, head }: AssetChange): boolean {
  return base?.modules !== undefined && head?.modules === undefined;
}

function isLarge({ base, head }: AssetChange): boolean {
  const isClosed = base?.modules === undefined && head?.modules === undefined;
  return isClosed && Math.abs((head?.raw ?? 0) - (base?.raw ?? 0)) >= SMALL;
}

/** What is gone needs no map; what was not looked for is no change. */
function hasChangedScript({ head, isSame, isLookedFor }: AssetChange): boolean {
  if (head === null || !isLookedFor || head.raw === 0 || !SCRIPT.test(head.path)) return false;
  return !isSame;
}

function isOpenScript({ path, modules }: Asset): boolean {
  return SCRIPT.test(path) && modules !== undefined;
}
