import type { ModuleShare } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import { apportion } from './apportion.ts';
import type { Spans } from './span-writer.ts';

/** The bytes of each owner, and in the last place nobody's. */
export function rawShares({ ends, owners }: Spans, count: number): Float64Array {
  const bytes = new Float64Array(count + 1);
  let from = 0;
  for (const [index, end] of ends.entries()) {
    const owner = owners[index] as number;
    const slot = owner < 0 ? count : owner;
    bytes[slot] = (bytes[slot] as number) + end - from;
    from = end;
  }
  return bytes;
}

/** What each module weighs, by index; in the last place what belongs to none. */
export interface Weights {
  readonly raw: Float64Array;
  /** In any unit; for both compressed encodings. */
  readonly compressed: Float64Array;
}

/**
 * Shares in an asset's sizes, in the order of ids. What they leave of each size is nobody's.
 * Modules without a byte are left out.
 * @param ids each once
 */
export function moduleShares(
  ids: readonly string[],
  { raw, compressed }: Weights,
  sizes: Pick<Asset, 'gzip' | 'brotli'>,
): ModuleShare[] {
  const gzip = sizes.gzip === undefined ? null : apportion(sizes.gzip, compressed);
  const brotli = sizes.brotli === undefined ? null : apportion(sizes.brotli, compressed);
  return ids
    .map((id, at) => ({
      id,
      raw: raw[at] as number,
      ...(gzip === null ? {} : { gzip: gzip[at] as number }),
      ...(brotli === null ? {} : { brotli: brotli[at] as number }),
    }))
    .filter((share) => share.raw > 0)
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}
