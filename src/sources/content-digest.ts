import { createHash, hash } from 'node:crypto';
import { hashRanges } from '../core/content.ts';
import { debugIdRanges } from '../core/debug-id.ts';
import type { HashIndex } from '../model/hash-index.ts';

/** The sha256 of a file's bytes. */
export function sha256(data: Buffer): string {
  return hash('sha256', data, 'hex');
}

/** Hashed in pieces: what is between the hashes of siblings and its own id, with placeholders. */
export function contentDigest(data: Buffer, digest: string, hashes: HashIndex): string {
  const own = debugIdRanges(data);
  const ranges = hashRanges(data, hashes).concat(own);
  // A file's own id holds no hash of another: they do not overlap.
  if (own.length > 0) ranges.sort(([left], [right]) => left - right);
  if (ranges.length === 0) return digest;
  const pieces = createHash('sha256');
  let from = 0;
  for (const [start, end] of ranges) {
    pieces.update(data.subarray(from, start)).update('[hash]');
    from = end;
  }
  return pieces.update(data.subarray(from)).digest('hex');
}
