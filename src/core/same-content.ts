import type { Encoding } from '../model/metric.ts';
import type { Asset } from '../model/snapshot.ts';

/** What names of other things in a file, which are no content of it, can move its size by. */
interface Noise {
  readonly bytes: number;
  readonly share: number;
}

/**
 * Hashes of siblings are of one length; numbers of modules have a digit more or less, and modules
 * follow their order. Measured on builds of one source: up to 2 B raw, 7 B gzip and 146 B brotli.
 * Far above that it is weight that somebody downloads, whatever it comes from: ids of an
 * application that grew past 500 modules all have a digit more.
 */
const NOISE: Readonly<Record<Encoding, Noise>> = {
  raw: { bytes: 16, share: 0 },
  gzip: { bytes: 16, share: 0.01 },
  brotli: { bytes: 160, share: 0.02 },
};

/**
 * Equal bytes, or bytes that differ only in embedded names of siblings and modules.
 * @param compared encodings whose sizes were made alike on both sides
 */
export function hasSameContent(
  base: Asset,
  head: Asset,
  compared: readonly Encoding[] = ['raw'],
): boolean {
  if (base.sha256 === head.sha256) return true;
  return (
    base.content === head.content &&
    compared.every((encoding) => isNoise(encoding, base[encoding], head[encoding]))
  );
}

/** Whether two sizes, in bytes, of equal contents differ by no more than names in them can do. */
function isNoise(encoding: Encoding, base: number | undefined, head: number | undefined): boolean {
  if (base === undefined || head === undefined) return true;
  const { bytes, share } = NOISE[encoding];
  return Math.abs(head - base) <= Math.max(bytes, share * base);
}
