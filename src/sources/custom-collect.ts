import * as z from 'zod/mini';
import { groupBy } from '../core/group-by.ts';
import { median } from '../core/statistics.ts';
import { suggestion } from '../format/suggest.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Direction, Unit } from '../model/metric.ts';
import type { Measurement } from '../model/snapshot.ts';
import { readReports } from './reports.ts';
import type { Collected, CollectRequest } from './source.ts';

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

const number = z.number().check(z.gte(0));
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

/** Reads the files that budgets name; the same metric in several files has a run in each. */
export async function collectCustom(
  { config, selections }: CollectRequest,
  host: Host,
): Promise<Collected> {
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
  return { measurements, tracked: { reports }, notes: [] };
}

function entriesOf(path: string, value: unknown): CustomEntry[] {
  const parsed = fileSchema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw notCustom(path, parsed.error.issues[0]);
  const names = parsed.data.map(({ metric }) => metric);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return parsed.data;
  throw new UserError('not-custom', `${path}: "${twice}" is there twice.`, {
    hint: 'Write several runs of a metric as "samples", or as a file for each run.',
  });
}

type Issue = z.core.$ZodIssue;

const EXAMPLE = '[{ "metric": "cold-start", "value": 1.1, "unit": "s", "better": "lower" }]';

function notCustom(path: string, issue: Issue | undefined): UserError {
  const at = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const { what, hint } = issue === undefined ? UNKNOWN : wordsFor(issue);
  return new UserError('not-custom', `${path}${at === '' ? '' : ` ${at}`}: ${what}.`, { hint });
}

const UNKNOWN = { what: 'not a list of metrics', hint: `Write ${EXAMPLE}.` };

function wordsFor(issue: Issue): { what: string; hint: string } {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = ['metric', 'value', 'samples', 'unit', 'better'];
    return { what: `"${key}" is not a key here`, hint: suggestion(key, known) };
  }
  if (issue.path.at(-1) === 'unit') {
    const unit = String(issue.input);
    return { what: `"${unit}" is not a unit`, hint: suggestion(unit, Object.keys(UNITS)) };
  }
  if (issue.code === 'custom') {
    return { what: 'needs either value or samples', hint: `Write ${EXAMPLE}.` };
  }
  if (issue.path.length < 2) return UNKNOWN;
  return {
    what: `${JSON.stringify(issue.input) ?? 'nothing'} is no value for it`,
    hint: `Write ${EXAMPLE}.`,
  };
}

/** The same metric in several files: each file is a run. */
function merge(glob: string, entries: readonly CustomEntry[]): Measurement[] {
  const byMetric = groupBy(entries, (entry) => entry.metric);
  return [...byMetric].map(([metric, runs]) => measurementOf(glob, metric, runs));
}

function measurementOf(glob: string, metric: string, runs: readonly CustomEntry[]): Measurement {
  const { unit: declared, better } = oneKind(glob, metric, runs);
  const [unit, scale] = UNITS[declared] ?? (['count', 1] as const);
  const samples = runs
    .flatMap(({ samples: several, value }) => several ?? (value === undefined ? [] : [value]))
    .map((value) => Number((value * scale).toPrecision(15)));
  if (unit === 'score' && samples.some((value) => value < 0 || value > 1)) {
    throw outOfRange(glob, metric);
  }
  return {
    source: 'custom',
    reports: [glob],
    subject: glob,
    formFactor: null,
    metric,
    label: metric,
    unit,
    better: better ?? defaultDirection(unit),
    kind: unit === 'byte' || unit === 'count' ? 'size' : 'lab',
    environment: null,
    scale,
    value: median(samples),
    samples,
  };
}

/** @throws UserError `mixed-units` where runs of one metric contradict each other */
function oneKind(
  glob: string,
  metric: string,
  runs: readonly CustomEntry[],
): Pick<CustomEntry, 'unit' | 'better'> {
  const [first, ...others] = runs;
  const isMixed = others.some(
    ({ unit, better }) => unit !== first?.unit || better !== first?.better,
  );
  if (first !== undefined && !isMixed) return first;
  throw new UserError('mixed-units', `${glob}: "${metric}" has different units or directions.`, {
    hint: 'Give every run of a metric the same unit and the same `better`.',
  });
}

/** Rates and scores grow when things get better; times, bytes, counts and ratios shrink. */
function defaultDirection(unit: Unit): Direction {
  return unit === 'per-second' || unit === 'score' ? 'higher' : 'lower';
}

function outOfRange(glob: string, metric: string): UserError {
  return new UserError('score-range', `${glob}: "${metric}" is a score outside 0 to 1.`, {
    hint: 'Write 0.9 for 90 of 100, or give it the unit `count`.',
  });
}
