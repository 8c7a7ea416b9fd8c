import type { Host } from '../model/host.ts';
import type { ModuleShare } from '../model/module.ts';
import type { Page } from '../model/page.ts';

/** Where metadata is looked for. Paths are in key form, relative to `root`. */
export interface BundlerRequest {
  /** Folders that hold or may hold output, `''` for the root itself. */
  readonly folders: readonly string[];
  /** Absolute; the budgets file's folder. */
  readonly root: string;
  /** Paths of all that was measured. */
  readonly assets: ReadonlySet<string>;
}

/** What a bundler's metadata says; each part is left out where it says nothing of it. */
export interface BundlerFacts {
  /** Stable names of assets, by path: the source file, or the name of the chunk. */
  readonly origins?: ReadonlyMap<string, string>;
  /** Minified bytes of the modules inside an asset, by its path; only raw, and only where exact. */
  readonly modules?: ReadonlyMap<string, readonly Pick<ModuleShare, 'id' | 'raw'>[]>;
  /** The ids of the modules that import a module, by its id. */
  readonly importers?: ReadonlyMap<string, readonly string[]>;
  /** Routes that have no HTML of their own, and what they pull in. */
  readonly routes?: readonly Page[];
}

/**
 * A bundler's metadata: what it knows of its own output that the files alone do not say. To add
 * one, write a file that exports a `Bundler` and register it in `bundlers/index.ts`.
 */
export interface Bundler {
  readonly name: string;
  /** No facts where there is no metadata of this bundler, or where a file is something else. */
  read(request: BundlerRequest, host: Host): Promise<BundlerFacts>;
}
