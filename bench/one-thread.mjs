// The reference: read every file and compress it, one after the other, with nothing but node:zlib.
// Usage: node one-thread.mjs gzip|brotli FOLDER. Prints the total of the compressed bytes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { listFiles } from './corpora.mjs';

/** Compressed bytes at the levels that the whole benchmark, and every tool in it, uses. */
export const COMPRESSED_SIZE = {
  gzip: (content) => gzipSync(content, { level: 9 }).length,
  brotli: (content) =>
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
};

/** The sum over all files of a folder. */
export function totalSize(encoding, folder) {
  const sizeOf = COMPRESSED_SIZE[encoding];
  return listFiles(folder).reduce((sum, path) => sum + sizeOf(readFileSync(join(folder, path))), 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , encoding, folder] = process.argv;
  console.log(totalSize(encoding, folder));
}
