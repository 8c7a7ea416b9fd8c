import { createHash } from 'node:crypto';
import { compare } from '../../src/core/compare.ts';
import { fingerprint } from '../../src/core/fingerprint.ts';
import { importText } from '../../src/core/import-text.ts';
import { type Circumstances, judge } from '../../src/core/judge.ts';
import { reportsOf } from '../../src/core/reports-of.ts';
import type {
  Amount,
  Budget,
  ImportSelection,
  Limits,
  PageSelection,
  Percent,
  Relaxing,
  Selection,
  Waiver,
} from '../../src/model/budget.ts';
import type { Baseline } from '../../src/model/comparison.ts';
import type { Encoding, Unit } from '../../src/model/metric.ts';
import type { UsedPackage } from '../../src/model/module.ts';
import { type Load, PAGE_TYPES, type Page } from '../../src/model/page.ts';
import type { Asset, Measurement, Snapshot } from '../../src/model/snapshot.ts';
import type { Verdict } from '../../src/model/verdict.ts';

/** A sha256, told apart by what it is made from. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `length` bytes of text that compresses little; the same for the same seed. */
export function bytes(length: number, seed = 'seed'): Uint8Array {
  const chunks: string[] = [];
  for (let size = 0, turn = 0; size < length; size += 64, turn += 1) {
    chunks.push(digest(`${seed}${turn}`));
  }
  return new TextEncoder().encode(chunks.join('').slice(0, length));
}

export interface AssetFacts {
  readonly raw?: number;
  readonly gzip?: number | undefined;
  readonly brotli?: number | undefined;
  /** Any text: equal texts are equal contents. Default: the path and the sizes. */
  readonly content?: string;
  readonly subject?: string;
  readonly sha256?: string;
  readonly origin?: string;
  readonly sketch?: string | undefined;
  readonly modules?: Asset['modules'];
}

/** An asset; sizes that are not given follow from `raw` unless they are given as undefined. */
export function asset(path: string, facts: AssetFacts = {}): Asset {
  const raw = facts.raw ?? facts.gzip ?? 1_000;
  const gzip = 'gzip' in facts ? facts.gzip : raw;
  const brotli = 'brotli' in facts ? facts.brotli : gzip;
  const content = facts.content ?? `${path} ${raw} ${gzip} ${brotli}`;
  return {
    path,
    subject: facts.subject ?? fingerprint([path]).names.get(path) ?? path,
    sha256: facts.sha256 ?? digest(`bytes of ${content}`),
    content: digest(content),
    raw,
    ...(gzip === undefined ? {} : { gzip }),
    ...(brotli === undefined ? {} : { brotli }),
    ...given({ origin: facts.origin, sketch: facts.sketch, modules: facts.modules }),
  };
}

/** Modules by id, in raw bytes. */
export type Inside = Readonly<Record<string, number>>;

/** A script with modules inside, and 300 B that belong to none; gzip is a third of raw. */
export function opened(path: string, inside: Inside, facts: Partial<Asset> = {}): Asset {
  const raw = Object.values(inside).reduce((sum, one) => sum + one, 300);
  const third = (size: number) => Math.round(size / 3);
  const modules = Object.entries(inside).map(([id, size]) => {
    return { id, raw: size, gzip: third(size), brotli: third(size) };
  });
  const content = JSON.stringify([path, inside]);
  return { ...asset(path, { raw, gzip: third(raw), content }), modules, ...facts };
}

/** A package in `node_modules`. */
export function installed(
  name: string,
  version: string | null,
  facts: Partial<UsedPackage> = {},
): UsedPackage {
  return { instance: `node_modules/${name}`, name, version, importer: null, ...facts };
}

function given<Facts extends object>(facts: Facts): Partial<Facts> {
  const entries = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Facts>;
}

export interface MeasurementFacts extends Partial<Measurement> {
  readonly metric: string;
}

/** Largest contentful paint of `/` in milliseconds, unless told otherwise. */
export function measurement(facts: MeasurementFacts): Measurement {
  const samples = facts.samples ?? [facts.value ?? 0];
  return {
    source: 'lighthouse',
    reports: ['reports/*.json'],
    subject: '/',
    formFactor: 'mobile',
    label: facts.metric,
    unit: 'millisecond',
    better: 'lower',
    kind: 'lab',
    environment: null,
    scale: 1,
    value: middle(samples),
    ...facts,
    samples,
  };
}

/** A metric of the user's own, read from `metrics.json`. */
export function customMeasurement(facts: MeasurementFacts): Measurement {
  return measurement({
    source: 'custom',
    reports: ['metrics.json'],
    subject: 'metrics.json',
    formFactor: null,
    ...facts,
  });
}

function middle(samples: readonly number[]): number {
  const sorted = [...samples].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Numbers are in the stored unit of the metric; strings are percents. */
export type WrittenLimit = number | `${number}%` | Amount;

export interface BudgetFacts {
  readonly name?: string;
  readonly entry?: string;
  readonly files?: string | readonly string[];
  readonly each?: boolean;
  readonly load?: Load | undefined;
  readonly encoding?: Encoding;
  /** Instead of `files`: a metric of reports. */
  readonly metric?: string;
  readonly source?: string;
  readonly reports?: readonly string[];
  readonly page?: string | null;
  readonly formFactor?: string | null;
  readonly unit?: Unit | null;
  readonly max?: number | Amount;
  readonly min?: number | Amount;
  readonly maxIncrease?: WrittenLimit | readonly WrittenLimit[];
  readonly maxDecrease?: WrittenLimit | readonly WrittenLimit[];
  readonly ignoreBelow?: number | Amount;
  readonly severity?: Budget['severity'];
  readonly optional?: boolean;
  readonly message?: string;
}

/** A budget on the gzip bytes of `dist/*.js`, unless told otherwise. */
export function budget(facts: BudgetFacts): Budget {
  const { unit = facts.metric === undefined ? 'byte' : 'millisecond', severity = 'fail' } = facts;
  const { optional = false, message = null, encoding = 'gzip', ignoreBelow } = facts;
  const name = facts.name ?? subjectOf(facts);
  return {
    name,
    entry: facts.entry ?? name,
    selection: facts.metric === undefined ? assetSelection(facts) : reportSelection(facts),
    metric: facts.metric ?? `size.${encoding}`,
    limits: limitsOf(facts, unit),
    ignoreBelow: ignoreBelow === undefined ? null : amount(ignoreBelow, unit),
    severity,
    optional,
    message,
  };
}

function subjectOf({ metric, files = 'dist/*.js' }: BudgetFacts): string {
  return metric === undefined ? [files].flat().join(', ') : `/: ${metric}`;
}

function assetSelection({ files = 'dist/*.js', each = false, load }: BudgetFacts): Selection {
  const classed = load === undefined ? {} : { load };
  return { kind: 'assets', patterns: [files].flat(), each, ...classed };
}

function reportSelection(facts: BudgetFacts): Selection {
  const { source = 'lighthouse', reports = ['reports/*.json'], page = null } = facts;
  const { formFactor = null } = facts;
  return { kind: 'measurements', source, reports, page, formFactor };
}

/** A budget on the gzip bytes of a package, unless told otherwise. */
export function packageBudget(name: string, facts: BudgetFacts): Budget {
  return { ...budget({ name, ...facts }), selection: { kind: 'package', name } };
}

/** A budget on the number of packages that are there more than once. */
export function duplicatesBudget(facts: BudgetFacts): Budget {
  const counted = budget({ name: 'duplicates', metric: 'duplicates', unit: 'count', ...facts });
  return { ...counted, selection: { kind: 'duplicates' } };
}

/** A budget on a metric of `metrics.json`; numbers are bare, in the unit that the file declares. */
export function customBudget(facts: BudgetFacts & { readonly metric: string }): Budget {
  return budget({
    name: facts.metric,
    source: 'custom',
    reports: ['metrics.json'],
    unit: null,
    ...facts,
  });
}

export interface PageBudgetFacts extends Omit<BudgetFacts, 'page' | 'load'> {
  readonly page?: string | readonly string[];
  readonly subject?: PageSelection['subject'];
  readonly types?: PageSelection['types'];
  readonly load?: PageSelection['load'];
  readonly network?: PageSelection['network'];
  readonly ignore?: PageSelection['ignore'];
}

/** A budget on the gzip bytes that `dist/index.html` pulls in, unless told otherwise. */
export function pageBudget(facts: PageBudgetFacts): Budget {
  const { page = 'dist/index.html', subject = 'page', types = PAGE_TYPES } = facts;
  const { load = 'initial', network = null, each = false, encoding = 'gzip', ...others } = facts;
  const pages = [page].flat();
  const selection = {
    kind: 'pages',
    subject,
    pages,
    types,
    load,
    each,
    encoding,
    network,
    ...given({ ignore: facts.ignore }),
  } as const;
  const { metric = `size.${encoding}` } = facts;
  const { page: _, ...rest } = others;
  return { ...budget({ name: pages.join(', '), encoding, ...rest }), selection, metric };
}

/** A page of an HTML file, by the paths of what it loads; its own is the first of the initial. */
export function page(path: string, facts: Partial<Page> = {}): Page {
  const { initial = [], ...given } = facts;
  const all = [path, ...initial];
  return { path, kind: 'file', lazy: [], unresolved: [], ...given, initial: all };
}

/** `{ a }` of `./dist/index.js`, unless told otherwise. */
export function importSelection(facts: Partial<ImportSelection> = {}): ImportSelection {
  return {
    kind: 'imports',
    imports: [{ from: './dist/index.js', names: ['a'] }],
    platform: 'browser',
    conditions: [],
    external: [],
    ...facts,
  };
}

/** A budget on the gzip bytes of what a selection imports, unless told otherwise. */
export function importBudget(
  selection: ImportSelection,
  { encoding = 'gzip', ...facts }: BudgetFacts,
): Budget {
  const name = facts.name ?? importText(selection);
  return { ...budget({ ...facts, name, encoding }), selection };
}

/** Bytes of a bundle of esbuild 0.28.2, in gzip unless told otherwise. */
export function importMeasurement(
  selection: ImportSelection,
  value: number,
  facts: Partial<Measurement> = {},
): Measurement {
  const subject = importText(selection);
  return {
    source: 'import',
    reports: [subject],
    subject,
    formFactor: null,
    metric: 'size.gzip',
    label: 'gzip size',
    unit: 'byte',
    better: 'lower',
    kind: 'size',
    environment: 'esbuild 0.28.2',
    scale: 1,
    value,
    samples: [value],
    ...facts,
  };
}

export function amount(value: number | Amount, unit: Unit | null = 'byte'): Amount {
  return typeof value === 'number' ? { value, unit, text: String(value) } : value;
}

function limitsOf(facts: BudgetFacts, unit: Unit | null): Limits {
  const { max, min, maxIncrease, maxDecrease } = facts;
  return {
    ...(max === undefined ? {} : { max: amount(max, unit) }),
    ...(min === undefined ? {} : { min: amount(min, unit) }),
    ...(maxIncrease === undefined ? {} : { maxIncrease: relative(maxIncrease, unit) }),
    ...(maxDecrease === undefined ? {} : { maxDecrease: relative(maxDecrease, unit) }),
  };
}

function relative(
  written: WrittenLimit | readonly WrittenLimit[],
  unit: Unit | null,
): (Amount | Percent)[] {
  const list = Array.isArray(written) ? (written as readonly WrittenLimit[]) : [written];
  return (list as readonly WrittenLimit[]).map((limit) =>
    typeof limit === 'string'
      ? { percent: Number(limit.slice(0, -1)), text: limit }
      : amount(limit, unit),
  );
}

export interface WaiverFacts {
  readonly budget: string;
  readonly upTo?: number | Amount;
  readonly until?: string;
  readonly reason?: string;
  readonly by?: string;
}

export function waiver(facts: WaiverFacts): Waiver {
  return {
    budget: facts.budget,
    upTo: facts.upTo === undefined ? null : amount(facts.upTo),
    until: facts.until ?? null,
    reason: facts.reason ?? 'new editor',
    by: facts.by ?? null,
  };
}

export interface SnapshotFacts extends Partial<Omit<Snapshot, 'rules'>> {
  readonly relaxing?: Relaxing;
  readonly waivers?: readonly Waiver[];
  readonly acceptLabel?: string | null;
}

/** A snapshot that tracks what its budgets speak of, and every asset in it. */
export function snapshot(facts: SnapshotFacts = {}): Snapshot {
  const { relaxing = 'warn', waivers = [], acceptLabel = null, ...given } = facts;
  const budgets = given.budgets ?? [];
  return {
    schemaVersion: 1,
    commit: '1a2b3c4d5e6f1a2b3c4d5e6f1a2b3c4d5e6f1a2b',
    project: '.',
    takenAt: '2026-01-15T12:00:00.000Z',
    encoders: {
      levels: { gzip: 9, brotli: 11 },
      probe: { gzip: 500, brotli: 400 },
      versions: { zlib: '1.3' },
    },
    tracked: {
      files: [['**'], ...budgets.flatMap(patternsOf)],
      encodings: ['gzip', 'brotli'],
      reports: budgets.flatMap(({ selection }) => reportsOf(selection)),
    },
    budgets,
    rules: { relaxing, waivers, acceptLabel },
    assets: [],
    measurements: [],
    ...given,
  };
}

function patternsOf({ selection }: Budget): (readonly string[])[] {
  return selection.kind === 'assets' ? [selection.patterns] : [];
}

export function baseline(base: Snapshot, facts: Partial<Baseline> = {}): Baseline {
  const found = {
    provenance: 'exact',
    how: 'merge-base',
    distance: 0,
    isUntouched: false,
  } as const;
  return { snapshot: base, ...found, store: 'file', ...facts };
}

/** What head's budgets say of head beside base. */
export function verdictOf(
  head: Snapshot,
  base: Snapshot | Baseline | null,
  circumstances: Partial<Circumstances> = {},
): Verdict {
  const found = base === null || 'snapshot' in base ? base : baseline(base);
  return judge(compare(head, found), {
    today: '2026-01-15',
    isPushToBase: false,
    labels: [],
    ...circumstances,
  });
}
