import { type Amount, type Budget, isPercent, type Percent } from '../model/budget.ts';
import { inUnit } from './in-unit.ts';
import type { Subject } from './subject.ts';

interface Held {
  readonly budget: Budget;
  readonly subject: Subject;
}

/** A limit on head alone. */
export interface AbsoluteCase extends Held {
  readonly rule: 'max' | 'min';
  readonly limit: Amount;
}

/** A limit on the change from base to head. */
export interface RelativeCase extends Held {
  readonly rule: 'max-increase' | 'max-decrease';
  readonly limit: Amount | Percent;
}

/** One limit of a budget held against one of its subjects: what a finding is about. */
export type LimitCase = AbsoluteCase | RelativeCase;

/** In the order in which findings are shown. */
export function casesOf(budget: Budget, subject: Subject): LimitCase[] {
  const { max, min, maxIncrease = [], maxDecrease = [] } = budget.limits;
  const held = { budget, subject };
  const absolute = (rule: AbsoluteCase['rule'], limit: Amount | undefined) =>
    limit === undefined ? [] : [{ ...held, rule, limit }];
  const relative = (rule: RelativeCase['rule'], limits: readonly RelativeCase['limit'][]) =>
    limits.map((limit) => ({ ...held, rule, limit }));
  return [
    ...absolute('max', max),
    ...absolute('min', min),
    ...relative('max-increase', maxIncrease),
    ...relative('max-decrease', maxDecrease),
  ];
}

/** Whether base has a say in it. */
export function isRelative(given: LimitCase): given is RelativeCase {
  return given.rule === 'max-increase' || given.rule === 'max-decrease';
}

/** What the limit allows by itself, in the metric's unit; a percent allows nothing without a base. */
export function allowedBy({ limit, subject }: LimitCase): number | null {
  return isPercent(limit) ? null : inUnit(limit, subject);
}
