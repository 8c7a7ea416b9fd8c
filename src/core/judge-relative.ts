import { isPercent } from '../model/budget.ts';
import type { Finding } from '../model/verdict.ts';
import { type Facts, findingOf } from './finding-of.ts';
import { inUnit } from './in-unit.ts';
import { allowedBy, type RelativeCase } from './limit-case.ts';
import { tidy } from './statistics.ts';
import { isWorse, worseBy } from './worse.ts';

/** What keeps a broken relative limit from failing: where the comparison cannot carry it. */
export interface Ceiling {
  readonly isPushToBase: boolean;
  /** Commits between an ancestor and base; null where base itself was found. */
  readonly distance: number | null;
}

/**
 * A limit on the change from base to head; null where what is new has no change.
 * @param actual head's value, in the metric's unit
 */
export function judgeRelative(
  given: RelativeCase,
  actual: number,
  ceiling: Ceiling,
): Finding | null {
  const { base } = given.subject;
  if (base.kind === 'new') return null;
  if (base.kind === 'known') return judgeChange(given, actual, base.value, ceiling);
  const reason = base.kind === 'none' ? 'no-baseline' : 'incomparable';
  const { detail } = base;
  const allowed = allowedBy(given);
  return findingOf(given, { status: 'inconclusive', reason, allowed, over: null, detail });
}

function judgeChange(given: RelativeCase, actual: number, base: number, ceiling: Ceiling): Finding {
  const delta = tidy(actual - base);
  const allowed = allowedFrom(given, base);
  if (!isWorse(given, delta)) return findingOf(given, { status: 'pass', allowed, over: 0 });
  if (isPercent(given.limit) && base === 0) {
    const nothing = { allowed: null, over: null };
    return findingOf(given, { status: 'inconclusive', reason: 'zero-base', ...nothing });
  }
  const over = tidy(worseBy(delta, given.rule) - allowed);
  if (over <= 0) return findingOf(given, { status: 'pass', allowed, over: 0 });
  return findingOf(given, { ...severityUnder(given, ceiling), allowed, over });
}

/** In the metric's unit. */
function allowedFrom({ limit, subject }: RelativeCase, base: number): number {
  return isPercent(limit) ? tidy((base * limit.percent) / 100) : inUnit(limit, subject);
}

/** Some broken relative limits only warn: what they compare with cannot carry more. */
function severityUnder(
  { budget, subject }: RelativeCase,
  { isPushToBase, distance }: Ceiling,
): Pick<Facts, 'status' | 'reason' | 'detail'> {
  if (subject.isNoisy) return { status: 'warn', reason: 'history' };
  if (isPushToBase) return { status: 'warn', reason: 'push' };
  if (distance === null) return { status: budget.severity, reason: null };
  const detail = `base's record is ${distance} ${distance === 1 ? 'commit' : 'commits'} older: it includes what others changed`;
  return { status: 'warn', reason: 'ancestor', detail };
}
