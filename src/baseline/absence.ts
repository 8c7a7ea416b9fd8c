import type { Config } from '../model/config.ts';
import { NO_BASELINE_YET } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import { baseBranchOf } from './base-branch.ts';
import { type BaseCommit, short } from './base-commit.ts';

/** Never worded as "no baseline yet": there may be one, and it cannot be used. */
export function unusableWords(base: BaseCommit, fault: string): string {
  return `No usable record of base, ${short(base.commit)}. ${fault}`;
}

/** A base of which no store has a record, while all of them could be asked. */
interface Lacking {
  readonly base: BaseCommit;
  readonly config: Config;
  readonly run: Run | null;
  /** No store has any record at all. */
  readonly isAdoption: boolean;
  /** Commits before base that were looked at. */
  readonly furthest: number;
}

/** Which of the ways to have no record it is, and the one thing to do. */
export function absentWords({ base, run, config, isAdoption, furthest }: Lacking): string {
  const what = isAdoption
    ? NO_BASELINE_YET
    : `No record of base, ${short(base.commit)}, nor of the ${furthest} commits before it`;
  if (run === null) return `${what}: ${localStep(config)}`;
  const uncovered = uncoveredBranch(base, run, config);
  if (uncovered !== null) return `${what}: ${uncovered}`;
  const branch = base.branch ?? baseBranchOf(config, run) ?? 'the base branch';
  return isAdoption
    ? `${what}: comparisons start after the first run on ${branch}.`
    : `${what}: let the workflow run on every push to ${branch}.`;
}

/** Complete: base is built where nothing is installed. */
export const BUILD_BASE = 'npx weighbridge check --build "npm ci && npm run build"';

function localStep({ baseline }: Config): string {
  return baseline.build === null
    ? `make one with \`${BUILD_BASE}\`, which builds base once.`
    : 'base is built anew only where a budget limits a change, with `maxIncrease` or `maxDecrease`.';
}

/** A pull request into a branch whose runs keep no records: waiting for one would be in vain. */
function uncoveredBranch(
  { branch }: BaseCommit,
  { pullRequest, defaultBranch }: Run,
  { baseline }: Config,
): string | null {
  const isCovered = pullRequest === null || baseline.branch !== null || branch === defaultBranch;
  if (isCovered || branch === null || defaultBranch === null) return null;
  const [own, other] = [branch, defaultBranch].map(
    (name) => `\`"baseline": { "branch": ${JSON.stringify(name)} }\``,
  );
  return `only pushes to ${defaultBranch} keep records. Write ${own} into the budgets file of ${branch} to keep its own, or ${other} to compare with where it left ${defaultBranch}.`;
}
