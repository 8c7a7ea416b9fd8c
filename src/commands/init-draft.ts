import { readConfig } from '../config/read.ts';
import { compare } from '../core/compare.ts';
import { subjectsOf } from '../core/subjects.ts';
import { measure } from '../measure.ts';
import type { Host } from '../model/host.ts';
import type { Unit } from '../model/metric.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Discovered } from './init-discover.ts';

export interface Draft {
  readonly text: string;
  /** What it holds, in words. */
  readonly summary: string;
}

const SCHEMA = 'https://unpkg.com/weighbridge@1/dist/budgets.schema.json';
const LAB_METRICS = [
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'performance',
] as const;
/**
 * What counts as good (web.dev/articles/vitals; Lighthouse's own green for TBT and the score): a
 * limit is no tighter, or the noise of the next run would break it.
 */
const GOOD: Readonly<Record<string, number>> = {
  'largest-contentful-paint': 2_500,
  'total-blocking-time': 200,
  'cumulative-layout-shift': 0.1,
  performance: 0.9,
};
/** Head room on today's value; `min` budgets get as much below it. */
const ROOM = 0.05;

const GROWTH = { maxIncrease: '2%' } as const;
/** Bytes: of less than this 2 % are less than the change of a few lines. */
const SMALL = 25_000;
const SMALL_GROWTH = { ...GROWTH, ignoreBelow: '500 B' } as const;

type Entry = Record<string, unknown>;

/** A budgets file that passes today with 5 % to spare. */
export async function draftBudgets(found: Discovered, cwd: string, host: Host): Promise<Draft> {
  const file = draftFile(found);
  const { config } = await readConfig({
    file: 'budgets.json',
    folder: cwd,
    value: file,
    locate: () => '',
    line: () => null,
    showPath: () => '',
    problems: [],
  });
  if (config === null) throw new Error('the draft of a budgets file is not valid');
  const { snapshot } = await measure(config, host, null);
  const budgets = (file.budgets as Entry[]).map((entry) => withLimits(entry, snapshot));
  const kept = withGrowth(budgets.filter((entry) => entry !== null));
  const text = `${JSON.stringify({ ...file, budgets: kept }, null, 2)}\n`;
  const limits = `${kept.length} ${kept.length === 1 ? 'budget' : 'budgets'}`;
  return { text, summary: `${limits} on ${found.output}/, today's values plus 5 %` };
}

function draftFile({ output, kinds, page, lighthouse, library }: Discovered): Entry {
  const budgets: Entry[] = [];
  if (page !== null) {
    budgets.push({
      name: 'Home, initial load',
      page,
      types: ['script', 'stylesheet'],
      max: '1 GB',
    });
  }
  if (kinds.includes('script')) {
    budgets.push({
      name: 'All script',
      files: `${output}/**/*.{js,mjs}`,
      max: '1 GB',
    });
  }
  if (kinds.includes('style')) {
    budgets.push({
      name: 'All styles',
      files: `${output}/**/*.css`,
      max: '1 GB',
    });
  }
  if (library !== null) {
    const { from, platform } = library;
    budgets.push({
      name: `All of ${from}`,
      import: '*',
      from,
      ...(platform === 'browser' ? {} : { platform }),
      max: '1 GB',
    });
  }
  if (lighthouse !== null) {
    const metrics = LAB_METRICS.map((id) => [id, id === 'performance' ? { min: 0 } : { max: 0 }]);
    budgets.push({
      name: 'Lighthouse',
      lighthouse,
      optional: true,
      metrics: Object.fromEntries(metrics),
    });
  }
  return { $schema: SCHEMA, track: [`${output}/**/*.{js,mjs,css,html}`], budgets };
}

/** Null where the reports have none of the metrics, and where a page loads nothing. */
function withLimits(entry: Entry, snapshot: Snapshot): Entry | null {
  const values = valuesOf(String(entry.name), snapshot);
  if (entry.metrics === undefined) {
    const [value] = values.values();
    if (value === undefined || value.value === 0) return null;
    const growth = value.unit === 'byte' && value.value < SMALL ? SMALL_GROWTH : GROWTH;
    return { ...entry, max: withRoom(value.value, value.unit, 1), ...growth };
  }
  const metrics = [...values].map(([id, { value, unit }]) => {
    const floor = GOOD[id] ?? value;
    return id === 'performance'
      ? [id, { min: withRoom(Math.min(value, floor / (1 - ROOM)), unit, -1) }]
      : [id, { max: withRoom(Math.max(value, floor / (1 + ROOM)), unit, 1) }];
  });
  return metrics.length === 0 ? null : { ...entry, metrics: Object.fromEntries(metrics) };
}

/**
 * Where a page is budgeted, its growth is what counts: a sum of files grows as well by what is
 * loaded lazily, which is how a page is mended.
 */
function withGrowth(entries: readonly Entry[]): readonly Entry[] {
  if (!entries.some(({ page }) => page !== undefined)) return entries;
  return entries.map((entry) => {
    const { maxIncrease: _growth, ignoreBelow: _floor, ...others } = entry;
    return entry.files === undefined ? entry : others;
  });
}

/** The worst value of each metric of an entry. */
function valuesOf(name: string, snapshot: Snapshot): Map<string, { value: number; unit: Unit }> {
  const comparison = compare(snapshot, null);
  const values = new Map<string, { value: number; unit: Unit }>();
  for (const budget of snapshot.budgets.filter(({ entry }) => entry === name)) {
    const subjects = subjectsOf(budget, comparison).filter(({ actual }) => actual !== null);
    const actuals = subjects.map(({ actual }) => actual ?? 0);
    const [first] = subjects;
    if (first === undefined) continue;
    const value = budget.metric === 'performance' ? Math.min(...actuals) : Math.max(...actuals);
    values.set(budget.metric, { value, unit: first.unit });
  }
  return values;
}

/** Five percent away from today's value, rounded to three digits in the looser direction. */
function withRoom(value: number, unit: Unit, sign: 1 | -1): string | number {
  const target = value * (1 + sign * ROOM);
  const steps = STEPS[unit];
  const step = steps?.find(([size]) => target >= size) ?? steps?.at(-1);
  if (step === undefined) return Math.min(1, threeDigits(target, sign));
  const [size, symbol] = step;
  if (symbol === 'B') return `${sign > 0 ? Math.ceil(target) : Math.floor(target)} B`;
  return `${threeDigits(target / size, sign)} ${symbol}`;
}

const STEPS: Readonly<Partial<Record<Unit, readonly (readonly [number, string])[]>>> = {
  byte: [
    [1e6, 'MB'],
    [1e3, 'kB'],
    [1, 'B'],
  ],
  millisecond: [
    [1e3, 's'],
    [1, 'ms'],
  ],
};

function threeDigits(value: number, sign: 1 | -1): number {
  const digits = Math.floor(Math.log10(Math.max(value, 1e-3))) - 2;
  const step = 10 ** Math.max(-3, Math.min(0, digits));
  const round = sign > 0 ? Math.ceil : Math.floor;
  return Number((round(value / step - sign * 1e-9) * step).toPrecision(6));
}
