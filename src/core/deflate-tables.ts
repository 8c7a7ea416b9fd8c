/** Finds a symbol by the bits that come next. */
export interface Table {
  /** For each value of those bits, the symbol times 16 plus the length of its code. */
  readonly entries: Uint16Array;
  /** As many bits as the longest code has. */
  readonly mask: number;
}

/** What a block's symbols are coded in. */
export interface Tables {
  readonly literals: Table;
  readonly distances: Table;
}

/**
 * The table of a canonical Huffman code. Source: RFC 1951, section 3.2.2.
 * @param lengths of the symbols' codes in bits, at most 15; 0 for symbols that do not occur
 */
export function tableOf(lengths: Uint8Array): Table {
  const next = firstCodes(lengths);
  const size = 1 << lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const entries = new Uint16Array(size);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const code = next[length] as number;
    next[length] = code + 1;
    const entry = (symbol << 4) | length;
    for (let at = reversed(code, length); at < size; at += 1 << length) entries[at] = entry;
  }
  return { entries, mask: size - 1 };
}

function firstCodes(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const first = new Uint16Array(16);
  for (let length = 1; length < 16; length += 1) {
    first[length] = ((first[length - 1] as number) + (counts[length - 1] as number)) << 1;
  }
  return first;
}

/** Codes come most significant bit first, all else the other way round. */
function reversed(code: number, length: number): number {
  let from = code;
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) {
    result = (result << 1) | (from & 1);
    from >>= 1;
  }
  return result;
}

/** What a block without tables of its own is coded in. */
export const FIXED_TABLES: Tables = {
  literals: tableOf(
    new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280),
  ),
  distances: tableOf(new Uint8Array(30).fill(5)),
};
