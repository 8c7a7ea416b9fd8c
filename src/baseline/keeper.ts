import type { Config } from '../model/config.ts';
import { isPushTo, type Run } from '../model/run.ts';
import { baseBranchOf } from './base-branch.ts';

/**
 * Whether a run is one whose snapshots become baselines: of the base branch, or of a merge queue
 * before it. A pull request's never is, whatever its branch is called.
 */
export function isKeeper(run: Run, config: Config): boolean {
  return run.mergeGroup !== null || isOfBase(run, config);
}

/** Whether a run is of the base branch itself: what it judges had its gate in a pull request. */
export function isOfBase(run: Run, config: Config): boolean {
  if (run.pullRequest !== null || run.mergeGroup !== null) return false;
  if (run.push !== null) return isPushTo(run, config.baseline.branch);
  const branch = baseBranchOf(config, run);
  const isRenewal = ['schedule', 'workflow_dispatch'].includes(run.event);
  return isRenewal && branch !== null && run.ref === `refs/heads/${branch}`;
}
