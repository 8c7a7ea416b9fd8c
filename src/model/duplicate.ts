/** An installed copy of a package that is inside a build. */
export interface Copy {
  /** Its folder: `node_modules/old/node_modules/qs`. */
  readonly instance: string;
  readonly version: string | null;
  /** The first own module on the way to it; null where unknown. */
  readonly importer: string | null;
}

/** A package that is inside a build in more than one installed copy. */
export interface Duplicate {
  readonly name: string;
  /** Each once, in order; fewer than the copies where some are alike or not known. */
  readonly versions: readonly string[];
  /** In the order in which the build has them. */
  readonly copies: readonly Copy[];
}
