import type { Source } from '../sources/source.ts';
import type { Written } from './limits.ts';
import type { Path, Problem } from './problem.ts';
import { commonShape, entrySchema, topSchema, topShape } from './schema.ts';
import { shapeProblems } from './shape.ts';

/** What the schemas say of a budgets file; loaded only where they may have something to say. */
export interface Shapes {
  /** Problems of the keys beside the budgets. */
  ofTop(top: Written): Problem[];
  /** Problems of one entry of `budgets`. */
  ofEntry(source: Source, written: Written, path: Path): Problem[];
  /** True for a key of every budget, whatever its subject. */
  isCommonKey(key: string): boolean;
}

export const shapes: Shapes = {
  ofTop: (top) =>
    shapeProblems(topSchema, top, [], [...Object.keys(topShape), 'defaults', 'budgets']),
  ofEntry: (source, written, path) => {
    const known = [...Object.keys(source.keys), ...Object.keys(commonShape)];
    return shapeProblems(entrySchema(source), written, path, known);
  },
  isCommonKey: (key) => Object.hasOwn(commonShape, key),
};
