import { byteText } from './byte-text.ts';

/** How a chunk of webpack or rspack begins. */
export interface ChunkHead {
  /** The chunk's own ids, where they are numbers; null for one that starts a build by itself. */
  readonly ids: readonly number[] | null;
  /** Where its first module stands, in bytes from the start. */
  readonly firstModule: number;
}

/** Bytes from the start in which a chunk shows itself. */
const HEAD = 512;

/** `(self.webpackChunkapp=self.webpackChunkapp||[]).push([[12,34],{` */
const ADDED = /\)\.push\(\[\[([^[\]{}()]*)\],\{/;
/** `(()=>{var e={`, with whatever else is declared. */
const STARTING =
  /^(?:\/\*[\s\S]*?\*\/\s*)?(?:\(\(\)=>\{|!function\(\)\{)(?:"use strict";)?var (?:[\w$]+,)*[\w$]+=\{(?=\d)/;

/** The beginning of a chunk that calls its modules by numbers; null for any other file. */
export function chunkHead(data: Uint8Array): ChunkHead | null {
  const head = byteText(data, 0, HEAD);
  const found = ADDED.exec(head) ?? STARTING.exec(head);
  if (found === null) return null;
  const [text, names] = found;
  const ids = names === undefined ? null : names.split(',').filter(isNumber).map(Number);
  return { ids, firstModule: found.index + text.length };
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
