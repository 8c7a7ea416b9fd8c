import { FIXED_TABLES, type Table, type Tables, tableOf } from './deflate-tables.ts';
import type { Spans } from './mapped-spans.ts';

/**
 * What a compressed stream spends on whom: it is decoded, the bits of each symbol are charged to
 * the bytes that it stands for, and those of a block's head to all bytes of the block.
 * Source of the format and its tables: RFC 1951.
 * @param deflated a whole raw deflate stream of the bytes that `spans` covers
 * @param owners how many owners there are
 * @returns bits by owner, and in the last place those of nobody's bytes
 * @throws RangeError where the stream is not of these bytes
 */
export function deflateShares(deflated: Uint8Array, spans: Spans, owners: number): Float64Array {
  const bits = new BitReader(deflated);
  const ledger = new Ledger(spans, owners);
  let isLast = false;
  while (!isLast) {
    const start = bits.consumed;
    isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 0) chargeStored(bits, ledger);
    else chargeCoded(bits, ledger, kind === 1 ? FIXED_TABLES : readTables(bits));
    ledger.closeBlock(bits.consumed - start);
    if (bits.isPastEnd) throw new RangeError('the deflate stream ends too early');
  }
  return ledger.bits;
}

/** Bits least significant first. */
class BitReader {
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

/** Who has been charged what. Bytes come in their order. */
class Ledger {
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

function chargeStored(bits: BitReader, ledger: Ledger): void {
  bits.toByte();
  const length = bits.take(16);
  bits.take(16);
  for (let at = 0; at < length; at += 1) bits.take(8);
  if (length > 0) ledger.charge(length, length * 8);
}

const END_OF_BLOCK = 256;

function chargeCoded(bits: BitReader, ledger: Ledger, { literals, distances }: Tables): void {
  while (!bits.isPastEnd) {
    const entry = bits.symbol(literals);
    const symbol = entry >> 4;
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) ledger.charge(1, entry & 15);
    else chargeMatch(bits, ledger, entry, distances);
  }
}

/** A copy of earlier bytes: its length with extra bits, and its distance with extra bits. */
function chargeMatch(bits: BitReader, ledger: Ledger, entry: number, distances: Table): void {
  const kind = (entry >> 4) - END_OF_BLOCK - 1;
  const extra = LENGTH_EXTRA[kind] ?? 0;
  const length = (LENGTHS[kind] ?? 1) + bits.take(extra);
  const distance = bits.symbol(distances);
  const more = DISTANCE_EXTRA[distance >> 4] ?? 0;
  bits.take(more);
  ledger.charge(length, (entry & 15) + extra + (distance & 15) + more);
}

const LENGTHS = Uint16Array.of(
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
  ...[131, 163, 195, 227, 258],
);
const LENGTH_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
);
const DISTANCE_EXTRA = Uint8Array.of(
  ...[0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12],
  ...[13, 13],
);
/** The order in which a block gives the lengths of the codes that its lengths are coded in. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function readTables(bits: BitReader): Tables {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const codes = bits.take(4) + 4;
  const own = new Uint8Array(19);
  for (const symbol of ORDER.slice(0, codes)) own[symbol] = bits.take(3);
  const lengths = readLengths(bits, tableOf(own), literals + distances);
  return {
    literals: tableOf(lengths.subarray(0, literals)),
    distances: tableOf(lengths.subarray(literals)),
  };
}

function readLengths(bits: BitReader, table: Table, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  let at = 0;
  while (at < count && !bits.isPastEnd) {
    const symbol = bits.symbol(table) >> 4;
    const end = at + runLength(bits, symbol);
    const length = symbol === REPEAT ? (lengths[at - 1] ?? 0) : symbol;
    if (symbol <= REPEAT) lengths.fill(length, at, end);
    at = end;
  }
  return lengths;
}

/** Below it, a length itself; above it, runs of zeros. */
const REPEAT = 16;

function runLength(bits: BitReader, symbol: number): number {
  if (symbol < REPEAT) return 1;
  if (symbol === REPEAT) return 3 + bits.take(2);
  return symbol === REPEAT + 1 ? 3 + bits.take(3) : 11 + bits.take(7);
}
