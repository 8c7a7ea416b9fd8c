/** A part of a chunk, and the ids that were taken out of it. */
export interface BlankPart {
  /** Equal for equal texts alone, whatever ids stand in them. */
  readonly text: string;
  /** The module's own id; null for none. */
  readonly key: string | null;
  /** Ids of other modules, and of chunks, in order. */
  readonly references: readonly string[];
}

/** A chunk of webpack or rspack without the ids that stand in it. */
export interface BlankChunk {
  /** What stands around the modules. */
  readonly frame: readonly BlankPart[];
  readonly modules: readonly BlankPart[];
  /** Those that it defines: of its modules, and its own. */
  readonly ids: readonly string[];
}
