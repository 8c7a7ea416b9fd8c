import * as z from 'zod/mini';
import { ENCODINGS } from './metric.ts';
import { REPORT_VERSION, type Report } from './report.ts';
import { LOOSENINGS, REASONS, STATUSES } from './verdict.ts';

const unit = z.enum(['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second']);
const status = z.enum(STATUSES);
const number = z.nullable(z.number());
const text = z.nullable(z.string());

/** Only in a report on several projects. */
const ofProject = { project: z.optional(z.string()) };

const finding = z.strictObject({
  ...ofProject,
  budget: z.string(),
  subject: z.string(),
  metric: z.string(),
  unit,
  rule: z.enum(['max', 'min', 'max-increase', 'max-decrease']),
  status,
  actual: number,
  allowed: number,
  over: number,
  base: number,
  delta: number,
  reason: z.nullable(z.enum(REASONS)),
  detail: text,
  limit: z.string(),
  severity: z.enum(['fail', 'warn']),
  runs: z.int(),
  interval: z.nullable(z.tuple([z.number(), z.number()])),
  message: text,
});

const change = z.strictObject({
  ...ofProject,
  kind: z.enum(['added', 'removed', 'kept']),
  subject: z.string(),
  metric: z.string(),
  unit,
  base: number,
  head: number,
  /** Head minus base; null unless kept and comparable. */
  delta: number,
});

const cause = z.strictObject({
  ...ofProject,
  budget: text,
  of: text,
  subject: z.string(),
  kind: z.enum(['added', 'removed', 'grown', 'shrunk', 'version', 'duplicated', 'moved', 'other']),
  package: text,
  version: text,
  module: text,
  load: z.nullable(z.enum(['initial', 'lazy'])),
  from: text,
  to: text,
  bytes: z.number(),
  importer: text,
});

const tracked = z.strictObject({
  encoding: z.enum(ENCODINGS),
  head: z.number(),
  base: number,
  assets: z.int(),
  changed: z.int(),
  added: z.int(),
  removed: z.int(),
  unchanged: z.int(),
});

const base = z.nullable(
  z.strictObject({
    commit: text,
    provenance: z.enum(['file', 'exact', 'rebuilt', 'ancestor']),
    how: z.nullable(z.enum(['merge-base', 'first-parent', 'before-push', 'queue', 'ref'])),
    distance: z.int(),
    isUntouched: z.boolean(),
    store: z.string(),
    run: z.nullable(z.int()),
  }),
);

const about = {
  project: z.string(),
  /** Why there is no baseline, and the one thing to do; null with a baseline. */
  noBaseline: text,
  /** Budgets, in the order of the budgets file. */
  budgets: z.array(z.string()),
  /** The budgets file, and the line of each budget in it where it is known. */
  config: z.nullable(z.strictObject({ file: z.string(), lines: z.record(z.string(), z.int()) })),
  encoders: z.strictObject({ gzip: z.int(), brotli: z.int() }),
  encodings: z.array(z.enum(ENCODINGS)),
  /** All tracked files together, in the first of the encodings; null when none is tracked. */
  tracked: z.nullable(tracked),
  /** Changes smaller than this many bytes are counted, not listed. */
  ignoreBelow: z.number(),
  notes: z.array(z.string()),
  /** Base has the project, and head has lost its budgets file: nothing of it is judged. */
  isGone: z.optional(z.boolean()),
};

/** The whole story as plain JSON; the only thing a reporter may read. */
export const reportSchema: z.ZodMiniType<Report> = z.strictObject({
  schemaVersion: z.literal(REPORT_VERSION),
  tool: z.strictObject({ name: z.literal('weighbridge'), version: z.string() }),
  verdict: z.strictObject({
    status,
    findings: z.array(finding),
    relaxed: z.array(
      z.strictObject({
        ...ofProject,
        budget: text,
        kind: z.enum(LOOSENINGS),
        from: text,
        to: text,
      }),
    ),
  }),
  comparison: z.strictObject({
    head: z.strictObject({ commit: text }),
    /** Of several projects: what all of them were compared with; null where that differs. */
    base,
    changes: z.array(change),
  }),
  causes: z.array(cause),
  meta: z.strictObject({
    ...about,
    /** Each project of a report on several. */
    projects: z.optional(z.array(z.strictObject({ ...about, status, base }))),
    /** Projects that are not built and say that they need not be. */
    skipped: z.optional(
      z.array(z.strictObject({ project: z.string(), file: z.string(), why: z.string() })),
    ),
  }),
});
