import type { Spans } from './span-writer.ts';

/** Who has been charged what. Bytes come in their order. */
export class DeflateLedger {
  readonly bits: Float64Array;
  readonly #ends: Uint32Array;
  readonly #slots: Int32Array;
  #at = 0;
  #span = 0;
  #blockStart = 0;
  #blockSpan = 0;
  #charged = 0;

  constructor({ ends, owners }: Spans, count: number) {
    this.bits = new Float64Array(count + 1);
    this.#ends = ends;
    this.#slots = owners.map((owner) => (owner < 0 ? count : owner));
  }

  charge(length: number, bits: number): void {
    this.#charged += bits;
    this.#span = this.#spread(this.#at, this.#at + length, this.#span, bits / length);
    this.#at += length;
  }

  /** All that a block took and that no symbol was charged for. */
  closeBlock(bits: number): void {
    const length = this.#at - this.#blockStart;
    const rest = bits - this.#charged;
    if (length > 0) this.#spread(this.#blockStart, this.#at, this.#blockSpan, rest / length);
    else this.bits[this.bits.length - 1] = (this.bits.at(-1) ?? 0) + rest;
    this.#blockStart = this.#at;
    this.#blockSpan = this.#span;
    this.#charged = 0;
  }

  #spread(from: number, to: number, firstSpan: number, each: number): number {
    let at = from;
    let span = firstSpan;
    while (at < to) {
      const end = this.#ends[span];
      if (end === undefined) throw new RangeError('the deflate stream is longer than its bytes');
      const upTo = end < to ? end : to;
      const slot = this.#slots[span] as number;
      this.bits[slot] = (this.bits[slot] as number) + (upTo - at) * each;
      if (upTo === end) span += 1;
      at = upTo;
    }
    return span;
  }
}
