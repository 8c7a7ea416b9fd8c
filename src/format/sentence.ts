import { NO_BASELINE_YET, type Report, type ReportFinding } from '../model/report.ts';
import { NOT_INSIDE_KNOWN } from '../model/verdict.ts';
import { firstCause } from './cause-lists.ts';
import { causeWords } from './causes.ts';
import { formatDelta, formatPair, formatValue } from './numbers.ts';
import type { Quote } from './quote.ts';

/**
 * The verdict in one sentence with numbers, without a full stop; what was not looked at is said.
 * @param code marks names of packages and files, where that is another form than `quote`
 */
export function verdictSentence(report: Report, quote: Quote, code: Quote = quote): string {
  return `${verdictWords(report, quote, code)}${skippedWords(report)}`;
}

function verdictWords(report: Report, quote: Quote, code: Quote): string {
  const { verdict } = report;
  const failing = verdict.findings.filter(({ status }) => status === 'fail');
  const warning = verdict.findings.filter(({ status }) => status === 'warn');
  const told = (count: string, findings: readonly ReportFinding[]) =>
    withFirst(count, report, findings, { quote, code });
  if (failing.length > 0) return told(brokenCount(report, failing), failing);
  if (verdict.status === 'fail') return 'A limit was loosened, which the rules of base forbid';
  if (warning.length > 0) return told(warnedCount(report, warning), warning);
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

/** The first of the findings, and what made it so. */
function withFirst(
  count: string,
  report: Report,
  [first]: readonly ReportFinding[],
  { quote, code }: { readonly quote: Quote; readonly code: Quote },
): string {
  if (first === undefined) return count;
  const cause = firstCause(report, first);
  const why = cause === null ? whichWords(first, quote) : `; ${causeWords(cause, code)}`;
  return `${count}: ${findingPhrase(report, first, quote)}${why}`;
}

/** A count of packages says nothing without their names, which its detail has. */
function whichWords({ metric, actual, reason, detail }: ReportFinding, quote: Quote): string {
  const isCount = metric === 'duplicates' && actual !== null && reason === null;
  return isCount && detail !== null ? `: ${quote(detail)}` : '';
}

function brokenCount({ meta }: Report, failing: readonly ReportFinding[]): string {
  const total = meta.budgets.length;
  const broken = budgetsIn(failing);
  const verb = broken === 1 ? 'is' : 'are';
  const budgets = total === 1 ? 'budget' : 'budgets';
  return `${broken} of ${total} ${budgets}${placeWords(meta)} ${verb} broken`;
}

function warnedCount({ meta }: Report, warning: readonly ReportFinding[]): string {
  const warned = budgetsIn(warning);
  const verb = warned === 1 ? 'warns' : 'warn';
  return `No budget fails, ${warned} of ${meta.budgets.length}${placeWords(meta)} ${verb}`;
}

/** How many budgets findings speak of: two projects may have budgets of one name. */
export function budgetsIn(findings: readonly ReportFinding[]): number {
  return new Set(findings.map(({ project, budget }) => JSON.stringify([project, budget]))).size;
}

function placeWords({ projects }: Report['meta']): string {
  if (projects === undefined) return '';
  const here = projectsHere(projects);
  return ` in ${here} ${here === 1 ? 'project' : 'projects'}`;
}

/** Projects that are judged: not those whose budgets file is gone. */
export function projectsHere(projects: NonNullable<Report['meta']['projects']>): number {
  return projects.filter(({ isGone }) => isGone !== true).length;
}

/** What is not built is never counted among what holds. */
function skippedWords({ meta: { projects = [], skipped = [] } }: Report): string {
  if (skipped.length === 0) return '';
  const verb = skipped.length === 1 ? 'is' : 'are';
  const total = projectsHere(projects) + skipped.length;
  return `; ${skipped.length} of ${total} projects ${verb} not built`;
}

function holdWords({ verdict, meta }: Report): string {
  const total = meta.budgets.length;
  if (total === 0) return trackedWords(meta);
  const unjudged = verdict.findings.filter(({ status }) => status === 'inconclusive');
  const place = placeWords(meta);
  if (unjudged.length === 0) {
    return total === 1 ? `The budget${place} holds` : `All ${total} budgets${place} hold`;
  }
  const passed = verdict.findings.filter(({ status }) => status === 'pass').length;
  if (unjudged.length === verdict.findings.length) return noneWords(meta, place);
  if (meta.noBaseline === null || passed === 0) {
    const lacking = budgetsIn(unjudged);
    return `${total - lacking} of ${total} budgets${place} hold, ${lacking} could not be judged`;
  }
  if (isFirst(meta) && unjudged.every(waits)) return firstWords(passed, place);
  const limits = passed === 1 ? `1 limit${place} holds` : `${passed} limits${place} hold`;
  return `${limits}, ${unjudged.length} could not be judged`;
}

/** Nothing was judged, which is no reason to say of any limit that it holds. */
function noneWords(meta: Report['meta'], place: string): string {
  return `No limit${place} could be judged${isFirst(meta) ? ' yet' : ''}`;
}

/** True on a first run, whose limits on growth have nothing yet to be compared with. */
export function isFirst({ noBaseline }: Pick<Report['meta'], 'noBaseline'>): boolean {
  return noBaseline?.startsWith(NO_BASELINE_YET) ?? false;
}

/** True of a limit that wants nothing but a baseline. */
export function waits({ status, reason }: ReportFinding): boolean {
  return status === 'inconclusive' && reason === 'no-baseline';
}

/** On a first run the next sentence says what the others wait for. */
function firstWords(passed: number, place: string): string {
  return passed === 1
    ? 'The one limit that needs no baseline holds'
    : `All ${passed} limits${place} hold`;
}

function trackedWords(meta: Report['meta']): string {
  const { tracked, projects = [] } = meta;
  if (tracked === null) {
    const isTracked = projects.some((project) => project.tracked !== null);
    return isTracked ? `Files${placeWords(meta)} are tracked` : 'Nothing is tracked';
  }
  const size = `${formatValue(tracked.head, 'byte')} ${tracked.encoding}`;
  const files = `${tracked.assets} ${tracked.assets === 1 ? 'file' : 'files'}${placeWords(meta)}`;
  if (tracked.base === null) return `${files}, ${size}`;
  const delta = tracked.head - tracked.base;
  const change = delta === 0 ? 'unchanged' : formatDelta(delta, 'byte', tracked.head);
  return `${files}, ${size}, ${change}`;
}

/**
 * `Home, initial load is 2.3 kB over its 170 kB`; the subject is named where there are several, and
 * so is the project.
 */
export function findingPhrase(report: Report, finding: ReportFinding, quote: Quote): string {
  const { project, budget, subject, actual, rule, detail } = finding;
  const findings = report.verdict.findings.filter(
    (other) => other.budget === budget && other.project === project,
  );
  const isOneOfSeveral = findings.some((other) => other.subject !== subject);
  const place = project === undefined ? '' : `${quote(project)} › `;
  const name = place + quote(budget) + (isOneOfSeveral ? `, ${quote(subject)},` : '');
  if (detail?.startsWith(NOT_INSIDE_KNOWN)) return `${name} is not known without source maps`;
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
