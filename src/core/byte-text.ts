/**
 * The characters of a range of bytes, one for each: a short one, they are handed over one by one.
 * @param start below zero for the first byte
 */
export function byteText(data: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...data.subarray(Math.max(0, start), Math.max(0, end)));
}
