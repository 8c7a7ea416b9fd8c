import { UserError } from '../model/errors.ts';
import type { PullRequest } from '../model/run.ts';
import type { There } from './ask-github.ts';
import { absent, found, type Resolved, short } from './base-commit.ts';
import { compareThere, parentsThere } from './github-history.ts';

/**
 * Base of what a pull request's own run says that it has built: the run's head, or GitHub's test
 * merge of it. Asked of GitHub alone, since nothing of the change is checked out here.
 * @param built the commit that the snapshot names: anybody's word until GitHub confirms it
 * @param setting the `baseline.branch` setting
 * @throws UserError `other-commit` for any other commit
 */
export async function untrustedBase(
  built: string | null,
  pull: PullRequest,
  setting: string | null,
  there: There,
): Promise<Resolved> {
  if (built === null) throw otherCommit('no commit', pull, null);
  const branch = setting ?? pull.baseBranch;
  if (built === pull.head) return forkPointThere(built, branch, there);
  const into = await mergedInto(built, pull, there);
  return branch === pull.baseBranch
    ? found(into, 'first-parent', branch)
    : forkPointThere(built, branch, there);
}

/**
 * What GitHub has merged the head into. Its first parent must be on the base branch: anybody can
 * make a merge of the head into a commit of their own, and choose by it what to compare with.
 */
async function mergedInto(built: string, pull: PullRequest, there: There): Promise<string> {
  const parents = await parentsThere(built, there);
  if (!('value' in parents)) throw otherCommit(short(built), pull, parents.missing);
  const [into, merged, ...others] = parents.value;
  if (into === undefined || merged !== pull.head || others.length > 0) {
    throw otherCommit(short(built), pull, null);
  }
  // The base branch may have moved on since, and with it the test merge that GitHub names now.
  if (built === pull.mergeCommit) return into;
  const compared = await compareThere(into, pull.baseBranch, there);
  if ('value' in compared && compared.value.isAncestor) return into;
  throw otherCommit(short(built), pull, 'missing' in compared ? compared.missing : null);
}

function otherCommit(what: string, { head }: PullRequest, missing: string | null): UserError {
  const message = `It is of ${what}, which is neither the run's, ${short(head)}, nor GitHub's test merge of it.`;
  return new UserError('other-commit', missing === null ? message : `${message} ${missing}`, {
    hint: 'Measure what actions/checkout takes by itself on pull_request.',
  });
}

async function forkPointThere(built: string, branch: string, there: There): Promise<Resolved> {
  const compared = await compareThere(branch, built, there);
  if ('value' in compared) return found(compared.value.mergeBase, 'merge-base', branch);
  return absent(
    `The commit where ${short(built)} left the branch ${branch} cannot be found. ${compared.missing}`,
  );
}
