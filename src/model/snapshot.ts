import * as z from 'zod/mini';
import { type Budget, budgetSchema, type Relaxing, type Waiver, waiverSchema } from './budget.ts';
import type { CompressedEncoding, Direction, Encoding, MetricKind, Unit } from './metric.ts';

export const SNAPSHOT_VERSION = 1;

/** An emitted file. Sizes are in bytes. */
export interface Asset {
  /** Key form: relative to the budgets file's folder, `/` on every system. */
  readonly path: string;
  /** The stable name: the path with its content hash as `[hash]`. Two assets may share one. */
  readonly subject: string;
  readonly sha256: string;
  /** sha256 of the bytes with the hashes of sibling assets neutralised. */
  readonly content: string;
  readonly raw: number;
  readonly gzip?: number | undefined;
  readonly brotli?: number | undefined;
  /** The name a bundler's manifest gives, where there is one: `src/pages/Report.tsx`. */
  readonly origin?: string | undefined;
}

/** A metric of another tool's report. `value` and `samples` are in `unit`. */
export interface Measurement {
  /** The axis entry that read it: `lighthouse`, `custom`. */
  readonly source: string;
  /** The globs of the budgets that asked for it. */
  readonly reports: readonly string[];
  /** What was measured: a page's path, or the reports' glob where there are no pages. */
  readonly subject: string;
  readonly formFactor: string | null;
  readonly metric: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Direction;
  readonly kind: MetricKind;
  /** What must be the same for noisy values to be comparable; null where nothing is known. */
  readonly environment: string | null;
  /** Stored units in one unit of the report's own (1000 for a report in seconds). */
  readonly scale: number;
  /** The median of `samples`. */
  readonly value: number;
  /** One number a run, in the order of the runs. */
  readonly samples: readonly number[];
}

/** Who made the compressed sizes. Same levels and probe: the same encoder, whatever its version. */
export interface Encoders {
  readonly levels: Readonly<Record<CompressedEncoding, number>>;
  /** Compressed bytes of a fixed input, for the encodings in use. */
  readonly probe: Readonly<{ [encoding in CompressedEncoding]?: number | undefined }>;
  readonly versions: Readonly<Record<string, string>>;
}

/** What was looked for, so that "not measured" is never read as "not there". */
export interface Tracked {
  /** The lists of patterns: `track` and the budgets' own; negations count within their list. */
  readonly files: readonly (readonly string[])[];
  readonly encodings: readonly Encoding[];
  readonly reports: readonly { readonly source: string; readonly reports: readonly string[] }[];
}

/** Pardons and rules that travel with a snapshot, so that no change can pardon itself unseen. */
export interface Rules {
  readonly relaxing: Relaxing;
  readonly waivers: readonly Waiver[];
}

/** All measurements of one commit. A baseline is a snapshot that someone kept. */
export interface Snapshot {
  readonly schemaVersion: 1;
  readonly commit: string | null;
  readonly project: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly encoders: Encoders;
  readonly tracked: Tracked;
  readonly budgets: readonly Budget[];
  readonly rules: Rules;
  readonly assets: readonly Asset[];
  readonly measurements: readonly Measurement[];
}

const bytes = z.int().check(z.gte(0));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const level = z.int().check(z.gte(0), z.lte(11));
const strings = z.array(z.string());

const assetSchema = z.object({
  path: z.string().check(z.minLength(1)),
  subject: z.string().check(z.minLength(1)),
  sha256,
  content: sha256,
  raw: bytes,
  gzip: z.optional(bytes),
  brotli: z.optional(bytes),
  origin: z.optional(z.string()),
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
});

/** Unknown keys are dropped, so that a later minor version may add some; wrong types are errors. */
export const snapshotSchema = z.object({
  schemaVersion: z.literal(SNAPSHOT_VERSION),
  commit: z.nullable(z.string().check(z.regex(/^[0-9a-f]{40,64}$/))),
  project: z.string(),
  takenAt: z.iso.datetime(),
  encoders: z.object({
    levels: z.object({ gzip: level, brotli: level }),
    probe: z.object({ gzip: z.optional(bytes), brotli: z.optional(bytes) }),
    versions: z.record(z.string(), z.string()),
  }),
  tracked: z.object({
    files: z.array(strings),
    encodings: z.array(z.enum(['raw', 'gzip', 'brotli'])),
    reports: z.array(z.object({ source: z.string(), reports: strings })),
  }),
  budgets: z.array(budgetSchema),
  rules: z.object({ relaxing: z.enum(['allow', 'warn', 'fail']), waivers: z.array(waiverSchema) }),
  assets: z.array(assetSchema),
  measurements: z.array(measurementSchema),
});
