import { inUnit } from './in-unit.ts';
import type { LimitCase } from './limit-case.ts';
import { tidy } from './statistics.ts';

/** The part of a difference that goes where a rule forbids; negative when it goes the other way. */
export function worseBy(difference: number, rule: LimitCase['rule']): number {
  return tidy(rule === 'max' || rule === 'max-increase' ? difference : -difference);
}

/**
 * Worse at all, and by no less than what the budget says is nothing.
 * @param delta head minus base, in the metric's unit
 */
export function isWorse({ budget, subject, rule }: LimitCase, delta: number): boolean {
  const worse = worseBy(delta, rule);
  const least = budget.ignoreBelow === null ? 0 : inUnit(budget.ignoreBelow, subject);
  return worse > 0 && worse >= least;
}
