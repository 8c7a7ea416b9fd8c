import type { MeasurementSelection } from '../model/budget.ts';
import type { Comparison, MeasurementChange } from '../model/comparison.ts';
import type { Measurement, Snapshot } from '../model/snapshot.ts';
import { isOnPage } from './select.ts';
import { type Covers, exactSubject, type Subject } from './subject.ts';

/** The pages, or whatever else reports speak of, with their values of a metric. */
export function measuredSubjects(
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
  return changes.map((change) => {
    const { head, base } = change;
    const alike = changes.filter((other) => other.head.subject === head.subject);
    const name = alike.length > 1 ? `${head.subject} (${head.formFactor})` : head.subject;
    return { ...readingOf(head, name), ...baseOf(head, base, comparison), covers: opened(change) };
  });
}

/** What is inside tells why it changed, where the reports say it. */
function opened(change: MeasurementChange): Covers {
  return change.head?.modules === undefined ? { kind: 'nothing' } : { kind: 'measurement', change };
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
    ...exactSubject(subject),
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
  return { ...exactSubject(subject), unit: 'count', detail };
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
