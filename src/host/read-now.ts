import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

let scratch = Buffer.alloc(0);
/** Bytes of scratch memory at first: most files of a build fit. */
const SCRATCH = 1024 * 1024;

/**
 * Bytes of a file, in memory that the next call uses again. One that fills the scratch memory has
 * grown since it was found: it is read anew.
 * @throws what node:fs throws
 */
export function readNow(path: string, size: number): Uint8Array {
  if (scratch.length <= size) scratch = Buffer.allocUnsafeSlow(Math.max(size + 1, SCRATCH));
  const length = readInto(path, size, scratch);
  return length < scratch.length ? scratch.subarray(0, length) : readFileSync(path);
}

function readInto(path: string, size: number, memory: Uint8Array): number {
  const file = openSync(path, 'r');
  try {
    // A file system, of a network above all, may give less than it is asked for.
    let length = 0;
    while (length < memory.length) {
      const more = readSync(file, memory, length, memory.length - length, null);
      length += more;
      // As many as were found are all: to ask once more whether that is so costs as much again.
      if (more === 0 || length === size) break;
    }
    return length;
  } finally {
    closeSync(file);
  }
}
