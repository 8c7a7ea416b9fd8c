import { type Amount, type Budget, isPercent, type Percent, type Rule } from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import type { GivenLabel } from '../model/label.ts';
import type { Unit } from '../model/metric.ts';
import {
  type Finding,
  NEW_SUBJECT,
  type Reason,
  type Status,
  type Verdict,
  worst,
} from '../model/verdict.ts';
import { accept } from './accept.ts';
import { loosenings } from './loosening.ts';
import { tidy } from './statistics.ts';
import type { Subject } from './subject.ts';
import { subjectsOf } from './subjects.ts';
import { waive } from './waive.ts';

/** What judging depends on beside the two snapshots. */
export interface Circumstances {
  /** Today in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** A push to the base branch: relative limits had their gate in the pull request. */
  readonly isPushToBase: boolean;
  /** Labels that hold for head's commit, with who gave them; none where there is no pull request. */
  readonly labels: readonly GivenLabel[];
}

/**
 * The only judgement: head's budgets on the facts, one finding for each limit and subject.
 * The rules of pardon, for loosened limits and by label, are base's, so that no change can pardon
 * itself. A label pardons findings: a loosened limit that base's rules forbid still fails.
 */
export function judge(comparison: Comparison, circumstances: Circumstances): Verdict {
  const { head, base } = comparison;
  const isOlder = base?.provenance === 'ancestor' && !base.isUntouched;
  const distance = isOlder ? base.distance : null;
  const { today, isPushToBase, labels } = circumstances;
  const ceiling = { isPushToBase, distance };
  const acceptLabel = base?.snapshot.rules.acceptLabel ?? null;
  const findings = head.budgets.flatMap((budget) =>
    subjectsOf(budget, comparison).flatMap((subject) =>
      judgeSubject(budget, subject, ceiling)
        .map((finding) => doubt(finding, subject))
        .map((finding) => waive(finding, budget, head.rules.waivers, today, subject.scale))
        .map((finding) => accept(finding, acceptLabel, labels)),
    ),
  );
  const relaxed = base === null ? [] : loosenings(base.snapshot, comparison, today);
  const relaxing = (base?.snapshot ?? head).rules.relaxing;
  const loosened: Status = relaxed.length === 0 || relaxing === 'allow' ? 'pass' : relaxing;
  const status = findings.map((finding) => finding.status).reduce(worst, loosened);
  return { status, findings, relaxed };
}

/** What keeps a broken relative limit from failing: where the comparison cannot carry it. */
interface Ceiling {
  readonly isPushToBase: boolean;
  /** Commits between an ancestor and base; null where base itself was found. */
  readonly distance: number | null;
}

function judgeSubject(budget: Budget, subject: Subject, ceiling: Ceiling): Finding[] {
  const { max, min, maxIncrease, maxDecrease } = budget.limits;
  const absolute = (rule: Rule, limit: Amount | undefined) =>
    limit === undefined ? [] : [judgeAbsolute({ budget, subject, rule, limit }, ceiling)];
  const relative = (rule: Rule, limits: readonly (Amount | Percent)[] = []) =>
    limits.flatMap((limit) => judgeRelative({ budget, subject, rule, limit }, ceiling));
  return [
    ...absolute('max', max),
    ...absolute('min', min),
    ...relative('max-increase', maxIncrease),
    ...relative('max-decrease', maxDecrease),
  ];
}

/** Green by accident is what a value that is not whole would be. */
function doubt(finding: Finding, { doubt }: Subject): Finding {
  if (doubt === null || (doubt.of === 'passes' && finding.status !== 'pass')) return finding;
  const { detail } = doubt;
  return { ...finding, status: 'inconclusive', reason: 'incomparable', over: null, detail };
}

interface Case<Limit> {
  readonly budget: Budget;
  readonly subject: Subject;
  readonly rule: Rule;
  readonly limit: Limit;
}

function judgeAbsolute(given: Case<Amount>, { distance }: Ceiling): Finding {
  const { subject, limit, rule } = given;
  const allowed = inUnit(limit, subject);
  const isNothing = subject.isEmpty && !(rule === 'max' && allowed === 0);
  if (subject.actual === null || isNothing) return noMatch(given, allowed);
  const over = beyond(subject.actual, allowed, rule);
  // What is not known can only add: it breaks a `max` that seems to hold, and reaches a `min`.
  if (subject.unknown !== null && (rule === 'max') === over <= 0) return unsure(given, allowed);
  if (over <= 0) return found(given, { status: 'pass', allowed, over: 0 });
  if (wasOver(given, allowed)) {
    const detail = distance === null ? null : olderWords(distance);
    return found(given, { status: 'warn', reason: 'already-over', allowed, over, detail });
  }
  return found(given, { status: given.budget.severity, allowed, over });
}

/** Of an ancestor it is not known whether base itself was over as well. */
function olderWords(distance: number): string {
  return `on a commit ${distance} before base`;
}

/** Base was beyond the limit as well, and this change did not move it further. */
function wasOver(given: Case<Amount>, allowed: number): boolean {
  const { base, actual } = given.subject;
  if (base.kind !== 'known' || actual === null) return false;
  return beyond(base.value, allowed, given.rule) > 0 && !isWorse(given, actual - base.value);
}

function judgeRelative(given: Case<Amount | Percent>, ceiling: Ceiling): Finding[] {
  const { base, actual, isEmpty } = given.subject;
  if (actual === null || isEmpty) return [noMatch(given, allowedChange(given, null))];
  if (base.kind === 'new') return [];
  if (base.kind === 'known') return [judgeKnown(given, actual, base.value, ceiling)];
  if (given.subject.unknown !== null && base.kind === 'incomparable') {
    return [unsure(given, allowedChange(given, null))];
  }
  const reason = base.kind === 'none' ? 'no-baseline' : 'incomparable';
  const allowed = allowedChange(given, null);
  return [
    found(given, { status: 'inconclusive', reason, allowed, over: null, detail: base.detail }),
  ];
}

function judgeKnown(
  given: Case<Amount | Percent>,
  actual: number,
  base: number,
  ceiling: Ceiling,
): Finding {
  const finding = judgeChange(given, actual, base, ceiling);
  const isSure = given.subject.unknown === null || !isPercent(given.limit);
  return isSure || finding.status === 'pass' ? finding : unsure(given, null);
}

function judgeChange(
  given: Case<Amount | Percent>,
  actual: number,
  base: number,
  ceiling: Ceiling,
): Finding {
  const delta = tidy(actual - base);
  const allowed = allowedChange(given, base) ?? 0;
  if (!isWorse(given, delta)) return found(given, { status: 'pass', allowed, over: 0 });
  if (isPercent(given.limit) && base === 0) {
    return found(given, { status: 'inconclusive', reason: 'zero-base', allowed: null, over: null });
  }
  const over = tidy(worseBy(delta, given.rule) - allowed);
  if (over <= 0) return found(given, { status: 'pass', allowed, over: 0 });
  return found(given, { ...severityUnder(given, ceiling), allowed, over });
}

/** In the metric's unit; a percent has none without a base. */
function allowedChange(
  { limit, subject }: Case<Amount | Percent>,
  base: number | null,
): number | null {
  if (!isPercent(limit)) return inUnit(limit, subject);
  return base === null ? null : tidy((base * limit.percent) / 100);
}

/** Some broken relative limits only warn: what they compare with cannot carry more. */
function severityUnder(
  { budget, subject }: Case<unknown>,
  { isPushToBase, distance }: Ceiling,
): Pick<Facts, 'status' | 'reason' | 'detail'> {
  if (subject.isNoisy) return { status: 'warn', reason: 'history' };
  if (isPushToBase) return { status: 'warn', reason: 'push' };
  if (distance === null) return { status: budget.severity, reason: null };
  const detail = `base's record is ${distance} ${distance === 1 ? 'commit' : 'commits'} older: it includes what others changed`;
  return { status: 'warn', reason: 'ancestor', detail };
}

/** The change in the direction that a rule forbids; negative when it went the other way. */
function worseBy(delta: number, rule: Rule): number {
  return tidy(rule === 'max' || rule === 'max-increase' ? delta : -delta);
}

/** Worse at all, and by no less than what the budget says is nothing. */
function isWorse({ budget, subject, rule }: Case<unknown>, delta: number): boolean {
  const worse = worseBy(delta, rule);
  const least = budget.ignoreBelow === null ? 0 : inUnit(budget.ignoreBelow, subject);
  return worse > 0 && worse >= least;
}

function beyond(value: number, limit: number, rule: Rule): number {
  return tidy(rule === 'max' ? value - limit : limit - value);
}

/** A bare number is in the unit that the report declares. */
function inUnit(amount: Amount, { scale }: Pick<Subject, 'scale'>): number {
  return amount.unit === null ? tidy(amount.value * scale) : amount.value;
}

/** Green by accident is the worst that a gate can be: nothing matched is a failure. */
function noMatch(given: Case<Amount | Percent>, allowed: number | null): Finding {
  const status = given.budget.optional ? 'pass' : 'fail';
  const { detail } = given.subject;
  return found(given, { status, reason: 'no-match', allowed, over: null, detail });
}

/** A limit that is not known to hold does not pass, and the value is not shown as if it were known. */
function unsure(given: Case<Amount | Percent>, allowed: number | null): Finding {
  const status = given.budget.optional ? 'pass' : 'inconclusive';
  const { unknown: detail } = given.subject;
  const subject = { ...given.subject, actual: null };
  return found(
    { ...given, subject },
    { status, reason: 'incomparable', allowed, over: null, detail },
  );
}

interface Facts {
  readonly status: Status;
  readonly allowed: number | null;
  readonly over: number | null;
  readonly reason?: Reason | null;
  readonly detail?: string | null;
}

function found({ budget, subject, rule, limit }: Case<Amount | Percent>, facts: Facts): Finding {
  const { actual, base, runs, interval } = subject;
  const before = base.kind === 'known' ? base.value : null;
  const unit: Unit = actual === null ? (unitOfLimit(limit) ?? subject.unit) : subject.unit;
  return {
    budget: budget.name,
    subject: subject.subject,
    metric: budget.metric,
    unit,
    rule,
    status: facts.status,
    actual,
    allowed: facts.allowed,
    over: facts.over,
    base: before,
    delta: actual === null || before === null ? null : tidy(actual - before),
    reason: facts.reason ?? null,
    detail: facts.detail ?? (base.kind === 'new' ? NEW_SUBJECT : subject.detail),
    limit: limit.text,
    severity: budget.severity,
    runs,
    interval,
    message: budget.message,
  };
}

function unitOfLimit(limit: Amount | Percent): Unit | null {
  return isPercent(limit) ? null : limit.unit;
}
