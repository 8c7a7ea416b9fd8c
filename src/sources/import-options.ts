import { jsonSchemaIf } from '../core/json-schema-if.ts';
import { PLATFORMS } from '../model/budget.ts';
import { ENCODINGS } from '../model/metric.ts';
import type { Source, Zod } from './source.ts';

/** Keys of budgets on imports, with what editors say of them. */
export function importOptions(z: Zod): ReturnType<Source['options']> {
  const one = z.string().check(z.minLength(1));
  const texts = z.optional(z.array(one));
  return {
    import: z
      .union([one, z.record(one, one)])
      .check(
        z.describe(
          'What is imported: `"{ a, b }"`, `"*"` for all of it, `"default"`; or an object from file to names, in place of `from`.',
        ),
      ),
    from: z
      .optional(z.union([one, z.array(one).check(z.minLength(1))]))
      .check(
        z.describe(
          'A file, relative to this one, a list of files, or a subpath of the package itself: `my-lib/button`, `./button`.',
        ),
      ),
    conditions: texts.check(
      z.describe('Conditions of `exports` that hold, beside those of the platform.'),
    ),
    platform: z
      .optional(z.enum(PLATFORMS))
      .check(z.describe('What the bundle is for: `browser` (default), `node` or `neutral`.')),
    ignore: texts.check(z.describe('Packages that are left out, as peer dependencies are.')),
    external: texts.check(
      z.describe('Packages and paths that stay imports: one `*` in each stands for anything.'),
    ),
    encoding: z
      .optional(z.enum(ENCODINGS))
      .check(z.describe('`raw`, `gzip` or `brotli`; default the first of `encodings`.')),
  };
}

/** Names alone need a file; an object names its files. */
export function importRules(): ReturnType<NonNullable<Source['rules']>> {
  const isText = { properties: { import: { type: 'string' } } };
  return jsonSchemaIf(isText, { required: ['from'] }, { not: { required: ['from'] } });
}
