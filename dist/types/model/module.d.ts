/**
 * A source file's part in an asset, in bytes of each encoding that the asset is measured in. What
 * the shares of an asset leave of its sizes belongs to no module: the bundler's own code.
 */
export interface ModuleShare {
    /** Canonical, the same from every bundler and in every folder: `src/app.ts`, `node_modules/a/b.js`. */
    readonly id: string;
    readonly raw: number;
    readonly gzip?: number | undefined;
    readonly brotli?: number | undefined;
    /**
     * The id of a module that imports it, an own one where there is one, and one that differs from the
     * base it was measured against where there are several; not given where unknown.
     */
    readonly importer?: string | undefined;
}
/** What stands for own modules that are too many to be told one by one. */
export declare const FOLDED = "other";
/** An installed copy of a package that is inside the build. */
export interface UsedPackage {
    /** The folder that the ids of its modules start with: `node_modules/moment`. */
    readonly instance: string;
    readonly name: string;
    /** Null where neither the folder nor a lockfile tells. */
    readonly version: string | null;
    /** The first own module on the way to it, of several as above; null where unknown. */
    readonly importer: string | null;
}
