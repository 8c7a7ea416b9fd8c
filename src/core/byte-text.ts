/**
 * The characters of a range of bytes, one for each: a short one, they are handed over one by one.
 * @param start below zero for the first byte
 */
export function byteText(data: Uint8Array, start: number, end: number): string {
  const bytes: ArrayLike<number> = data.subarray(Math.max(0, start), Math.max(0, end));
  // Spread, they would go through an iterator, which takes several times as long.
  return String.fromCharCode.apply(null, bytes as number[]);
}
