import * as z from 'zod/mini';
import { PLATFORMS } from './budget.ts';
import { ENCODINGS } from './metric.ts';
import { PAGE_TYPES } from './page.ts';

/** Budgets as they travel in a snapshot: read already, and held against this on the way in. */
const amount = z.object({
  value: z.number().check(z.gte(0)),
  unit: z.nullable(z.enum(['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second'])),
  text: z.string().check(z.maxLength(200)),
});
const relative = z.array(
  z.union([amount, z.object({ percent: z.number().check(z.gte(0)), text: z.string() })]),
);
const strings = z.array(z.string());

/** One budget, of every kind. */
export const budgetSchema = z.object({
  name: z.string(),
  entry: z.string(),
  selection: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('assets'),
      patterns: strings,
      each: z.boolean(),
      load: z.optional(z.enum(['initial', 'lazy'])),
    }),
    z.object({
      kind: z.literal('pages'),
      subject: z.enum(['page', 'route']),
      pages: strings,
      types: z.array(z.enum(PAGE_TYPES)),
      load: z.enum(['initial', 'lazy', 'all']),
      each: z.boolean(),
      encoding: z.enum(ENCODINGS),
      network: z.nullable(
        z.object({ kbps: z.number().check(z.gt(0)), rtt: z.number().check(z.gte(0)) }),
      ),
      ignore: z.optional(strings),
    }),
    z.object({
      kind: z.literal('measurements'),
      source: z.string(),
      reports: strings,
      page: z.nullable(z.string()),
      formFactor: z.nullable(z.string()),
    }),
    z.object({ kind: z.literal('package'), name: z.string() }),
    z.object({ kind: z.literal('duplicates') }),
    z.object({
      kind: z.literal('imports'),
      imports: z.array(z.object({ from: z.string(), names: strings })).check(z.minLength(1)),
      platform: z.enum(PLATFORMS),
      conditions: strings,
      external: strings,
    }),
  ]),
  metric: z.string(),
  limits: z.object({
    max: z.optional(amount),
    min: z.optional(amount),
    maxIncrease: z.optional(relative),
    maxDecrease: z.optional(relative),
  }),
  ignoreBelow: z.nullable(amount),
  severity: z.enum(['fail', 'warn']),
  optional: z.boolean(),
  message: z.nullable(z.string()),
});

/** One waiver. */
export const waiverSchema = z.object({
  budget: z.string(),
  upTo: z.nullable(amount),
  until: z.nullable(z.string()),
  reason: z.string(),
  by: z.nullable(z.string()),
});
