import type { Conclusion } from '../model/check-run.ts';
import type { Report } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';

/** What beside a broken budget makes a check fail. */
export interface Strictness {
  readonly statuses: readonly Extract<Status, 'warn' | 'inconclusive'>[];
  /** No baseline was named and none can be expected yet: the adoption pull request stays green. */
  readonly isAdoption: boolean;
}

/** Only a failing verdict is red. */
export const LENIENT: Strictness = { statuses: [], isAdoption: false };

/** The one mapping from a verdict to red or green; the doors turn it into exit codes. */
export function isFailure({ verdict }: Pick<Report, 'verdict'>, strictness: Strictness): boolean {
  if (verdict.status === 'fail') return true;
  const strict = strictness.statuses as readonly Status[];
  if (strict.includes('warn') && verdict.status === 'warn') return true;
  const unjudged = verdict.findings.filter(({ status }) => status === 'inconclusive');
  const isForgiven = ({ reason }: (typeof unjudged)[number]) =>
    strictness.isAdoption && reason === 'no-baseline';
  // Without such a finding it is projects that were left out.
  const isUnjudged =
    unjudged.length === 0 ? verdict.status === 'inconclusive' : !unjudged.every(isForgiven);
  return strict.includes('inconclusive') && isUnjudged;
}

/**
 * The verdict as the conclusion of a check run: red exactly where the check fails, neutral where
 * nothing more is known than that something could not be judged. A warning is green.
 */
export function checkConclusion(
  report: Pick<Report, 'verdict'>,
  strictness: Strictness,
): Conclusion {
  if (isFailure(report, strictness)) return 'failure';
  return report.verdict.status === 'inconclusive' ? 'neutral' : 'success';
}
