import type { CommentPolicy } from '../model/comment-policy.ts';
import type { Report } from '../model/report.ts';

/**
 * Whether a report is worth a first comment. Lab metrics differ from run to run, so a change is one
 * of sizes only: a limit that they break is told all the same.
 */
export function isWorthTelling({ verdict, comparison }: Report, policy: CommentPolicy): boolean {
  if (policy === 'always' || policy === 'never') return policy === 'always';
  if (policy === 'on-failure') return verdict.status === 'fail';
  const isBroken = verdict.status === 'fail' || verdict.status === 'warn';
  const hasChanged = comparison.changes.some(
    ({ kind, delta, metric }) => metric.startsWith('size.') && (kind !== 'kept' || delta !== 0),
  );
  return isBroken || verdict.relaxed.length > 0 || hasChanged;
}
