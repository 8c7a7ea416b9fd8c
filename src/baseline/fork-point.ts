import { absent, found, type Resolved, type Scene, short } from './base-commit.ts';
import { mergeBaseOf, parentsOf } from './history.ts';
import { branchTip } from './tip.ts';

/**
 * Where a commit left a branch. The branch's tip as it is now: the tip that an event names may be
 * older than what was merged from the branch since, and the change would be blamed for that.
 */
export async function forkPoint(built: string, branch: string, scene: Scene): Promise<Resolved> {
  const base = await mergeBaseOf(built, branchTip(branch), scene);
  return 'value' in base ? found(base.value, 'merge-base', branch) : lost(built, branch, base);
}

/**
 * Where a commit left a branch; what it was added to where it is on that branch itself, or it
 * would be compared with itself.
 */
export async function startOf(built: string, branch: string, scene: Scene): Promise<Resolved> {
  const base = await mergeBaseOf(built, branchTip(branch), scene);
  if (!('value' in base)) return lost(built, branch, base);
  if (base.value === built) return firstParent(built, branch, scene);
  return found(base.value, 'merge-base', branch);
}

function lost(built: string, branch: string, { missing }: { readonly missing: string }): Resolved {
  return absent(
    `The commit where ${short(built)} left the branch ${branch} cannot be found. ${missing}`,
  );
}

/** What a commit on a branch was added to. */
export async function firstParent(built: string, branch: string, scene: Scene): Promise<Resolved> {
  const parents = await parentsOf(built, scene);
  if (!('value' in parents)) {
    return absent(`The parents of ${short(built)} cannot be read. ${parents.missing}`);
  }
  const [first] = parents.value;
  if (first !== undefined) return found(first, 'first-parent', branch);
  return absent(`${short(built)} is the first commit: comparisons start with the next one.`);
}
