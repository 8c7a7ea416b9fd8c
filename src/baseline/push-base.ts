import type { Push, Run } from '../model/run.ts';
import { absent, found, type Resolved, type Scene } from './base-commit.ts';
import { branchBase } from './branch-base.ts';
import { isAncestorHere } from './git-history.ts';
import { isAncestor, mergeBaseOf } from './history.ts';
import { branchTip, commitTip } from './tip.ts';

/** Base of a push: the commit before it. Tags, and branches that are new, have none of their own. */
export async function pushBase(push: Push, run: Run, scene: Scene): Promise<Resolved> {
  const { before, after, branch } = push;
  if (after === null)
    return absent('This push deletes a branch or tag: there is nothing to compare.');
  const built = scene.head ?? run.sha;
  // A tag's old place says when it was moved, not what has changed. And where something later
  // than the push was built, others' commits lie between.
  if (branch === null || before === null || built !== after) return branchBase(built, run, scene);
  if (await isRewritten(push, before, built, scene)) {
    return rewrittenBase({ before, built, branch }, run, scene);
  }
  return found(before, 'before-push', branch);
}

/** GitHub says so; git is asked only where all of the history is at hand. */
async function isRewritten(
  { isForced }: Push,
  before: string,
  built: string,
  scene: Scene,
): Promise<boolean> {
  return isForced || (await isAncestorHere(before, built, scene)) === false;
}

interface Rewritten {
  readonly before: string;
  readonly built: string;
  readonly branch: string;
}

/**
 * The last commit of the new history that was there before: on the branch, or on the base branch,
 * as after a rebase. Not the one before the push: it holds commits that were thrown away, and
 * lacks those of others that a rebase brought, so the change would be blamed for both.
 */
async function rewrittenBase(
  { before, built, branch }: Rewritten,
  run: Run,
  scene: Scene,
): Promise<Resolved> {
  const main = scene.branch ?? run.defaultBranch;
  const own = await mergeBaseOf(built, commitTip(before), scene);
  const base =
    main === null || main === branch ? null : await mergeBaseOf(built, branchTip(main), scene);
  const stays = await laterOf(
    'value' in own ? { commit: own.value, branch } : null,
    base !== null && 'value' in base ? { commit: base.value, branch: main } : null,
    scene,
  );
  // Nothing in common, nobody who knows it, or commits only taken away: head is not its own base.
  if (stays === null || stays.commit === built) return found(before, 'before-push', branch);
  return found(stays.commit, 'merge-base', stays.branch);
}

interface Place {
  readonly commit: string;
  readonly branch: string | null;
}

/** Of two commits of one history. */
async function laterOf(own: Place | null, base: Place | null, scene: Scene): Promise<Place | null> {
  if (own === null || base === null) return own ?? base;
  return (await isAncestor(own.commit, base.commit, scene)) === true ? base : own;
}
