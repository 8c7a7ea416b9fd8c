import type { BlankChunk } from './blank-chunk.ts';
import type { HashIndex } from './hash-index.ts';
import type { CompressedEncoding } from './metric.ts';

/** A file that is to be looked at, and measured in some encodings. */
export interface FileToLookAt {
  /** In key form, relative to the request's folder. */
  readonly path: string;
  /** Bytes that it had when it was found. */
  readonly size: number;
  readonly encodings: readonly CompressedEncoding[];
  /** Its name may not be enough to find it again in another build. */
  readonly wantsSketch: boolean;
}

/** What the bytes of a file tell. Sizes are in bytes. */
export interface FileLook {
  readonly sha256: string;
  /** sha256 of the bytes without the hashes of sibling assets. */
  readonly content: string;
  /**
   * A chunk of webpack or rspack, whose content is known when all ids of the build are; `unread`
   * for what begins as one, and whose content base knows.
   */
  readonly chunk: BlankChunk | 'unread' | null;
  readonly raw: number;
  readonly gzip?: number | undefined;
  readonly brotli?: number | undefined;
  /** What its words are; null where none was wanted, and for a file of hardly any. */
  readonly sketch: string | null;
  /**
   * The end of the file, as latin-1, from before the comment that names its source map; empty where
   * the map lies beside, or may stand in it whole; null where no map may open it.
   */
  readonly mapMention: string | null;
}

/** Files of one folder, and what is to be known of them. */
export interface LookRequest {
  /** Absolute; paths are relative to it. */
  readonly folder: string;
  /** In the order in which they are taken. */
  readonly files: readonly FileToLookAt[];
  readonly levels: Readonly<Record<CompressedEncoding, number>>;
  /** The content hashes of all siblings. */
  readonly hashes: HashIndex;
  /** Paths of the source maps that lie beside them. */
  readonly maps: readonly string[];
}

/** A list of files that several threads take from, the caller among them. */
export interface SharedLooks {
  /** The place of the next file that nobody has taken yet; past the end of the list when all are. */
  take(): number;
  /** Bytes of the files that other threads are done with, to within some hundreds for each. */
  done(): number;
  /** What the other threads saw, by place. One that they took and could not read is missing. */
  readonly looks: Promise<ReadonlyMap<number, FileLook>>;
  /** Has the threads end after the file that each has in hand. */
  stop(): void;
}
