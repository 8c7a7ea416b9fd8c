import { createHash, hash } from 'node:crypto';
import { type ChunkHead, chunkHead } from '../core/chunk-head.ts';
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
  const head = headOf(path, data);
  const chunk = head === null ? null : blankChunk(data, head, ranges);
  return { content: chunk === null ? digestOf(data, digest, ranges) : digest, chunk };
}

/** What is told of a file whose content base knows: whether ids may stand in it. */
export function knownContent(
  path: string,
  data: Buffer,
  content: string,
): Pick<FileLook, 'content' | 'chunk'> {
  return { content, chunk: headOf(path, data) === null ? null : 'unread' };
}

/** Scripts are what ids can stand in. */
function headOf(path: string, data: Buffer): ChunkHead | null {
  return /\.[cm]?js$/.test(path) ? chunkHead(data) : null;
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
