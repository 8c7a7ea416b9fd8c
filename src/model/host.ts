import type { LookRequest, SharedLooks } from './file-look.ts';

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
  /** Absolute; git's own folder, the one that all worktrees of the repository share. */
  readonly gitFolder: string;
}

/** How a child process ended. `code` is null where a signal ended it. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** How a command of git is run. */
export interface GitRequest {
  /** Absolute; where git runs. */
  readonly folder: string;
  readonly input?: string | Uint8Array;
  /** Set beside the environment of our own process; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A command line of the user's, for the system's shell. */
export interface CommandRequest {
  readonly command: string;
  /** Absolute; where it runs. */
  readonly folder: string;
  /** The whole environment: nothing of ours is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds; what it has started is ended with it. */
  readonly timeout: number;
  /** Called with what it writes, stdout and stderr in one. */
  readonly onOutput: (text: string) => void;
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
   * @param size bytes that it had when it was found
   */
  readNow(path: string, size: number): Uint8Array | null;
  /**
   * Starts threads that look at files beside the caller; null where there are none. Absent on
   * hosts that have one thread only.
   */
  lookThreads?(request: LookRequest): Promise<SharedLooks | null>;
  /** Names in a folder; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** What stands at a path, `other` for a device or a pipe; null for nothing. */
  kind(path: string): Promise<'file' | 'folder' | 'other' | null>;
  /** Writes whole or not at all; folders on the way are made. */
  write(path: string, data: string | Uint8Array): Promise<void>;
  /** Removes a file, or a folder with all that is in it; nothing where there is none. */
  remove(path: string): Promise<void>;
  /** When a file was written last; null when there is none. */
  modified(path: string): Promise<Date | null>;
  /** Makes an empty folder of our own outside every checkout; the caller removes it. */
  temporaryFolder(): Promise<string>;
  /** Loads a JavaScript or TypeScript module and gives its default export. */
  importDefault(path: string): Promise<unknown>;
  /**
   * Loads a package as it is installed for a folder, and gives its default export: its code runs.
   * @param way names of packages, each as the one before it sees it: `['vite', 'esbuild']`
   * @returns null where it is not installed
   */
  loadPackage(way: readonly string[], folder: string): Promise<unknown>;
  /** The git checkout that holds a folder; null outside git. */
  checkout(folder: string): Promise<Checkout | null>;
  /**
   * Runs git as it is installed; a code other than 0 is the caller's to read.
   * @throws UserError `no-git` where there is none
   */
  git(args: readonly string[], request: GitRequest): Promise<Finished>;
  /** Runs a command of the user's; null where the time ran out. */
  command(request: CommandRequest): Promise<number | null>;
  /** Has a task done before a signal ends our own process; the result calls that off. */
  onDeath(task: () => Promise<void>): () => void;
  /** Environment of our own process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Waits, in milliseconds. */
  sleep(duration: number): Promise<void>;
  /** From 0 to 1, for jitter and names. */
  random(): number;
  resolve(...parts: string[]): string;
  /** `to` as seen from `from`, in key form. */
  relative(from: string, to: string): string;
  now(): Date;
  readonly versions: Readonly<Record<string, string>>;
  readonly progress: Progress;
}
