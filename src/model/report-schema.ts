import * as z from 'zod/mini';
import { ENCODINGS } from './metric.ts';
import { REPORT_VERSION, type Report } from './report.ts';
import { LOOSENINGS, REASONS, STATUSES } from './verdict.ts';

const unit = z.enum(['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second']);
const status = z.enum(STATUSES);
const number = z.nullable(z.number());
const text = z.nullable(z.string());

const finding = z.strictObject({
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
  budget: text,
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

/** The whole story as plain JSON; the only thing a reporter may read. */
export const reportSchema: z.ZodMiniType<Report> = z.strictObject({
  schemaVersion: z.literal(REPORT_VERSION),
  tool: z.strictObject({ name: z.literal('weighbridge'), version: z.string() }),
  verdict: z.strictObject({
    status,
    findings: z.array(finding),
    relaxed: z.array(
      z.strictObject({ budget: text, kind: z.enum(LOOSENINGS), from: text, to: text }),
    ),
  }),
  comparison: z.strictObject({
    head: z.strictObject({ commit: text }),
    base: z.nullable(
      z.strictObject({
        commit: text,
        provenance: z.enum(['file', 'exact', 'rebuilt', 'ancestor']),
        distance: z.int(),
        store: z.string(),
      }),
    ),
    changes: z.array(change),
  }),
  causes: z.array(cause),
  meta: z.strictObject({
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
  }),
});
