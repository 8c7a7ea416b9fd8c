/**
 * The characters of a range of bytes, one for each. By the machine's own: this runs for every file,
 * and byte by byte it takes nine times as long.
 * @param start below zero for the first byte
 */
export function byteText(data: Uint8Array, start: number, end: number): string {
  const { buffer, byteOffset, byteLength } = data;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return bytes.toString('latin1', Math.max(0, start), Math.max(0, end));
}
