import { type Amount, isPercent, type Percent } from '../model/budget.ts';
import type { Unit } from '../model/metric.ts';
import { type Finding, NEW_SUBJECT, type Reason, type Status } from '../model/verdict.ts';
import type { LimitCase } from './limit-case.ts';
import { tidy } from './statistics.ts';

/** What judging adds to a case; numbers are in the metric's unit. */
export interface Facts {
  readonly status: Status;
  readonly allowed: number | null;
  readonly over: number | null;
  readonly reason?: Reason | null;
  readonly detail?: string | null;
}

/** The finding on a case: what is judged, with what the subject and the budget say of it. */
export function findingOf({ budget, subject, rule, limit }: LimitCase, facts: Facts): Finding {
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
