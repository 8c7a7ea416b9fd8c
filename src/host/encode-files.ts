import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { EncodeRequest, Encoding, FileToEncode } from '../model/encode-files.ts';
import type { Progress } from '../model/host.ts';

/** Each takes some twenty megabytes; more than these gain little, as the largest file decides. */
const MOST_THREADS = 4;
/** Milliseconds between two looks at how far they are. */
const LOOK = 100;

/**
 * Compresses files in threads that take one after the other from a common list: no bytes and no
 * results are handed over, as they are with the thread pool of node:zlib.
 * @returns null on one processor, and where there is nothing to run: the sources are not built
 */
export function encodeFiles(request: EncodeRequest, progress: Progress): Encoding | null {
  const script = join(import.meta.dirname, 'encode-worker.js');
  const processors = availableParallelism();
  if (processors < 2 || !existsSync(script)) return null;
  const { files } = request;
  const shared = {
    // The next file to take, and how many kibibytes are done.
    counters: new Int32Array(new SharedArrayBuffer(8)),
    sizes: new Float64Array(new SharedArrayBuffer(files.length * 3 * 8)),
  };
  const count = Math.min(MOST_THREADS, processors, files.length);
  const threads = Array.from({ length: count }, () =>
    ended(new Worker(script, { workerData: { ...request, ...shared } })),
  );
  const meter = meterOf(files, shared.counters, progress);
  const stop = () => {
    Atomics.store(shared.counters, 0, files.length);
  };
  const sizes = Promise.all(threads).then(
    () => shared.sizes,
    (error: unknown) => {
      stop();
      throw error;
    },
  );
  return { sizes: sizes.finally(() => clearInterval(meter)), stop };
}

async function ended(thread: Worker): Promise<void> {
  await new Promise<void>((done, fail) => {
    thread.once('error', fail);
    thread.once('exit', () => done());
  });
}

function meterOf(files: readonly FileToEncode[], counters: Int32Array, progress: Progress) {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  return setInterval(() => {
    progress('Measuring', Atomics.load(counters, 1) * 1024, total);
  }, LOOK);
}
