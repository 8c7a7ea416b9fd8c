import type { CodeCursor } from './code-cursor.ts';

/** Consecutive runs of bytes, each with whose they are. */
export interface Spans {
  /** Where each run ends, in bytes from the start; each begins where the one before it ends. */
  readonly ends: Uint32Array;
  /** The index of its owner; -1 for bytes that are nobody's. */
  readonly owners: Int32Array;
}

/** Writes spans down in the order of the places at which owners change. */
export class SpanWriter {
  readonly #cursor: CodeCursor;
  readonly #end: number;
  readonly #ends: number[] = [];
  readonly #owners: number[] = [];
  #owner = -1;
  #written = 0;

  constructor(cursor: CodeCursor, end: number) {
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
