import type { Asset } from '../model/snapshot.ts';
import { isAnonymous } from './anonymous.ts';
import { shortened } from './sketch.ts';

/** Characters of all sketches of a snapshot together: a record is to stay small. */
const ROOM = 100_000;
/** Characters of a sketch of 16 values, which tells little enough. */
const LEAST = 64;

/**
 * Assets with sketches only where nothing tells of their modules, and no more of them than a record
 * has room for: shorter ones where there are many; where there are too many, those of assets that
 * have no name, and of the largest.
 */
export function fitSketches(assets: readonly Asset[]): Asset[] {
  const sketched = assets.filter(({ sketch, modules }) => sketch && modules === undefined);
  const kept = new Set(sketched.toSorted(byNeed).slice(0, ROOM / LEAST));
  const values = Math.floor(ROOM / Math.max(1, kept.size) / CHARACTERS);
  return assets.map((asset) => {
    const { sketch, ...others } = asset;
    if (sketch === undefined) return asset;
    return kept.has(asset) ? { ...others, sketch: shortened(sketch, values) } : others;
  });
}

/** Of base64, for a value. */
const CHARACTERS = 4;

function byNeed(left: Asset, right: Asset): number {
  const names = Number(isAnonymous(right)) - Number(isAnonymous(left));
  if (names !== 0) return names;
  return right.raw - left.raw || (left.path < right.path ? -1 : 1);
}
