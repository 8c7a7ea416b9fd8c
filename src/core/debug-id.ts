import { byteText } from './byte-text.ts';
import type { Range } from './content.ts';

/** Bytes at the end of a file in which its debug id stands. */
const END = 400;
const COMMENT = /(?:^|\n)(?:\/\/|\/\*)[#@] debugId=([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/gi;

/**
 * Where a file's own debug id stands in its bytes: in the comment at its end, and in what tools for
 * error reports write into it. It changes with every byte of the file, a sibling's hash as well.
 */
export function debugIdRanges(data: Uint8Array): Range[] {
  const id = [...byteText(data, data.length - END, data.length).matchAll(COMMENT)].at(-1)?.[1];
  return id === undefined ? [] : placesOf(id, data);
}

function placesOf(id: string, data: Uint8Array): Range[] {
  const bytes = Array.from(id, (character) => character.charCodeAt(0));
  const [first = 0] = bytes;
  const ranges: Range[] = [];
  for (let at = data.indexOf(first); at >= 0; at = data.indexOf(first, at + 1)) {
    if (bytes.every((byte, index) => data[at + index] === byte)) ranges.push([at, at + id.length]);
  }
  return ranges;
}
