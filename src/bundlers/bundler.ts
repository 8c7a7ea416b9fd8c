import type { Host } from '../model/host.ts';

/**
 * A bundler's metadata: what it knows of its own output that names alone do not say. To add one,
 * write a file that exports a `Bundler` and register it in `bundlers/index.ts`.
 */
export interface Bundler {
  readonly name: string;
  /**
   * Stable names of assets, by path, where this bundler left metadata: the source file or the
   * name it gave the chunk. Folders are those that hold or may hold output.
   * @returns an empty map where there is no metadata of this bundler
   */
  origins(
    folders: readonly string[],
    root: string,
    host: Host,
  ): Promise<ReadonlyMap<string, string>>;
}
