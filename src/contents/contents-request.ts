import type { StatedModules } from '../bundlers/bundler.ts';
import type { UsedPackage } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';

/** What is to be opened. */
export interface ContentsRequest {
  /** All assets, those of known contents with their modules. */
  readonly assets: readonly Asset[];
  /** Those that are to be opened. */
  readonly open: readonly Asset[];
  /** The assets that a source map may open, by path: see `FileLook.mapMention`. */
  readonly mapped: ReadonlyMap<string, string>;
  /** What metadata says of assets, in raw bytes, for those that no map opens. */
  readonly stated: ReadonlyMap<string, StatedModules>;
  /** What metadata says of importers, by the id of what they import. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** What base knows of its assets, and of packages. */
  readonly before: readonly Asset[];
  readonly known: readonly UsedPackage[];
  /** Absolute; the budgets file's folder. */
  readonly root: string;
  /** That gzip sizes are made with. */
  readonly gzipLevel: number;
}
