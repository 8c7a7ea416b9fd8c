import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

const deflateInPool = promisify(deflateRaw);

/** The stream that gzip wraps at a level: its size is gzip's, less 18 bytes of head and foot. */
export async function deflate(data: Uint8Array, level: number): Promise<Uint8Array> {
  return deflateInPool(data, { level, chunkSize: Math.max(1024, data.length) });
}
