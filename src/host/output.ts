import { fstatSync, writeSync } from 'node:fs';

/** A stream of the process, as far as it is used. */
export interface Output {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  write(text: string): void;
}

/**
 * stdout (1) or stderr (2). What is a file or a pipe is written to at once: Node's own stream over it
 * takes a tenth of a bare start to load, and does the same.
 * @param stream Node's own, for terminals, other systems, and pipes that are full
 */
export function outputTo(descriptor: number, stream: () => NodeJS.WriteStream): Output {
  let own = isWrittenAtOnce(descriptor) ? null : ready(stream());
  return {
    isTTY: own?.isTTY === true,
    columns: own?.columns,
    write: (text) => {
      const rest = own === null ? writeNow(descriptor, Buffer.from(text)) : text;
      if (rest === null) return;
      own ??= ready(stream());
      own.write(rest);
    },
  };
}

function isWrittenAtOnce(descriptor: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    const status = fstatSync(descriptor);
    return status.isFile() || status.isFIFO();
  } catch {
    return false;
  }
}

/** @returns what is left for a stream that can wait; null when all is written */
function writeNow(descriptor: number, bytes: Uint8Array): Uint8Array | null {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    // What cannot be written is told of by the stream, as wherever it is used.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') return rest;
  }
  return null;
}

/** A reader that has seen enough (`| head`) is no error of ours. */
function ready(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
