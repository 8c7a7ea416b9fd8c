import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FileLook, LookRequest, SharedLooks } from '../model/file-look.ts';

/** Each takes some twenty megabytes; more than these gain little, as the largest file decides. */
const MOST_THREADS = 4;

/**
 * Starts threads that look at files beside the caller, each taking one after the other from a
 * common list: no bytes are handed over, as they are with the thread pool of node:zlib, and no file
 * is read twice.
 * @returns null on one processor, and where there is nothing to run: the sources are not built
 */
export function lookThreads(request: LookRequest): SharedLooks | null {
  const script = join(import.meta.dirname, 'look-worker.js');
  const processors = availableParallelism();
  if (processors < 2 || !existsSync(script)) return null;
  const { files } = request;
  // The next file to take, and how many kibibytes are done.
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const stop = () => {
    Atomics.store(counters, 0, files.length);
  };
  const workerData = { ...request, counters };
  // The caller is one of the threads.
  const count = Math.min(MOST_THREADS, processors, files.length) - 1;
  const threads = Array.from({ length: count }, () => seenBy(new Worker(script, { workerData })));
  const looks = Promise.all(threads).then(
    (lists) => new Map(lists.flat()),
    (error: unknown) => {
      stop();
      throw error;
    },
  );
  return {
    take: () => Atomics.add(counters, 0, 1),
    done: () => Atomics.load(counters, 1) * 1024,
    looks,
    stop,
  };
}

type Seen = readonly (readonly [place: number, look: FileLook])[];

/** What a thread says before it ends. */
async function seenBy(thread: Worker): Promise<Seen> {
  let seen: Seen = [];
  thread.once('message', (message: Seen) => {
    seen = message;
  });
  await new Promise<void>((done, fail) => {
    thread.once('error', fail);
    thread.once('exit', () => done());
  });
  return seen;
}
