import * as z from 'zod/mini';
import { groupBy } from '../core/group-by.ts';
import { median } from '../core/statistics.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Direction, Unit } from '../model/metric.ts';
import type { Measurement } from '../model/snapshot.ts';
import { readReports } from './reports.ts';
import type { Collected, CollectRequest, Source } from './source.ts';

/** Metrics of your own: `[{ "metric", "value" | "samples", "unit", "better" }]`. */
export const custom: Source = {
  subject: 'custom',
  describes:
    'your own metrics: `[{ "metric": "cold-start", "value": 1.1, "unit": "s" }]`, or `samples`, one number a run',
  options: {
    custom: z
      .string()
      .check(z.minLength(1), z.describe('A JSON file of your own metrics, or a glob of them.')),
  },
  metric: (id) =>
    id === undefined
      ? { refused: 'has no metric', hint: 'Give `metric` or `metrics`: a name in your file.' }
      : { id, open: true },
  selection: (entry) => ({
    kind: 'measurements',
    source: 'custom',
    reports: [String(entry.custom)],
    page: null,
    formFactor: null,
  }),
  collect,
};

/** Units a file may declare: stored unit, and how many of it make one declared unit. */
const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  B: ['byte', 1],
  byte: ['byte', 1],
  kB: ['byte', 1e3],
  MB: ['byte', 1e6],
  GB: ['byte', 1e9],
  KiB: ['byte', 1024],
  MiB: ['byte', 1024 ** 2],
  GiB: ['byte', 1024 ** 3],
  ns: ['millisecond', 1e-6],
  us: ['millisecond', 1e-3],
  ms: ['millisecond', 1],
  millisecond: ['millisecond', 1],
  s: ['millisecond', 1e3],
  min: ['millisecond', 6e4],
  '/s': ['per-second', 1],
  'per-second': ['per-second', 1],
  '%': ['ratio', 0.01],
  ratio: ['ratio', 1],
  score: ['score', 1],
  count: ['count', 1],
};

const number = z.number();
const entrySchema = z
  .strictObject({
    metric: z.string().check(z.minLength(1)),
    value: z.optional(number),
    samples: z.optional(z.array(number).check(z.minLength(1))),
    unit: z.enum(Object.keys(UNITS) as [string, ...string[]]),
    better: z.optional(z.enum(['lower', 'higher'])),
  })
  .check(z.refine((entry) => (entry.value === undefined) !== (entry.samples === undefined)));
const fileSchema = z.array(entrySchema);

type CustomEntry = z.infer<typeof entrySchema>;

async function collect({ config, selections }: CollectRequest, host: Host): Promise<Collected> {
  const globs = new Set(
    selections.flatMap((selection) => (selection.kind === 'measurements' ? selection.reports : [])),
  );
  const measurements: Measurement[] = [];
  for (const glob of globs) {
    const files = await readReports([glob], config.folder, host);
    measurements.push(
      ...merge(
        glob,
        files.flatMap(({ path, value }) => entriesOf(path, value)),
      ),
    );
  }
  const reports = [...globs].map((glob) => ({ source: 'custom', reports: [glob] }));
  return { assets: [], measurements, tracked: { reports }, encoders: null, notes: [] };
}

function entriesOf(path: string, value: unknown): CustomEntry[] {
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = (issue?.path ?? []).map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part)}`,
  );
  throw new UserError(
    'not-custom',
    `${path}${at.length > 0 ? ` ${at.join('')}` : ''}: not a list of metrics.`,
    {
      hint: `Write [{ "metric": "cold-start", "value": 1.1, "unit": "s", "better": "lower" }]; either value or samples; units: ${Object.keys(UNITS).join(', ')}.`,
    },
  );
}

/** The same metric in several files: each file is a run. */
function merge(glob: string, entries: readonly CustomEntry[]): Measurement[] {
  const byMetric = groupBy(entries, (entry) => entry.metric);
  return [...byMetric].map(([metric, runs]) => {
    const [first] = runs;
    const declared = UNITS[first?.unit ?? ''] ?? (['count', 1] as const);
    if (runs.some((run) => run.unit !== first?.unit || run.better !== first?.better)) {
      throw new UserError(
        'mixed-units',
        `${glob}: "${metric}" has different units or directions.`,
        {
          hint: 'Give every run of a metric the same unit and the same `better`.',
        },
      );
    }
    const [unit, scale] = declared;
    const samples = runs
      .flatMap((run) => run.samples ?? [run.value ?? 0])
      .map((value) => Number((value * scale).toPrecision(15)));
    return {
      source: 'custom',
      reports: [glob],
      subject: glob,
      formFactor: null,
      metric,
      label: metric,
      unit,
      better: first?.better ?? defaultDirection(unit),
      kind: unit === 'byte' || unit === 'count' ? 'size' : 'lab',
      environment: null,
      scale,
      value: median(samples),
      samples,
    };
  });
}

/** Rates and scores grow when things get better; times, bytes, counts and ratios shrink. */
function defaultDirection(unit: Unit): Direction {
  return unit === 'per-second' || unit === 'score' ? 'higher' : 'lower';
}
