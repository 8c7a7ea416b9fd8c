import type { Report, ReportFinding } from '../model/report.ts';
import { formatDelta, formatPair, formatValue } from './numbers.ts';

/** How foreign text is escaped in the place where the sentence stands. */
export type Quote = (text: string) => string;

/** The verdict in one sentence with numbers, without a full stop. */
export function verdictSentence(report: Report, quote: Quote): string {
  const { verdict } = report;
  const failing = verdict.findings.filter(({ status }) => status === 'fail');
  const warning = verdict.findings.filter(({ status }) => status === 'warn');
  if (failing.length > 0) return brokenSentence(report, failing, quote);
  if (verdict.status === 'fail') return 'A limit was loosened, which the rules of base forbid';
  if (warning.length > 0) return warningSentence(report, warning, quote);
  if (verdict.status === 'warn') return `${holdWords(report)}, and ${relaxedWords(report)}`;
  return holdWords(report);
}

/** True where a baseline would tell more: a limit waits for it, or there is no limit at all. */
export function isWaiting({ verdict, meta }: Pick<Report, 'verdict' | 'meta'>): boolean {
  if (meta.noBaseline === null) return false;
  return (
    meta.budgets.length === 0 || verdict.findings.some(({ reason }) => reason === 'no-baseline')
  );
}

function relaxedWords({ verdict }: Report): string {
  const count = verdict.relaxed.length;
  return count === 1 ? '1 limit was loosened' : `${count} limits were loosened`;
}

function brokenSentence(report: Report, failing: readonly ReportFinding[], quote: Quote): string {
  const total = report.meta.budgets.length;
  const broken = new Set(failing.map(({ budget }) => budget));
  const [first] = failing;
  const verb = broken.size === 1 ? 'is' : 'are';
  const count = `${broken.size} of ${total} ${total === 1 ? 'budget' : 'budgets'} ${verb} broken`;
  return first === undefined ? count : `${count}: ${findingPhrase(report, first, quote)}`;
}

function warningSentence(report: Report, warning: readonly ReportFinding[], quote: Quote): string {
  const total = report.meta.budgets.length;
  const warned = new Set(warning.map(({ budget }) => budget));
  const [first] = warning;
  const count = `No budget fails, ${warned.size} of ${total} ${warned.size === 1 ? 'warns' : 'warn'}`;
  return first === undefined ? count : `${count}: ${findingPhrase(report, first, quote)}`;
}

function holdWords({ verdict, meta }: Report): string {
  const total = meta.budgets.length;
  const unjudged = new Set(
    verdict.findings.filter(({ status }) => status === 'inconclusive').map(({ budget }) => budget),
  );
  if (total === 0) return trackedWords(meta);
  const passed = verdict.findings.filter(({ status }) => status === 'pass').length;
  if (unjudged.size === 0) return total === 1 ? 'The budget holds' : `All ${total} budgets hold`;
  if (meta.noBaseline !== null && passed > 0) {
    return passed === 1
      ? 'The one limit that needs no baseline holds'
      : `All ${passed} limits hold`;
  }
  return `${total - unjudged.size} of ${total} budgets hold, ${unjudged.size} could not be judged`;
}

function trackedWords({ tracked }: Report['meta']): string {
  if (tracked === null) return 'Nothing is tracked';
  const size = `${formatValue(tracked.head, 'byte')} ${tracked.encoding}`;
  const files = `${tracked.assets} ${tracked.assets === 1 ? 'file' : 'files'}`;
  if (tracked.base === null) return `${files}, ${size}`;
  const delta = tracked.head - tracked.base;
  const change = delta === 0 ? 'unchanged' : formatDelta(delta, 'byte', tracked.head);
  return `${files}, ${size}, ${change}`;
}

/** `Home, initial load is 2.3 kB over its 170 kB`; the subject is named where there are several. */
export function findingPhrase(report: Report, finding: ReportFinding, quote: Quote): string {
  const { budget, subject, actual, rule } = finding;
  const findings = report.verdict.findings.filter((other) => other.budget === budget);
  const isOneOfSeveral = findings.some((other) => other.subject !== subject);
  const name = quote(budget) + (isOneOfSeveral ? `, ${quote(subject)},` : '');
  if (actual === null) return `${name} matches nothing`;
  const isAbsolute = rule === 'max' || rule === 'min';
  return `${name} ${quote(isAbsolute ? absolutePhrase(finding, actual) : relativePhrase(finding, actual))}`;
}

function absolutePhrase(
  { rule, over, unit, allowed, limit }: ReportFinding,
  actual: number,
): string {
  const side = rule === 'max' ? 'over' : 'under';
  const shown = allowed === null ? limit : formatPair(actual, allowed, unit)[1];
  return `is ${formatValue(over ?? 0, unit)} ${side} its ${shown}`;
}

function relativePhrase(finding: ReportFinding, actual: number): string {
  const { rule, delta, unit } = finding;
  const verb = rule === 'max-increase' ? 'grew' : 'fell';
  const by = formatDelta(Math.abs(delta ?? 0), unit, actual).replace(/^\+/, '');
  return `${verb} by ${by}, more than its ${limitWords(finding)}`;
}

/** A limit as it was written; a bare number gets the unit that it was meant in. */
export function limitWords({ limit, allowed, unit }: ReportFinding): string {
  return /^\d+(\.\d+)?$/.test(limit) && allowed !== null ? formatValue(allowed, unit) : limit;
}
