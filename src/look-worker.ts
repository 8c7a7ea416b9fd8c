import { parentPort, workerData } from 'node:worker_threads';
import { readNow } from './host/read-now.ts';
import type { FileLook, FileToLookAt, LookRequest } from './model/file-look.ts';
import { fileLooker } from './sources/file-looker.ts';

/** What `host/look-threads.ts` hands to each of its threads. */
interface Shared extends LookRequest {
  /** The next file to take; kibibytes that are done. */
  readonly counters: Int32Array;
}

const { counters, ...request } = workerData as Shared;
const lookAt = fileLooker(request);
const seen: [place: number, look: FileLook][] = [];

for (let at = next(); at < request.files.length; at = next()) {
  const file = request.files[at];
  const data = file === undefined ? null : readOrNull(file);
  if (file === undefined || data === null) continue;
  seen.push([at, lookAt(file, data)]);
  Atomics.add(counters, 1, Math.round(file.size / 1024));
}
parentPort?.postMessage(seen);

function next(): number {
  return Atomics.add(counters, 0, 1);
}

/** What cannot be read is left to the caller, who tells it in words. */
function readOrNull({ path, size }: FileToLookAt): Buffer | null {
  try {
    const bytes = readNow(`${request.folder}/${path}`, size);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch {
    return null;
  }
}
