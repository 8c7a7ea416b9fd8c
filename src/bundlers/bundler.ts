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

/** A JSON file that may be a bundler's metadata. */
export interface Metadata extends BundlerRequest {
  /** Key form: `dist/.vite/manifest.json`. */
  readonly path: string;
  readonly value: unknown;
}

/** What metadata says to be inside an asset. */
export interface StatedModules {
  /** Raw bytes of the whole asset: where it has others, this is said of another build. */
  readonly bytes: number;
  /** Minified bytes; only raw, and only where exact. */
  readonly shares: readonly Pick<ModuleShare, 'id' | 'raw'>[];
}

/** What a bundler's metadata says; each part is left out where it says nothing of it. */
export interface BundlerFacts {
  /** Stable names of assets, by path: the source file, or the name of the chunk. */
  readonly origins?: ReadonlyMap<string, string>;
  /** The content hashes in the names of assets, by path, as the bundler wrote them. */
  readonly hashes?: ReadonlyMap<string, readonly string[]>;
  /** The modules inside an asset, by its path. */
  readonly modules?: ReadonlyMap<string, StatedModules>;
  /** Assets that should be one installed file as it stands, by path: the id of that module. */
  readonly wholes?: ReadonlyMap<string, string>;
  /** The ids of the modules that import a module, by its id. */
  readonly importers?: ReadonlyMap<string, readonly string[]>;
  /** Routes that have no HTML of their own, and what they pull in. */
  readonly routes?: readonly Page[];
  /** What each entrypoint pulls in, by its name: for builds without HTML. */
  readonly entries?: readonly Page[];
  /**
   * What each dynamically imported module pulls in, by the module's path: `initial` is fetched with
   * it, `lazy` only later.
   */
  readonly dynamicEntries?: readonly Page[];
}

/**
 * A bundler's metadata: what it knows of its own output that the files alone do not say. To add
 * one, write a file that exports a `Bundler` and register it in `bundlers/index.ts`; what its files
 * are called stands in `bundlers/metadata-files.ts`.
 */
export interface Bundler {
  readonly name: string;
  /** Facts of a file by its shape, whatever its name; null where it is something else. */
  read(metadata: Metadata): BundlerFacts | null;
}
