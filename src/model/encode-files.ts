import type { CompressedEncoding } from './metric.ts';

/** A file that is compressed for its sizes alone. */
export interface FileToEncode {
  /** Absolute. */
  readonly path: string;
  /** Bytes that it had when it was found. */
  readonly size: number;
  readonly encodings: readonly CompressedEncoding[];
}

export interface EncodeRequest {
  /** In the order in which they are taken. */
  readonly files: readonly FileToEncode[];
  readonly levels: Readonly<Record<CompressedEncoding, number>>;
}

/** Files that are being compressed in other threads. */
export interface Encoding {
  /**
   * Three numbers for each file, in the order of the request: raw bytes, gzip, brotli. -1 stands
   * for raw bytes of a file that is not there any more; 0 for an encoding that was not asked for.
   */
  readonly sizes: Promise<Float64Array>;
  /** Has the threads end after the file that each has in hand. */
  stop(): void;
}
