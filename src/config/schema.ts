import * as z from 'zod/mini';
import { amountPattern } from '../format/amount-pattern.ts';
import { ENCODINGS, type Unit } from '../model/metric.ts';
import { sources } from '../sources/index.ts';
import type { Source, Zod } from '../sources/source.ts';
import { entryRules, fileRules, WAIVER_RULES } from './editor-rules.ts';

/** Editors are told what the reader finds out: how texts look that are amounts. */
const amountIn = (unit: Unit | null) =>
  z.union([z.number().check(z.gte(0)), z.string().check(z.meta({ pattern: amountPattern(unit) }))]);
const amount = amountIn(null);
const relative = z.union([amount, z.array(amount).check(z.minLength(1))]);

/** The limits that any budget may set, and what goes with each. */
const limitShape = {
  max: describe(z.optional(amount), 'Absolute limit: head may not be above it.'),
  min: describe(z.optional(amount), 'Absolute limit: head may not be below it.'),
  maxIncrease: describe(
    z.optional(relative),
    'Limit on growth against base: "1 kB", "5%", a number in the metric\'s unit, or a list, all of which must hold.',
  ),
  maxDecrease: describe(
    z.optional(relative),
    'Limit on decline against base, for metrics where higher is better.',
  ),
  ignoreBelow: describe(
    z.optional(amount),
    'A change smaller than this never breaks a relative limit, nor counts as worse.',
  ),
  severity: describe(
    z.optional(z.enum(['fail', 'warn'])),
    'What a broken limit does: `fail` (default) or `warn`.',
  ),
  message: describe(
    z.optional(z.string()),
    'Shown when the budget is broken: what to do about it.',
  ),
};

/** Keys of every budget, whatever its subject. */
export const commonShape = {
  name: describe(
    z.optional(z.string().check(z.minLength(1))),
    'Unique name in reports; the default is the subject.',
  ),
  metric: describe(z.optional(z.string()), 'What to judge; `size.gzip` and the like for files.'),
  metrics: describe(
    z.optional(z.record(z.string(), z.strictObject(limitShape))),
    'Instead of `metric`: a map from metric to its limits.',
  ),
  optional: describe(z.optional(z.boolean()), 'No match passes instead of failing.'),
  ...limitShape,
};

/** What sources make their own schemas with. */
export const zod: Zod = {
  array: z.array,
  boolean: z.boolean,
  describe: z.describe,
  enum: z.enum,
  gt: z.gt,
  gte: z.gte,
  int: z.int,
  literal: z.literal,
  lte: z.lte,
  maxLength: z.maxLength,
  minLength: z.minLength,
  number: z.number,
  optional: z.optional,
  record: z.record,
  regex: z.regex,
  strictObject: z.strictObject,
  string: z.string,
  union: z.union,
};

/** One budget of a source, strict: an unknown key is an error. */
export function entrySchema(source: Source) {
  return z.strictObject({ ...source.options(zod), ...commonShape });
}

// brotli-size takes quality 0 for none given, and compresses with 11.
const level = (least: number, most: number) => z.optional(z.int().check(z.gte(least), z.lte(most)));

const waiver = z
  .strictObject({
    budget: describe(z.string(), 'The name of the budget that is pardoned.'),
    upTo: describe(z.optional(amount), 'Pardoned while head is not above it (inert once base is).'),
    until: describe(
      z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
      'The last day of the pardon: "2026-03-01".',
    ),
    reason: describe(z.string().check(z.minLength(1)), 'Why.'),
    by: describe(z.optional(z.string()), 'Who answers for it.'),
  })
  .check(z.meta(WAIVER_RULES));

const store = z.union([
  z.enum(['artifact', 'git', 'file']),
  z.strictObject({ git: z.string() }),
  z.strictObject({ file: z.string() }),
]);

/** The `baseline` key: which commit is base, and where its record is. */
const baselineSchema = z.strictObject({
  branch: describe(
    z.optional(z.string().check(z.minLength(1))),
    "The base branch; default: the pull request's, else the repository's default branch.",
  ),
  stores: describe(
    z.optional(z.array(store).check(z.minLength(1))),
    'Where records are kept, read in order: `artifact`, `git` or `{ "git": "refs/..." }`, `file` or `{ "file": "folder" }`; default `artifact` in the Action, `file` elsewhere.',
  ),
  build: describe(
    z.optional(z.string().check(z.minLength(1))),
    'Builds base, in a worktree of its own, where no record of it is found: "npm ci && npm run build".',
  ),
  buildTimeout: describe(
    z.optional(amountIn('millisecond')),
    'The longest that `build` may take: "15 min" (default), or milliseconds.',
  ),
});

/** Keys of the file beside its budgets. */
export const topShape = {
  $schema: describe(z.optional(z.string()), 'For editors.'),
  project: describe(
    z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    "Part of every report's name; default: the file's folder from the repository root.",
  ),
  track: describe(
    z.optional(z.union([z.string(), z.array(z.string())])),
    'Files measured and shown in every report, without a limit; default: those of the budgets.',
  ),
  encodings: describe(
    z.optional(z.array(z.enum(ENCODINGS))),
    'Measured for every tracked file; default ["gzip", "brotli"].',
  ),
  levels: describe(
    z.optional(z.strictObject({ gzip: level(0, 9), brotli: level(1, 11) })),
    'Compression levels; default gzip 9, brotli 11.',
  ),
  relaxing: describe(
    z.optional(z.enum(['allow', 'warn', 'fail'])),
    'What a change that loosens a limit does: `allow`, `warn` (default), `fail`.',
  ),
  ignoreBelow: describe(
    z.optional(amountIn('byte')),
    'Changes smaller than this are counted in the comment, not listed.',
  ),
  baseline: describe(z.optional(baselineSchema), 'Which commit is base, and where its record is.'),
  waivers: describe(z.optional(z.array(waiver)), 'Pardons with a reason and an end.'),
  unbuilt: describe(
    z.optional(z.enum(['fail', 'skip'])),
    'What a run of several projects does where the build output is not there: `fail` (default), or `skip` and list it; read from the record of base where there is one.',
  ),
  acceptLabel: describe(
    z.optional(z.string().check(z.minLength(1), z.maxLength(50))),
    'The label of a pull request that turns its broken limits into warnings; read from the record of base.',
  ),
};

/** Keys that may stand in `defaults`. */
export const defaultsSchema = z.strictObject({
  ...limitShape,
  optional: commonShape.optional,
  encoding: z.optional(z.enum(ENCODINGS)),
  each: z.optional(z.boolean()),
});

/** What the reader holds a file against first; budgets are then read one by one. */
export const topSchema = z.strictObject({
  ...topShape,
  defaults: z.optional(defaultsSchema),
  budgets: z.optional(z.array(z.record(z.string(), z.unknown()))),
});

/** The whole file, for editors: published as `dist/budgets.schema.json`. */
export function fileSchema() {
  const entries = Object.values(sources).map((source) =>
    entrySchema(source).check(z.meta(entryRules(source))),
  );
  const [first, ...others] = entries;
  if (first === undefined) throw new Error('no source is registered');
  const file = z.strictObject({
    ...topShape,
    defaults: describe(z.optional(defaultsSchema), 'Merged into each budget that they fit.'),
    budgets: describe(z.optional(z.array(z.union([first, ...others]))), 'The rules.'),
  });
  return file.check(z.meta(fileRules()));
}

function describe<Schema extends z.ZodMiniType>(schema: Schema, text: string): Schema {
  return schema.check(z.describe(text)) as Schema;
}
