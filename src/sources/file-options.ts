import { ENCODINGS } from '../model/metric.ts';
import { LOADS } from '../model/page.ts';
import type { Source, Zod } from './source.ts';

/** Keys of budgets on files, with what editors say of them. */
export function fileOptions(z: Zod): ReturnType<Source['options']> {
  const pattern = z.string().check(z.minLength(1));
  const patterns = z.union([pattern, z.array(pattern).check(z.minLength(1))]);
  return {
    files: patterns.check(
      z.describe('A glob or a list of globs, relative to this file; `!` negates.'),
    ),
    each: z.optional(z.boolean()).check(z.describe('Judge every match by itself.')),
    load: z
      .optional(z.enum(LOADS))
      .check(
        z.describe(
          'Only the matches that pages of the build load at once (`initial`) or later (`lazy`); default `all`.',
        ),
      ),
    encoding: z
      .optional(z.enum(ENCODINGS))
      .check(z.describe('`raw`, `gzip` or `brotli`; default the first of `encodings`.')),
  };
}
