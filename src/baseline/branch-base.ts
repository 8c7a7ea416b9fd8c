import type { Run } from '../model/run.ts';
import { valueOrNull } from './answer.ts';
import { absent, found, type Resolved, type Scene } from './base-commit.ts';
import { firstParent, forkPoint, startOf } from './fork-point.ts';
import { parentsOf } from './history.ts';
import { type OpenPull, openPullsThere } from './open-pulls.ts';

/** Base of a commit that no pull request is known for: where it left the base branch. */
export async function branchBase(built: string, run: Run, scene: Scene): Promise<Resolved> {
  const branch = scene.branch ?? run.defaultBranch;
  if (branch === null) return absent(NO_BRANCH);
  return isTipOf(branch, built, run)
    ? firstParent(built, branch, scene)
    : startOf(built, branch, scene);
}

const NO_BRANCH = 'The base branch is not known. Name it with `baseline.branch`.';

/** The run itself says so, without a look at any history. */
function isTipOf(branch: string, built: string, { ref, sha }: Run): boolean {
  return ref === `refs/heads/${branch}` && sha === built;
}

/**
 * Base for events that are about a commit and may belong to a pull request without saying so: a
 * deployment, or a run by hand. The open pull request of that very commit decides.
 */
export async function ownPullRequestBase(built: string, run: Run, scene: Scene): Promise<Resolved> {
  const main = scene.branch ?? run.defaultBranch;
  if (main !== null && isTipOf(main, built, run)) return firstParent(built, main, scene);
  const parents = valueOrNull(await parentsOf(built, scene)) ?? [];
  const [into, merged] = parents.length === 2 ? parents : [];
  const heads = merged === undefined ? [built] : [built, merged];
  const pull = pick(valueOrNull(await openPullsThere(heads, headBranch(built, run), scene)), main);
  if (pull === null) return branchBase(built, run, scene);
  const branch = scene.branch ?? pull.baseBranch;
  const isTestMerge = pull.head !== built && branch === pull.baseBranch && into !== undefined;
  return isTestMerge ? found(into, 'first-parent', branch) : forkPoint(built, branch, scene);
}

/**
 * Where the run is one of the head branch, GitHub finds the pull request by it. A deployment's
 * branch may be a fork's.
 */
function headBranch(built: string, { event, ref, sha }: Run): string | null {
  const isOwn = event === 'workflow_dispatch' && built === sha && ref.startsWith('refs/heads/');
  return isOwn ? ref.slice('refs/heads/'.length) : null;
}

/** One commit may be the head of several: then the one into the base branch counts. */
function pick(pulls: readonly OpenPull[] | null, main: string | null): OpenPull | null {
  return pulls?.find(({ baseBranch }) => baseBranch === main) ?? pulls?.[0] ?? null;
}
