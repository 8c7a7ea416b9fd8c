import { DeflateBits } from './deflate-bits.ts';
import { DeflateLedger } from './deflate-ledger.ts';
import { FIXED_TABLES, type Table, type Tables, tableOf } from './deflate-tables.ts';
import type { Spans } from './span-writer.ts';

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
  const bits = new DeflateBits(deflated);
  const ledger = new DeflateLedger(spans, owners);
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

function chargeStored(bits: DeflateBits, ledger: DeflateLedger): void {
  bits.toByte();
  const length = bits.take(16);
  bits.take(16);
  for (let at = 0; at < length; at += 1) bits.take(8);
  if (length > 0) ledger.charge(length, length * 8);
}

const END_OF_BLOCK = 256;

function chargeCoded(
  bits: DeflateBits,
  ledger: DeflateLedger,
  { literals, distances }: Tables,
): void {
  while (!bits.isPastEnd) {
    const entry = bits.symbol(literals);
    const symbol = entry >> 4;
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) ledger.charge(1, entry & 15);
    else chargeMatch(bits, ledger, entry, distances);
  }
}

/** A copy of earlier bytes: its length with extra bits, and its distance with extra bits. */
function chargeMatch(
  bits: DeflateBits,
  ledger: DeflateLedger,
  entry: number,
  distances: Table,
): void {
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

function readTables(bits: DeflateBits): Tables {
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

function readLengths(bits: DeflateBits, table: Table, count: number): Uint8Array {
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

function runLength(bits: DeflateBits, symbol: number): number {
  if (symbol < REPEAT) return 1;
  if (symbol === REPEAT) return 3 + bits.take(2);
  return symbol === REPEAT + 1 ? 3 + bits.take(3) : 11 + bits.take(7);
}
