import type { Config } from '../model/config.ts';
import type { Run } from '../model/run.ts';

/** The base branch by its short name; null where nothing tells. */
export function baseBranchOf({ baseline }: Config, run: Run | null): string | null {
  const told = run?.pullRequest?.baseBranch ?? run?.mergeGroup?.baseBranch ?? run?.defaultBranch;
  return baseline.branch ?? told ?? null;
}
