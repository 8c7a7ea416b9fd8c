import { CodeCursor } from './code-cursor.ts';
import type { MapSection } from './source-map.ts';
import { type Spans, SpanWriter } from './span-writer.ts';

/** Code to be shared out. */
export interface MappedCode {
  /** The bytes of the file, as latin-1: each character is a byte. */
  readonly code: string;
  /** Where the code ends, in bytes; what comes after it is nobody's. */
  readonly end: number;
  readonly sections: readonly MapSection[];
}

/**
 * Whose bytes stand where, by a source map: each segment's source owns all that comes up to the
 * next segment, over the ends of lines too. Columns count UTF-16 units.
 * Source: ECMA-426, "Mappings structure".
 * @param owners for each section, the owner of each of its sources; -1 for nobody
 * @returns null where the mappings are no mappings
 */
export function mappedSpans(
  { code, end, sections }: MappedCode,
  owners: readonly Int32Array[],
): Spans | null {
  const writer = new SpanWriter(new CodeCursor(code), end);
  for (const [index, section] of sections.entries()) {
    writer.change(section.line, section.column, -1);
    if (!readSection(section, owners[index] ?? new Int32Array(), writer)) return null;
  }
  return writer.finish(code.length);
}

/** What bytes of mappings stand for: digits below 64, and what is none. */
const COMMA = 64;
const SEMICOLON = 65;
const INVALID = 66;
const MEANINGS = new Uint8Array(256).fill(INVALID);
MEANINGS[','.charCodeAt(0)] = COMMA;
MEANINGS[';'.charCodeAt(0)] = SEMICOLON;
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  MEANINGS[character.charCodeAt(0)] = value;
}

/**
 * One pass over the characters, as there are millions of them: each number adds to the one of the
 * segment before, and those after the first two, places in sources and names, are passed over.
 * Plain functions and numbers: code that is made for the instances of a class is thrown away with them.
 */
function readSection(section: MapSection, owners: Int32Array, writer: SpanWriter): boolean {
  // What ends a line ends the last segment, too, and spares a question for each character.
  const bytes = new TextEncoder().encode(`${section.mappings};`);
  let { line, column: first } = section;
  let column = 0;
  let source = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const columnEnd = endOfNumber(bytes, at);
    const sourceEnd = endOfNumber(bytes, columnEnd);
    column += numberIn(bytes, at, columnEnd);
    source += numberIn(bytes, columnEnd, sourceEnd);
    // A segment of one field says that the code is nobody's.
    const owner = sourceEnd > columnEnd ? (owners[source] ?? -1) : -1;
    if (columnEnd > at) writer.change(line, first + column, owner);
    at = endOfSegment(bytes, sourceEnd);
    const end = meaningAt(bytes, at);
    if (end === INVALID) return false;
    if (end === COMMA) continue;
    line += 1;
    first = 0;
    column = 0;
  }
  return true;
}

function meaningAt(bytes: Uint8Array, at: number): number {
  return MEANINGS[bytes[at] as number] as number;
}

/** After its last digit; where it starts if it has none, as if it were not there. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  let digit = meaningAt(bytes, at);
  while (digit >= 32 && digit < COMMA) {
    at += 1;
    digit = meaningAt(bytes, at);
  }
  return digit < 32 ? at + 1 : start;
}

/**
 * In base 64, least significant digit first. More than 32 bits are no column of any file, and wrap.
 * Source: ECMA-426, "Base64 VLQ".
 */
function numberIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1)
    value |= (meaningAt(bytes, at) & 31) << (5 * (at - start));
  // The sign is in the lowest bit.
  return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
}

function endOfSegment(bytes: Uint8Array, start: number): number {
  let at = start;
  while (meaningAt(bytes, at) < COMMA) at += 1;
  return at;
}
