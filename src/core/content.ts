import type { HashIndex } from '../model/hash-index.ts';

/** Characters of a content hash in a file's name, at least and at most. */
const SHORTEST = 6;
const LONGEST = 64;

const SEPARATOR = tableOf('-._~/"\'`=(');
const WORD = tableOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');

/** What a pair of bytes may be: the start of a token, a separator and the first byte of one. */
const START = 1;
const BEFORE = 2;

/** Prepares the hash tokens in the names of all files beside the ones to be read. */
export function indexHashes(tokens: ReadonlySet<string>): HashIndex {
  const pairs = new Uint8Array(0x10000);
  const lengths = new Uint8Array(LONGEST + 2);
  const mark = (first: number, second: number, as: number) => {
    const pair = (first << 8) | second;
    pairs[pair] = (pairs[pair] as number) | as;
  };
  const separators = [...SEPARATOR.keys()].filter((byte) => SEPARATOR[byte] === 1);
  for (const token of tokens) {
    lengths[token.length] = 1;
    mark(token.charCodeAt(0), token.charCodeAt(1), START);
    for (const separator of separators) mark(separator, token.charCodeAt(0), BEFORE);
  }
  return { tokens, pairs, lengths };
}

/** A half-open range of bytes. */
export type Range = readonly [start: number, end: number];

/**
 * Where the content hashes of sibling assets stand in a file's bytes. A rebuild that only renames
 * a chunk changes every file that names it: two files that are the same outside of these ranges
 * differ in nothing that anybody wrote.
 */
export function hashRanges(data: Uint8Array, index: HashIndex): Range[] {
  const ranges: Range[] = [];
  if (index.tokens.size === 0) return ranges;
  let from = 0;
  for (let at = nextStart(data, from, index); at >= 0; at = nextStart(data, from, index)) {
    const end = endOfWord(data, at);
    const isToken = index.lengths[end - at] === 1 && index.tokens.has(wordAt(data, at, end));
    if (isToken) ranges.push([at, end]);
    from = isToken ? end : at;
  }
  return ranges;
}

/**
 * The next place where a token may start; -1 for none. Looks at every second pair of bytes: one
 * that can neither start a token nor stand before one rules out two places at once.
 */
function nextStart(data: Uint8Array, from: number, { pairs }: HashIndex): number {
  const last = data.length - SHORTEST;
  for (let at = from; at < last; at += 2) {
    const kind = pairs[pairAt(data, at + 1)] as number;
    if (kind === 0) continue;
    if ((kind & START) !== 0 && SEPARATOR[data[at] as number] === 1) return at + 1;
    const next = pairs[pairAt(data, at + 2)] as number;
    if ((kind & BEFORE) !== 0 && (next & START) !== 0) return at + 2;
  }
  return -1;
}

function pairAt(data: Uint8Array, at: number): number {
  return ((data[at] as number) << 8) | (data[at + 1] as number);
}

function wordAt(data: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...data.subarray(start, end));
}

/** The end of the run of characters that a hash can have; one past the longest for a longer run. */
function endOfWord(data: Uint8Array, start: number): number {
  let end = start;
  while (end - start <= LONGEST && WORD[data[end] ?? 0] === 1) end += 1;
  return end;
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
