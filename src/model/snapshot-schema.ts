import * as z from 'zod/mini';
import { budgetSchema, waiverSchema } from './budget-schema.ts';
import { SNAPSHOT_VERSION } from './snapshot.ts';
import { STATUSES } from './verdict.ts';

const bytes = z.int().check(z.gte(0));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const level = (most: number) => z.int().check(z.gte(0), z.lte(most));
const strings = z.array(z.string());

const moduleSchema = z.object({
  id: z.string().check(z.minLength(1)),
  raw: bytes,
  gzip: z.optional(bytes),
  brotli: z.optional(bytes),
  importer: z.optional(z.string()),
});

const packageSchema = z.object({
  instance: z.string(),
  name: z.string(),
  version: z.nullable(z.string()),
  importer: z.nullable(z.string()),
});

const pageSchema = z.object({
  path: z.string(),
  kind: z.enum(['file', 'route']),
  initial: strings,
  lazy: strings,
  unresolved: strings,
  broken: z.optional(strings),
  unplaced: z.optional(strings),
});

const assetSchema = z.object({
  path: z.string().check(z.minLength(1)),
  subject: z.string().check(z.minLength(1)),
  sha256,
  content: sha256,
  raw: bytes,
  gzip: z.optional(bytes),
  brotli: z.optional(bytes),
  origin: z.optional(z.string()),
  load: z.optional(z.enum(['initial', 'lazy'])),
  sketch: z.optional(z.string()),
  modules: z.optional(z.array(moduleSchema)),
});

const measurementSchema = z.object({
  source: z.string(),
  reports: strings,
  subject: z.string(),
  formFactor: z.nullable(z.string()),
  metric: z.string(),
  label: z.string(),
  unit: z.enum(['byte', 'millisecond', 'count', 'ratio', 'score', 'per-second']),
  better: z.enum(['lower', 'higher']),
  kind: z.enum(['size', 'lab', 'field', 'load']),
  environment: z.nullable(z.string()),
  scale: z.number().check(z.gt(0)),
  value: z.number(),
  samples: z.array(z.number()).check(z.minLength(1)),
  modules: z.optional(z.array(moduleSchema)),
});

/** Unknown keys are dropped, so that a later minor version may add some; wrong types are errors. */
export const snapshotSchema = z.object({
  schemaVersion: z.literal(SNAPSHOT_VERSION),
  commit: z.nullable(z.string().check(z.regex(/^[0-9a-f]{40,64}$/))),
  project: z.string(),
  takenAt: z.iso.datetime(),
  encoders: z.object({
    levels: z.object({ gzip: level(9), brotli: level(11) }),
    probe: z.object({ gzip: z.optional(bytes), brotli: z.optional(bytes) }),
    versions: z.record(z.string(), z.string()),
  }),
  tracked: z.object({
    files: z.array(strings),
    encodings: z.array(z.enum(['raw', 'gzip', 'brotli'])),
    reports: z.array(z.object({ source: z.string(), reports: strings })),
  }),
  budgets: z.array(budgetSchema),
  rules: z.object({
    relaxing: z.enum(['allow', 'warn', 'fail']),
    waivers: z.array(waiverSchema),
    acceptLabel: z.optional(z.nullable(z.string().check(z.minLength(1), z.maxLength(50)))),
    unbuilt: z.optional(z.enum(['fail', 'skip'])),
  }),
  assets: z.array(assetSchema),
  measurements: z.array(measurementSchema),
  packages: z.optional(z.array(packageSchema)),
  pages: z.optional(z.array(pageSchema)),
  scans: z.optional(z.array(z.object({ path: z.string(), digest: sha256 }))),
  hasMorePages: z.optional(z.boolean()),
  kept: z.optional(
    z.object({ verdict: z.nullable(z.enum(STATUSES)), run: z.nullable(z.int().check(z.gte(0))) }),
  ),
});

const skippedSchema = z.object({ project: z.string(), file: z.string(), why: z.string() });

/** A file of several snapshots; each of them is held against its own schema. */
export const snapshotSetSchema = z.object({
  schemaVersion: z.literal(SNAPSHOT_VERSION),
  snapshots: z.array(z.unknown()).check(z.minLength(1)),
  skipped: z.optional(z.array(skippedSchema)),
});
