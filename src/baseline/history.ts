import type { Client } from '../github/client.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import { type Answer, valueOrNull } from './answer.ts';
import {
  ancestorsHere,
  askGit,
  GIT_REFUSES,
  isAncestorHere,
  isSameHere,
  mergeBaseHere,
  parentsHere,
  shallowCommits,
} from './git-history.ts';
import { ancestorsThere, compareThere, parentsThere } from './github-history.ts';
import type { Tip } from './tip.ts';

/** Where history can be read: git first, which is at hand and exact, then GitHub. */
export interface HistoryContext {
  readonly host: Host;
  /** Absolute; inside the checkout, if there is one. */
  readonly folder: string;
  /** Null on other machines than GitHub's runners. */
  readonly run: Run | null;
  /** A client for GitHub's API; null where there is no token. */
  readonly connect: (() => Promise<Client>) | null;
}

/** The parents of a commit, the one that it was added to first. */
export async function parentsOf(
  commit: string,
  context: HistoryContext,
): Promise<Answer<readonly string[]>> {
  const parents = await parentsHere(commit, context);
  return parents === null ? parentsThere(commit, context) : { value: parents };
}

/**
 * The merge base of a commit and a tip: git, then GitHub, then git again with more history.
 */
export async function mergeBaseOf(
  commit: string,
  tip: Tip,
  context: HistoryContext,
): Promise<Answer<string>> {
  const here = await mergeBaseHere(commit, tip.here, context);
  if (here === 'none') return { missing: 'The two have no commit in common.' };
  if (here !== null) return { value: here };
  if (context.run === null) return { missing: await whatIsMissing(context) };
  const there = await compareThere(tip.there, commit, context);
  if ('value' in there) return { value: there.value.mergeBase };
  const deeper = await mergeBaseDeeper(commit, tip, context);
  if (deeper !== null) return { value: deeper };
  return { missing: `${await whatIsMissing(context)} ${there.missing} ${FETCH_MORE}` };
}

const FETCH_MORE = 'Give actions/checkout `fetch-depth: 0`.';

/** Commits of each line. Not all at once: most forks are near, and a deep fetch takes minutes. */
const DEPTHS = [100, 1000];

/** Only on a runner: what is fetched there is gone with it, elsewhere the clone is the user's. */
async function mergeBaseDeeper(
  commit: string,
  { here, refspec }: Tip,
  context: HistoryContext,
): Promise<string | null> {
  for (const depth of DEPTHS) {
    const quiet = ['--quiet', '--no-tags', '--no-recurse-submodules'];
    const fetch = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false', 'fetch', ...quiet];
    const { code } = await askGit(
      [...fetch, `--depth=${depth}`, 'origin', commit, refspec],
      context,
    );
    if (code !== 0) return null;
    const base = await mergeBaseHere(commit, here, context);
    if (base !== null) return base === 'none' ? null : base;
  }
  return null;
}

async function whatIsMissing(context: HistoryContext): Promise<string> {
  const { host, folder, run } = context;
  if ((await host.checkout(folder)) === null) return 'No git checkout is here to look in.';
  if ((await askGit(['rev-parse', '--git-dir'], context)).code !== 0) return GIT_REFUSES;
  if ((await shallowCommits(context)).size === 0) return 'This clone lacks the history for it.';
  const mend = run === null ? ': run `git fetch --unshallow`.' : '.';
  return `This clone is shallow, and the history for it was left out${mend}`;
}

/**
 * First-parent ancestors of a commit, nearest first, itself not among them.
 * @returns as many as can be known, `most` of them at most
 */
export async function ancestorsOf(
  commit: string,
  most: number,
  context: HistoryContext,
): Promise<readonly string[]> {
  const { commits, isWhole } = await ancestorsHere(commit, most, context);
  if (isWhole) return commits;
  const there = valueOrNull(await ancestorsThere(commit, most, context)) ?? [];
  return there.length > commits.length ? there : commits;
}

/** Whether one commit is in the history of another, itself too; null where nobody knows. */
export async function isAncestor(
  ancestor: string,
  commit: string,
  context: HistoryContext,
): Promise<boolean | null> {
  const here = await isAncestorHere(ancestor, commit, context);
  if (here !== null) return here;
  return valueOrNull(await compareThere(ancestor, commit, context))?.isAncestor ?? null;
}

/**
 * Whether a commit and a later one are the same below a folder, so that a build of that folder
 * alone is the same too.
 * @param prefix from the repository's root, as the host's `checkout` gives it; empty for all of it
 * @returns null where nobody knows, as when GitHub lists the changed files in part only
 */
export async function touchesNothing(
  from: string,
  to: string,
  prefix: string,
  context: HistoryContext,
): Promise<boolean | null> {
  const here = await isSameHere(from, to, prefix, context);
  if (here !== null) return here;
  const there = valueOrNull(await compareThere(from, to, context));
  // GitHub compares with the merge base, which is `from` only where `to` comes after it.
  if (there === null || there.mergeBase !== from) return null;
  const isTouched = there.paths.some((path) => prefix === '' || path.startsWith(`${prefix}/`));
  if (isTouched) return false;
  return there.isComplete ? true : null;
}
