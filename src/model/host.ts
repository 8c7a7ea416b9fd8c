/** A file found by a glob. `path` is in key form; `size` in bytes. */
export interface FoundFile {
  readonly path: string;
  readonly size: number;
}

/** Where a git checkout stands. `prefix`: the asked folder, relative to the repository's root. */
export interface Checkout {
  readonly commit: string | null;
  readonly root: string;
  readonly prefix: string;
}

/** What a long task tells while it runs. */
export type Progress = (
  label: string,
  /** In the unit of `total`: bytes for compression. */
  done: number,
  total: number,
) => void;

/**
 * The world: files, git and the clock. Paths are absolute or relative to the folder given.
 * The only implementation for real machines is `host/node.ts`; tests pass one in memory.
 */
export interface Host {
  /** Files that match at least one pattern; symlinks are followed, never round a cycle. */
  glob(patterns: readonly string[], folder: string): Promise<FoundFile[]>;
  /** Bytes of a file; null when there is none. */
  read(path: string): Promise<Uint8Array | null>;
  /**
   * Bytes of a file at once, in memory that the next call may use again: for the thousands of
   * files of a build, fresh memory costs more than reading. Null when there is none.
   */
  readNow(path: string): Uint8Array | null;
  /** Names in a folder; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** What stands at a path; null for nothing. */
  kind(path: string): Promise<'file' | 'folder' | null>;
  /** Writes whole or not at all; folders on the way are made. */
  write(path: string, data: string): Promise<void>;
  /** Loads a JavaScript or TypeScript module and gives its default export. */
  importDefault(path: string): Promise<unknown>;
  /** The git checkout that holds a folder; null outside git. */
  checkout(folder: string): Promise<Checkout | null>;
  resolve(...parts: string[]): string;
  /** `to` as seen from `from`, in key form. */
  relative(from: string, to: string): string;
  now(): Date;
  readonly versions: Readonly<Record<string, string>>;
  readonly progress: Progress;
}
