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

const COMMA = 44;
const SEMICOLON = 59;

function readSection(section: MapSection, owners: Int32Array, writer: SpanWriter): boolean {
  const { mappings } = section;
  const reader = new VlqReader(mappings);
  let { line } = section;
  let first = section.column;
  let column = 0;
  let source = 0;
  while (reader.at < mappings.length) {
    const character = mappings.charCodeAt(reader.at);
    if (character === SEMICOLON || character === COMMA) {
      reader.at += 1;
      if (character === COMMA) continue;
      line += 1;
      first = 0;
      column = 0;
      continue;
    }
    column += reader.next();
    if (reader.isAtEnd()) {
      writer.change(line, first + column, -1);
      continue;
    }
    source += reader.next();
    reader.skip();
    writer.change(line, first + column, owners[source] ?? -1);
  }
  return !reader.hasFailed;
}

const NO_DIGIT = 128;
const DIGITS = new Uint8Array(0x1_00_00).fill(NO_DIGIT);
for (const [value, character] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  DIGITS[character.charCodeAt(0)] = value;
}

/** Signed numbers in base 64, variable in length. Source: ECMA-426, "Base64 VLQ". */
class VlqReader {
  at = 0;
  #text: string;
  #seen = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get hasFailed(): boolean {
    return (this.#seen & NO_DIGIT) !== 0;
  }

  /** 32 bits of it: a longer number is no column of any file. */
  next(): number {
    let shift = 0;
    let value = 0;
    let digit = 0;
    do {
      digit = DIGITS[this.#text.charCodeAt(this.at)] ?? 0;
      this.at += 1;
      this.#seen |= digit;
      value |= (digit & 31) << shift;
      shift += 5;
    } while ((digit & 32) !== 0);
    return (value & 1) === 1 ? -(value >>> 1) : value >>> 1;
  }

  isAtEnd(): boolean {
    if (this.at >= this.#text.length) return true;
    const character = this.#text.charCodeAt(this.at);
    return character === COMMA || character === SEMICOLON;
  }

  skip(): void {
    while (!this.isAtEnd()) this.at += 1;
  }
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
  readonly #isAscii: boolean;
  #line = 0;
  #lineStart = 0;
  #lineEnd: number;
  /** Within the line, where columns are not bytes. */
  #column = 0;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
    this.#isAscii = /^[\0-\x7f]*$/.test(code);
    this.#lineEnd = this.#endFrom(0);
  }

  moveTo(line: number, column: number): number {
    while (this.#line < line && this.#lineStart < this.#code.length) this.#nextLine();
    // A line before this one, or after the last one.
    if (this.#line !== line) return this.#line > line ? this.#at : this.#code.length;
    if (this.#isAscii)
      this.#at = Math.max(this.#at, Math.min(this.#lineStart + column, this.#lineEnd));
    else this.#walkTo(column);
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
      const byte = this.#code.charCodeAt(this.#at);
      this.#column += byte >= 0xf0 ? 2 : 1;
      this.#at += 1;
      while (this.#at < this.#lineEnd && isContinuation(this.#code.charCodeAt(this.#at)))
        this.#at += 1;
    }
  }
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
