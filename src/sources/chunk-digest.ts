import { createHash } from 'node:crypto';
import type { ChunkHead } from '../core/chunk-head.ts';
import type { Range } from '../core/content.ts';
import { labelIds } from '../core/label-ids.ts';
import { type ChunkOutline, type ChunkPart, chunkOutline } from '../core/webpack-chunk.ts';
import type { IdPlace } from '../core/webpack-references.ts';
import type { BlankChunk, BlankPart } from '../model/blank-chunk.ts';

/**
 * Takes the ids of modules and chunks out of a chunk. Null where it cannot be followed.
 * @param ranges hashes of siblings, in their order: they do not count either
 */
export function blankChunk(
  data: Buffer,
  head: ChunkHead,
  ranges: readonly Range[],
): BlankChunk | null {
  const outline = chunkOutline(data, head);
  if (outline === null) return null;
  const cutter = new Cutter(data, ranges);
  const [before, after] = outline.frame;
  const first = cutter.blank(before);
  const modules = outline.modules.map((part) => cutter.blank(part));
  return { frame: [first, cutter.blank(after)], modules, ids: idsOf(outline, head) };
}

/** The ids alone that a chunk defines; none where it cannot be followed. */
export function chunkIds(data: Buffer, head: ChunkHead): readonly string[] {
  const outline = chunkOutline(data, head);
  return outline === null ? [] : idsOf(outline, head);
}

/** What is the same for chunks that differ in nothing but ids, and in where modules stand. */
export function chunkDigest({ frame, modules }: BlankChunk, ids: ReadonlySet<string>): string {
  const text = labelIds(frame, modules, (id) => ids.has(id));
  return createHash('sha256').update(text).digest('hex');
}

function idsOf({ modules }: ChunkOutline, { ids }: ChunkHead): string[] {
  const defined = modules.flatMap(({ key }) => (key === null ? [] : nameOf(key)));
  const own = (ids ?? []).map((id) => nameOf({ id, of: 'chunk' }));
  return [...defined, ...own];
}

function nameOf({ id, of }: Pick<IdPlace, 'id' | 'of'>): string {
  return `${of} ${id}`;
}

/** Cuts part after part out of a file, each behind the one before. */
class Cutter {
  readonly #data: Buffer;
  readonly #ranges: readonly Range[];
  #next = 0;

  constructor(data: Buffer, ranges: readonly Range[]) {
    this.#data = data;
    this.#ranges = ranges;
  }

  blank({ start, end, key, references }: ChunkPart): BlankPart {
    const hash = createHash('sha256');
    const ids = key === null ? references : [key, ...references];
    let from = start;
    for (const { mark, start: cut, end: rest } of this.#cuts(ids, end)) {
      hash.update(this.#data.subarray(from, cut)).update(mark);
      from = rest;
    }
    const text = hash.update(this.#data.subarray(from, end)).digest('base64');
    return { text, key: key && nameOf(key), references: references.map(nameOf) };
  }

  /** In the order of the file; a hash of nothing but digits is no id. */
  #cuts(ids: readonly IdPlace[], end: number): Cut[] {
    const cuts: Cut[] = ids.map((id) => ({ mark: '[id]', start: id.start, end: id.end }));
    for (; this.#next < this.#ranges.length; this.#next += 1) {
      const [from, to] = this.#ranges[this.#next] as Range;
      if (from >= end) break;
      cuts.push({ mark: '[hash]', start: from, end: to });
    }
    return cuts.sort((left, right) => left.start - right.start);
  }
}

interface Cut {
  readonly mark: string;
  readonly start: number;
  readonly end: number;
}
