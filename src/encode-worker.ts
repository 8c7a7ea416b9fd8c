import { workerData } from 'node:worker_threads';
import { readNow } from './host/read-now.ts';
import type { EncodeRequest, FileToEncode } from './model/encode-files.ts';
import { isCompressedAlready, sizeAtOnce } from './sources/encoding.ts';

/** What `host/encode-files.ts` hands to each of its threads. */
interface Shared extends EncodeRequest {
  /** The next file to take; kibibytes that are done. */
  readonly counters: Int32Array;
  readonly sizes: Float64Array;
}

const { files, levels, counters, sizes } = workerData as Shared;

for (let at = next(); at < files.length; at = next()) {
  const file = files[at];
  if (file === undefined) break;
  sizes.set(measured(file), at * 3);
  Atomics.add(counters, 1, Math.round(file.size / 1024));
}

function next(): number {
  return Atomics.add(counters, 0, 1);
}

function measured({ path, size, encodings }: FileToEncode): readonly [number, number, number] {
  const bytes = readOrNull(path, size);
  if (bytes === null) return [-1, 0, 0];
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isAsIs = isCompressedAlready(data, path);
  const sizeIn = (encoding: 'gzip' | 'brotli') => {
    if (!encodings.includes(encoding)) return 0;
    return isAsIs ? data.length : sizeAtOnce(data, encoding, levels);
  };
  return [data.length, sizeIn('gzip'), sizeIn('brotli')];
}

/** What cannot be read is told by the one who reads it too, in words. */
function readOrNull(path: string, size: number): Uint8Array | null {
  try {
    return readNow(path, size);
  } catch {
    return null;
  }
}
