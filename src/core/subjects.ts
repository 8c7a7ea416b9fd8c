import type { AssetSelection, Budget, MeasurementSelection } from '../model/budget.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import { type Encoding, encodingOf, type Unit } from '../model/metric.ts';
import type { Measurement, Snapshot } from '../model/snapshot.ts';
import { isPlausibleHash } from './fingerprint.ts';
import { displayPattern, isNegated, isOnPage, type Matcher, matcherOf } from './select.ts';

/** What base says of a subject, or why it says nothing. */
export type BaseValue =
  | { readonly kind: 'known'; readonly value: number }
  /** New in head inside what base tracked: there is nothing to compare with, and it is said. */
  | { readonly kind: 'new' }
  | { readonly kind: 'none'; readonly detail: string | null }
  | { readonly kind: 'incomparable'; readonly detail: string };

/** One subject of a budget, with all that a limit can be held against. */
export interface Subject {
  readonly subject: string;
  readonly unit: Unit;
  /** Stored units in one unit of the report's own, for limits written as bare numbers. */
  readonly scale: number;
  /** Null where nothing matched; `detail` then says what was looked for. */
  readonly actual: number | null;
  readonly base: BaseValue;
  readonly isNoisy: boolean;
  readonly runs: number;
  readonly interval: readonly [number, number] | null;
  readonly detail: string | null;
}

/** The subjects of a budget, in the order in which they are shown. */
export function subjectsOf(budget: Budget, comparison: Comparison): Subject[] {
  const { selection, metric } = budget;
  if (selection.kind === 'measurements') return measured(selection, metric, comparison);
  const encoding = encodingOf(metric) ?? 'raw';
  return selection.each
    ? eachAsset(selection, encoding, comparison)
    : sumOfAssets(selection, encoding, comparison);
}

function sumOfAssets(
  selection: AssetSelection,
  encoding: Encoding,
  comparison: Comparison,
): Subject[] {
  const matches = matcherOf(selection.patterns, isPlausibleHash);
  const members = comparison.assets.filter(({ head }) => head !== null && matches(head.path));
  const missing = missingPatterns(selection, members);
  if (members.length === 0) return missing;
  const before = comparison.assets.filter(({ base }) => base !== null && matches(base.path));
  const unsized = members.some((change) => change.sizes[encoding].head === undefined);
  const sum: Subject = {
    ...exact(selection.patterns.map(displayPattern).join(', ')),
    actual: unsized ? null : total(members, encoding, 'head'),
    detail: unsized ? `some of its files have no ${encoding} size` : null,
    base: baseSum(members, before, encoding, comparison),
  };
  return [...missing, sum];
}

function eachAsset(
  selection: AssetSelection,
  encoding: Encoding,
  comparison: Comparison,
): Subject[] {
  const matches = matcherOf(selection.patterns, isPlausibleHash);
  const members = comparison.assets.filter(({ head }) => head !== null && matches(head.path));
  const subjects = members.map((change) => ({
    ...exact(change.subject),
    actual: change.sizes[encoding].head ?? null,
    detail: change.sizes[encoding].head === undefined ? `it has no ${encoding} size` : null,
    base: baseOfOne(change, encoding, comparison),
  }));
  return [...missingPatterns(selection, members), ...subjects];
}

function missingPatterns(selection: AssetSelection, members: readonly AssetChange[]): Subject[] {
  const positive = selection.patterns.filter((pattern) => !isNegated(pattern));
  const isMissing = (pattern: string) => {
    const matches = matcherOf([pattern], isPlausibleHash);
    return !members.some(({ head }) => head !== null && matches(head.path));
  };
  const missing = positive.length === 0 ? selection.patterns : positive.filter(isMissing);
  return missing.map(displayPattern).map((pattern) => ({
    ...exact(pattern),
    detail: `no file matches ${pattern}`,
  }));
}

function baseSum(
  members: readonly AssetChange[],
  before: readonly AssetChange[],
  encoding: Encoding,
  comparison: Comparison,
): BaseValue {
  const refusal = untracked(members, encoding, comparison);
  if (refusal !== null) return refusal;
  const involved = [...new Set([...members, ...before])];
  if (before.some((change) => change.sizes[encoding].base === undefined))
    return newBudget(encoding);
  if (involved.some((change) => !change.sizes[encoding].comparable)) return otherEncoder(encoding);
  return { kind: 'known', value: total(before, encoding, 'base') };
}

function baseOfOne(change: AssetChange, encoding: Encoding, comparison: Comparison): BaseValue {
  if (change.base === null) {
    const refusal = untracked([change], encoding, comparison);
    return refusal ?? (change.namesakes > 0 ? anotherName(change.namesakes) : { kind: 'new' });
  }
  const { base, comparable } = change.sizes[encoding];
  if (base === undefined) return newBudget(encoding);
  return comparable ? { kind: 'known', value: base } : otherEncoder(encoding);
}

/** Not measured is never read as not there: a file that base did not look for is not new. */
function untracked(
  members: readonly AssetChange[],
  encoding: Encoding,
  { base }: Comparison,
): BaseValue | null {
  if (base === null) return { kind: 'none', detail: null };
  const { tracked } = base.snapshot;
  if (encoding !== 'raw' && !tracked.encodings.includes(encoding)) return newBudget(encoding);
  const lists = matchersOf(base.snapshot);
  // By head's path: a renamed output folder is not what base's patterns spoke of.
  const wasTracked = ({ head }: AssetChange) => lists.some((matches) => matches(head?.path ?? ''));
  if (members.every(wasTracked)) return null;
  return { kind: 'none', detail: 'new budget: base did not measure these files' };
}

const MATCHERS = new WeakMap<Snapshot, readonly Matcher[]>();

/** Compiled once for a snapshot, however many assets ask. */
function matchersOf(snapshot: Snapshot): readonly Matcher[] {
  const known = MATCHERS.get(snapshot);
  if (known !== undefined) return known;
  const lists = snapshot.tracked.files.map((list) => matcherOf(list, isPlausibleHash));
  MATCHERS.set(snapshot, lists);
  return lists;
}

function newBudget(encoding: Encoding): BaseValue {
  return { kind: 'none', detail: `new budget: base has no ${encoding} sizes of these files` };
}

/** What cannot be told apart escapes no limit: it is said. */
function anotherName(count: number): BaseValue {
  const files = count === 1 ? 'a file' : `${count} files`;
  return {
    kind: 'incomparable',
    detail: `base has ${files} of this name, and nothing tells which is which; a manifest of the bundler would`,
  };
}

function otherEncoder(encoding: Encoding): BaseValue {
  return {
    kind: 'incomparable',
    detail: `base was compressed with another level or encoder of ${encoding}`,
  };
}

function total(changes: readonly AssetChange[], encoding: Encoding, side: 'base' | 'head'): number {
  return changes.reduce((sum, change) => sum + (change.sizes[encoding][side] ?? 0), 0);
}

function exact(subject: string): Subject {
  return {
    subject,
    unit: 'byte',
    scale: 1,
    actual: null,
    base: { kind: 'none', detail: null },
    isNoisy: false,
    runs: 1,
    interval: null,
    detail: null,
  };
}

function measured(
  selection: MeasurementSelection,
  metric: string,
  comparison: Comparison,
): Subject[] {
  const changes = comparison.measurements.flatMap((change) =>
    change.head !== null && isSelected(change.head, selection, metric)
      ? [{ ...change, head: change.head }]
      : [],
  );
  if (changes.length === 0) return [absent(selection, metric, comparison.head)];
  return changes.map(({ head, base }) => {
    const alike = changes.filter((other) => other.head.subject === head.subject);
    const name = alike.length > 1 ? `${head.subject} (${head.formFactor})` : head.subject;
    return { ...readingOf(head, name), ...baseOf(head, base, comparison) };
  });
}

function isSelected(item: Measurement, selection: MeasurementSelection, metric: string): boolean {
  return (
    item.source === selection.source &&
    item.metric === metric &&
    isOnPage(item.subject, selection.page) &&
    (selection.formFactor === null || item.formFactor === selection.formFactor) &&
    JSON.stringify(item.reports) === JSON.stringify(selection.reports)
  );
}

function readingOf(head: Measurement, subject: string): Subject {
  // Not spread: a load test may have more samples than a call has room for.
  const least = head.samples.reduce((left, right) => Math.min(left, right));
  const most = head.samples.reduce((left, right) => Math.max(left, right));
  return {
    ...exact(subject),
    unit: head.unit,
    scale: head.scale,
    actual: head.value,
    runs: head.samples.length,
    interval: least < most ? [least, most] : null,
  };
}

function baseOf(
  head: Measurement,
  base: Measurement | null,
  comparison: Comparison,
): Pick<Subject, 'base' | 'isNoisy'> {
  const isNoisy = varies(head) || (base !== null && varies(base));
  if (comparison.base === null) return { isNoisy, base: { kind: 'none', detail: null } };
  if (base === null) {
    return { isNoisy, base: { kind: 'none', detail: 'new budget: base did not measure this' } };
  }
  if (base.unit !== head.unit || base.better !== head.better) {
    return { isNoisy, base: { kind: 'incomparable', detail: `base measured it in another unit` } };
  }
  if ((isNoisy || head.kind === 'lab') && base.environment !== head.environment) {
    const detail = `base was measured by ${base.environment}, head by ${head.environment}`;
    return { isNoisy, base: { kind: 'incomparable', detail } };
  }
  return { isNoisy, base: { kind: 'known', value: base.value } };
}

/** Runs that it takes to call a time or a score exact when all of them are equal. */
const ENOUGH_RUNS = 3;

/** Bytes and counts are exact unless their runs differ; times and scores the other way round. */
function varies({ unit, samples }: Measurement): boolean {
  const differs = samples.some((sample) => sample !== samples[0]);
  if (unit === 'byte' || unit === 'count') return differs;
  return differs || samples.length < ENOUGH_RUNS;
}

function absent(selection: MeasurementSelection, metric: string, head: Snapshot): Subject {
  const reports = selection.reports.join(', ');
  const read = head.measurements.filter(
    (item) =>
      item.source === selection.source &&
      JSON.stringify(item.reports) === JSON.stringify(selection.reports),
  );
  const onPage = read.filter(
    (item) =>
      isOnPage(item.subject, selection.page) &&
      (selection.formFactor === null || item.formFactor === selection.formFactor),
  );
  const subject = selection.page ?? onPage[0]?.subject ?? reports;
  const detail = absence({ reports, metric, selection, read, onPage });
  // What it would have been measured in only the report knows.
  return { ...exact(subject), unit: 'count', detail };
}

interface Absence {
  readonly reports: string;
  readonly metric: string;
  readonly selection: MeasurementSelection;
  readonly read: readonly Measurement[];
  readonly onPage: readonly Measurement[];
}

function absence({ reports, metric, selection, read, onPage }: Absence): string {
  if (read.length === 0) return `no report matches ${reports}`;
  if (onPage.length > 0) return `the reports of ${reports} have no ${metric}`;
  const { page, formFactor } = selection;
  const wanted = [page === null ? null : `page ${page}`, formFactor].filter(
    (part) => part !== null,
  );
  const seen = new Set(
    read.map((item) =>
      formFactor === null ? item.subject : `${item.subject} (${item.formFactor})`,
    ),
  );
  return `the reports of ${reports} have no ${wanted.join(', ')}, but ${[...seen].slice(0, 5).join(', ')}`;
}
