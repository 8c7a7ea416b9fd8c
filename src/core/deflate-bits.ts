import type { Table } from './deflate-tables.ts';

/** Reads a deflate stream: bits come least significant first. */
export class DeflateBits {
  readonly #data: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  get consumed(): number {
    return this.#at * 8 - this.#count;
  }

  get isPastEnd(): boolean {
    return this.consumed > this.#data.length * 8;
  }

  /** At most 16 bits. */
  take(count: number): number {
    this.#fill();
    const value = this.#held & ((1 << count) - 1);
    this.#drop(count);
    return value;
  }

  toByte(): void {
    this.#drop(this.#count & 7);
  }

  /** The symbol times 16, plus the number of bits that it took. */
  symbol(table: Table): number {
    this.#fill();
    const entry = table.entries[this.#held & table.mask] as number;
    this.#drop(entry & 15);
    return entry;
  }

  #fill(): void {
    while (this.#count < 16) {
      this.#held |= (this.#data[this.#at] ?? 0) << this.#count;
      this.#at += 1;
      this.#count += 8;
    }
  }

  #drop(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
  }
}
