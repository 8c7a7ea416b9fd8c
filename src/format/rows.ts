import { encodingOf } from '../model/metric.ts';
import type { Report, ReportFinding } from '../model/report.ts';
import { NEW_SUBJECT, NOT_INSIDE_KNOWN, type Status, worst } from '../model/verdict.ts';
import {
  formatDelta,
  formatPair,
  formatPercentChange,
  formatShare,
  formatValue,
} from './numbers.ts';
import { limitWords } from './sentence.ts';

/** One budget on one subject, in words. Texts are plain: each reporter escapes for its place. */
export interface Row {
  readonly status: Status;
  readonly budget: string;
  /** Null where the budget has one subject only, which its name stands for. */
  readonly subject: string | null;
  readonly now: string;
  /** What the bytes are after: `gzip`; empty for other metrics. */
  readonly encoding: string;
  /** Runs behind the value, where there are several: `median of 5 runs, 2.4 s to 2.9 s`. */
  readonly runs: string | null;
  /** `+4.1 kB (+2.4%)`; empty without a base. */
  readonly amount: string;
  readonly change: Cell;
  readonly limit: Cell;
  /** Reasons, and what the budget's author says, in sentences without a full stop. */
  readonly notes: readonly string[];
  readonly message: string | null;
  readonly metric: string;
  readonly findings: readonly ReportFinding[];
}

/** `strong` is what is broken; `rest` follows it. */
export interface Cell {
  readonly strong: string;
  readonly plain: string;
}

/** Rows in the order of what a reader needs first: broken, warned, not judged, passed. */
export function rowsOf(report: Report): Row[] {
  const { findings } = report.verdict;
  const byBudget = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.budget, finding.subject]);
    byBudget.set(key, [...(byBudget.get(key) ?? []), finding]);
  }
  const subjects = new Map<string, number>();
  for (const [first] of byBudget.values()) {
    if (first !== undefined) subjects.set(first.budget, (subjects.get(first.budget) ?? 0) + 1);
  }
  const rows = [...byBudget.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [rowOf(first, [first, ...others], (subjects.get(first.budget) ?? 1) > 1)],
  );
  const told = report.comparison.base === null ? rows : rows.map(withUnknownChange);
  return told.sort((left, right) => rank(right) - rank(left));
}

/** What stands for the change of what base has no number of: a blank would read as none. */
export const UNKNOWN_CHANGE = 'not known';

function withUnknownChange(row: Row): Row {
  const isMatched = row.findings.some(({ actual }) => actual !== null);
  if (row.amount !== '' || !isMatched) return row;
  return { ...row, amount: UNKNOWN_CHANGE, change: { ...row.change, plain: UNKNOWN_CHANGE } };
}

function rank({ status }: Row): number {
  return ['pass', 'inconclusive', 'warn', 'fail'].indexOf(status);
}

function rowOf(first: ReportFinding, findings: ReportFinding[], isOneOfSeveral: boolean): Row {
  const status = findings.map((finding) => finding.status).reduce<Status>(worst, 'pass');
  const isKnown = findings.some(({ actual }) => actual !== null);
  const broken = findings.filter(
    (finding) => finding.status === 'fail' || finding.status === 'warn',
  );
  // What is broken is why the row is there: what could not be judged beside it is no reason.
  const told =
    broken.length > 0 ? findings.filter(({ status: one }) => one !== 'inconclusive') : findings;
  return {
    status,
    budget: first.budget,
    subject: isOneOfSeveral ? first.subject : null,
    now: nowOf(findings),
    encoding: isKnown ? (encodingOf(first.metric) ?? '') : '',
    runs: runsOf(first),
    amount: amountWords(first),
    change: changeOf(first, broken),
    limit: limitOf(findings),
    notes: [...new Set(told.map((one) => noteOf(one, told)).filter((note) => note !== null))],
    message: broken.length > 0 ? first.message : null,
    metric: first.metric,
    findings,
  };
}

/** There may be one, which nothing tells. */
function isUnknown({ reason, detail }: ReportFinding): boolean {
  return reason === 'incomparable' || detail?.startsWith(NOT_INSIDE_KNOWN) === true;
}

function nowOf(findings: readonly ReportFinding[]): string {
  const first = findings.find(({ actual }) => actual !== null);
  if (first?.actual == null) {
    return findings.some(isUnknown) ? 'not known' : 'no match';
  }
  const absolute = findings.find(isAbsolute);
  if (absolute?.allowed == null) return formatValue(first.actual, first.unit);
  return formatPair(first.actual, absolute.allowed, first.unit)[0];
}

function runsOf({ runs, interval, unit }: ReportFinding): string | null {
  if (runs <= 1) return null;
  const range =
    interval === null ? 'all equal' : interval.map((end) => formatValue(end, unit)).join(' to ');
  return `median of ${runs} runs, ${range}`;
}

function amountWords({ delta, base, actual, unit, detail }: ReportFinding): string {
  if (detail === NEW_SUBJECT) return 'new';
  if (delta === null || base === null || actual === null) return '';
  const percent = delta === 0 ? null : formatPercentChange(delta, base);
  return `${formatDelta(delta, unit, actual)}${percent === null ? '' : ` (${percent})`}`;
}

/** `+4.1 kB (+2.4%), limit +2 kB`: the limit is named where it is broken. */
function changeOf(first: ReportFinding, broken: readonly ReportFinding[]): Cell {
  const amount = amountWords(first);
  const limits = broken
    .filter(({ rule, actual }) => actual !== null && rule.endsWith('crease'))
    .map((finding) => `${finding.rule === 'max-increase' ? '+' : '-'}${limitWords(finding)}`);
  if (limits.length === 0) return { strong: '', plain: amount };
  const [strong = '', ...rest] = amount.split(' (');
  const share = rest.length === 0 ? '' : ` (${rest.join(' (')}`;
  return { strong, plain: `${share}, limit ${limits.join(', ')}` };
}

function limitOf(findings: readonly ReportFinding[]): Cell {
  const absolute = findings.filter(({ rule }) => rule === 'max' || rule === 'min');
  const broken = absolute.find(({ over }) => (over ?? 0) > 0);
  const others = absolute
    .filter((finding) => finding !== broken)
    .map((finding) => limitText(finding).join(''));
  if (broken === undefined) return { strong: '', plain: others.join(', ') };
  const [strong, share] = limitText(broken);
  return { strong, plain: [share, ...others.map((text) => `, ${text}`)].join('') };
}

/** The limit, and how much of it is used: `170 kB`, ` (101%)`. */
function limitText({ actual, allowed, unit, rule, limit }: ReportFinding): [string, string] {
  if (allowed === null) return [limit, ''];
  const text = actual === null ? formatValue(allowed, unit) : formatPair(actual, allowed, unit)[1];
  // Of a limit from below, a share says nothing: 111 % of 0.9 is not tight.
  if (rule === 'min') return [`at least ${text}`, ''];
  const share = actual === null ? null : formatShare(actual, allowed);
  return [text, share === null ? '' : ` (${share})`];
}

/**
 * A value that is not known has no number to compare; and a limit on the value itself compares
 * nothing: what is open is what it is, which then is said once.
 */
function incomparableWords(
  { actual, detail }: ReportFinding,
  findings: readonly ReportFinding[],
): string {
  const isOpen = findings.some(
    (other) => other.reason === 'incomparable' && isAbsolute(other) && other.detail === detail,
  );
  return `${actual === null || isOpen ? 'not known' : 'not comparable'}: ${detail}`;
}

function isAbsolute({ rule }: ReportFinding): boolean {
  return rule === 'max' || rule === 'min';
}

/** The reason in words. */
function noteOf(finding: ReportFinding, findings: readonly ReportFinding[]): string | null {
  const { reason, detail, unit, base, allowed, rule } = finding;
  switch (reason) {
    case null:
      return detail === NEW_SUBJECT ? null : detail;
    case 'already-over':
      return `already ${rule === 'min' ? 'under' : 'over'} ${detail ?? 'on base'}, by ${formatValue(Math.abs((base ?? 0) - (allowed ?? 0)), unit)}`;
    case 'no-match':
      return detail ?? 'nothing matches';
    case 'no-baseline':
      return detail ?? 'no baseline';
    case 'incomparable':
      return incomparableWords(finding, findings);
    case 'zero-base':
      return 'base is 0, which has no percent';
    case 'ancestor':
      return detail;
    case 'history':
      return 'a noisy metric against a stored baseline only warns';
    case 'push':
      return 'limits on changes only warn on the base branch: the pull request was their gate';
    case 'waived':
      return `waived: ${detail}`;
    case 'accepted':
      return detail;
  }
}
