import type { FileToLookAt } from '../model/file-look.ts';
import type { CompressedEncoding } from '../model/metric.ts';

/** Bytes from which on threads of their own pay: about a quarter of a second of gzip. */
const WORTH: Readonly<Record<CompressedEncoding, number>> = {
  gzip: 6 * 1024 * 1024,
  brotli: 256 * 1024,
};

/** True where so much is to be compressed that threads gain more than their start costs. */
export function isWorthThreads(files: readonly FileToLookAt[]): boolean {
  const bytes = (encoding: CompressedEncoding) =>
    files.reduce((sum, { size, encodings }) => sum + (encodings.includes(encoding) ? size : 0), 0);
  return bytes('gzip') >= WORTH.gzip || bytes('brotli') >= WORTH.brotli;
}
