import { isPercent } from '../model/budget.ts';
import type { Finding } from '../model/verdict.ts';
import type { LimitCase } from './limit-case.ts';
import type { Doubt } from './subject.ts';

/**
 * What is known may not be all: a finding that the rest could turn is inconclusive, as green by
 * accident is what a value that is not whole would be.
 */
export function doubted(finding: Finding, given: LimitCase): Finding {
  const { doubt } = given.subject;
  if (doubt === null || stands(finding, given, doubt)) return finding;
  const open = { ...finding, reason: 'incomparable', over: null, detail: doubt.detail } as const;
  if (doubt.of !== 'value') return { ...open, status: 'inconclusive' };
  const status = given.budget.optional ? 'pass' : 'inconclusive';
  // A share of a base that is the least it can be is no number either.
  const allowed = isPercent(given.limit) ? null : finding.allowed;
  return { ...open, status, allowed, actual: null, delta: null };
}

function stands(finding: Finding, given: LimitCase, doubt: Doubt): boolean {
  if (doubt.of === 'all') return false;
  return doubt.of === 'passes' ? finding.status !== 'pass' : isOfLeast(finding, given);
}

/**
 * What is not known can only add: it breaks a `max` that seems to hold, and reaches a `min`. In a
 * change it cancels out, as long as the limit is no share of base.
 */
function isOfLeast({ status, reason }: Finding, { rule, limit }: LimitCase): boolean {
  if (reason === 'no-match' || reason === 'no-baseline') return true;
  if (reason === 'incomparable') return false;
  if (rule === 'max') return status !== 'pass';
  return status === 'pass' || (rule !== 'min' && !isPercent(limit));
}
