import { createHash, hash } from 'node:crypto';
import { chunkHead } from '../core/chunk-head.ts';
import { hashRanges, type Range } from '../core/content.ts';
import { debugIdRanges } from '../core/debug-id.ts';
import type { FileLook } from '../model/file-look.ts';
import type { HashIndex } from '../model/hash-index.ts';
import { blankChunk } from './chunk-digest.ts';

/** The sha256 of a file's bytes. */
export function sha256(data: Buffer): string {
  return hash('sha256', data, 'hex');
}

/** What a file holds, whatever the names of its siblings. */
export function contentOf(
  path: string,
  data: Buffer,
  digest: string,
  hashes: HashIndex,
): Pick<FileLook, 'content' | 'chunk'> {
  const ranges = rangesIn(data, hashes);
  const head = isScript(path) ? chunkHead(data) : null;
  const chunk = head === null ? null : blankChunk(data, head, ranges);
  return { content: chunk === null ? digestOf(data, digest, ranges) : digest, chunk };
}

/** Scripts are what ids can stand in. */
export function isScript(path: string): boolean {
  return /\.[cm]?js$/.test(path);
}

/** The hashes of siblings, and a file's own id, in their order. */
function rangesIn(data: Buffer, hashes: HashIndex): Range[] {
  const own = debugIdRanges(data);
  const ranges = hashRanges(data, hashes).concat(own);
  // A file's own id holds no hash of another: they do not overlap.
  return own.length === 0 ? ranges : ranges.sort(([left], [right]) => left - right);
}

/** Hashed in pieces: what is between the ranges, with placeholders. */
function digestOf(data: Buffer, digest: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return digest;
  const pieces = createHash('sha256');
  let from = 0;
  for (const [start, end] of ranges) {
    pieces.update(data.subarray(from, start)).update('[hash]');
    from = end;
  }
  return pieces.update(data.subarray(from)).digest('hex');
}
