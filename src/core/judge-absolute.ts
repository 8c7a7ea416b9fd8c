import type { Finding } from '../model/verdict.ts';
import { findingOf } from './finding-of.ts';
import { inUnit } from './in-unit.ts';
import type { AbsoluteCase } from './limit-case.ts';
import { isWorse, worseBy } from './worse.ts';

/**
 * A limit on head alone; base's part in it is that a change is not blamed for what it found.
 * @param actual head's value, in the metric's unit
 * @param distance commits between an ancestor and base; null where base itself was found
 */
export function judgeAbsolute(
  given: AbsoluteCase,
  actual: number,
  distance: number | null,
): Finding {
  const allowed = inUnit(given.limit, given.subject);
  const over = worseBy(actual - allowed, given.rule);
  if (over <= 0) return findingOf(given, { status: 'pass', allowed, over: 0 });
  if (wasOver(given, actual, allowed)) {
    const detail = distance === null ? null : olderWords(distance);
    return findingOf(given, { status: 'warn', reason: 'already-over', allowed, over, detail });
  }
  return findingOf(given, { status: given.budget.severity, allowed, over });
}

/** Base was beyond the limit as well, and this change did not move it further. */
function wasOver(given: AbsoluteCase, actual: number, allowed: number): boolean {
  const { base } = given.subject;
  if (base.kind !== 'known') return false;
  return worseBy(base.value - allowed, given.rule) > 0 && !isWorse(given, actual - base.value);
}

/** Of an ancestor it is not known whether base itself was over as well. */
function olderWords(distance: number): string {
  return `on a commit ${distance} before base`;
}
