import type { Budget } from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import type { GivenLabel } from '../model/label.ts';
import { type Finding, type Status, type Verdict, worst } from '../model/verdict.ts';
import { accept } from './accept.ts';
import { doubted } from './doubted.ts';
import { findingOf } from './finding-of.ts';
import { judgeAbsolute } from './judge-absolute.ts';
import { type Ceiling, judgeRelative } from './judge-relative.ts';
import { allowedBy, casesOf, isRelative, type LimitCase } from './limit-case.ts';
import { loosenings } from './loosening.ts';
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

function judgeSubject(budget: Budget, subject: Subject, ceiling: Ceiling): Finding[] {
  return casesOf(budget, subject).flatMap((given) => {
    const finding = judgeLimit(given, ceiling);
    return finding === null ? [] : [doubted(finding, given)];
  });
}

/** Null where there is nothing to say: a relative limit on what is new. */
function judgeLimit(given: LimitCase, ceiling: Ceiling): Finding | null {
  const { actual } = given.subject;
  if (actual === null || isNothing(given)) return noMatch(given);
  return isRelative(given)
    ? judgeRelative(given, actual, ceiling)
    : judgeAbsolute(given, actual, ceiling.distance);
}

/** Where there is nothing to count, the one limit that can be meant is that it stays so. */
function isNothing(given: LimitCase): boolean {
  return given.subject.isEmpty && !(given.rule === 'max' && allowedBy(given) === 0);
}

/** Green by accident is the worst that a gate can be: nothing matched is a failure. */
function noMatch(given: LimitCase): Finding {
  const status = given.budget.optional ? 'pass' : 'fail';
  const { detail } = given.subject;
  const allowed = allowedBy(given);
  return findingOf(given, { status, reason: 'no-match', allowed, over: null, detail });
}
