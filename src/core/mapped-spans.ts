import type { MapSection } from './source-map.ts';

/** Consecutive runs of bytes, each with whose they are. */
export interface Spans {
  /** Where each run ends, in bytes from the start; each begins where the one before it ends. */
  readonly ends: Uint32Array;
  /** The index of its owner; -1 for bytes that are nobody's. */
  readonly owners: Int32Array;
}

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
  const writer = new SpanWriter(new Cursor(code), end);
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

class SpanWriter {
  readonly #cursor: Cursor;
  readonly #end: number;
  readonly #ends: number[] = [];
  readonly #owners: number[] = [];
  #owner = -1;
  #written = 0;

  constructor(cursor: Cursor, end: number) {
    this.#cursor = cursor;
    this.#end = end;
  }

  /** From a place on, bytes belong to another owner. Places only ever move on. */
  change(line: number, column: number, owner: number): void {
    if (owner === this.#owner) return;
    this.#close(Math.min(this.#cursor.moveTo(line, column), this.#end));
    this.#owner = owner;
  }

  finish(length: number): Spans {
    this.#close(this.#end);
    this.#owner = -1;
    this.#close(length);
    return { ends: Uint32Array.from(this.#ends), owners: Int32Array.from(this.#owners) };
  }

  #close(end: number): void {
    if (end <= this.#written) return;
    if (this.#owners.at(-1) === this.#owner) this.#ends[this.#ends.length - 1] = end;
    else {
      this.#ends.push(end);
      this.#owners.push(this.#owner);
    }
    this.#written = end;
  }
}

/** Finds bytes by line and column, never backwards. */
class Cursor {
  readonly #code: string;
  #line = 0;
  #lineStart = 0;
  #lineEnd: number;
  /** Within the line, where columns are not bytes. */
  #column = 0;
  #at = 0;
  /** The next byte that is not ASCII, from `at` on; looked up when it is passed. */
  #wide = -1;
  readonly #wideByte = /[\x80-\xff]/g;

  constructor(code: string) {
    this.#code = code;
    this.#lineEnd = this.#endFrom(0);
  }

  moveTo(line: number, column: number): number {
    while (this.#line < line && this.#lineStart < this.#code.length) this.#nextLine();
    // A line before this one, or after the last one.
    if (this.#line !== line) return this.#line > line ? this.#at : this.#code.length;
    this.#walkTo(column);
    return this.#at;
  }

  #nextLine(): void {
    this.#line += 1;
    this.#lineStart = this.#lineEnd;
    this.#lineEnd = this.#endFrom(this.#lineStart);
    this.#at = this.#lineStart;
    this.#column = 0;
  }

  #endFrom(start: number): number {
    const at = this.#code.indexOf('\n', start);
    return at < 0 ? this.#code.length : at + 1;
  }

  /** A character of four bytes is two UTF-16 units, any other one. */
  #walkTo(column: number): void {
    while (this.#column < column && this.#at < this.#lineEnd) {
      const run = Math.min(column - this.#column, this.#plainUntil() - this.#at);
      this.#column += run;
      this.#at += run;
      if (run === 0) this.#stepOverWide();
    }
  }

  /** Most code is ASCII for long stretches, which need no walk. */
  #plainUntil(): number {
    if (this.#wide < this.#at) {
      this.#wideByte.lastIndex = this.#at;
      this.#wide = this.#wideByte.exec(this.#code)?.index ?? this.#code.length;
    }
    return Math.min(this.#wide, this.#lineEnd);
  }

  #stepOverWide(): void {
    this.#column += this.#code.charCodeAt(this.#at) >= 0xf0 ? 2 : 1;
    this.#at += 1;
    while (this.#at < this.#lineEnd && isContinuation(this.#code.charCodeAt(this.#at)))
      this.#at += 1;
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
