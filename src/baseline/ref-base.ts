import { UserError } from '../model/errors.ts';
import { found, type Resolved, type Scene } from './base-commit.ts';
import { askGit, commitHere, GIT_REFUSES } from './git-history.ts';
import { commitThere } from './github-history.ts';

/**
 * Base that somebody has named: any ref, and that very commit, not where head left it.
 * @throws UserError `base-missing` for a ref that names no commit
 */
export async function refBase(ref: string, scene: Scene): Promise<Resolved> {
  // No name is empty or starts so: GitHub would list all commits, git would take it for an option.
  if (ref === '' || ref.startsWith('-')) throw missing(ref, 'it is no name of a commit', scene);
  // A runner's clone has the remote's branches only, and knows `main` as `origin/main`.
  for (const name of [ref, `refs/remotes/origin/${ref}`]) {
    const commit = await commitHere(name, scene);
    if (commit !== null) return found(commit, 'ref', await branchOf(name, scene));
  }
  if (scene.run === null) throw (await unreadable(ref, scene)) ?? missing(ref, UNKNOWN, scene);
  const there = await commitThere(ref, scene);
  if (!('value' in there)) {
    throw missing(ref, `${UNKNOWN}. ${there.missing.replace(/\.$/, '')}`, scene);
  }
  return found(there.value, 'ref', mainOf(scene));
}

const UNKNOWN = 'git knows no such commit here';

/** Null where git can look into the folder: then it is the name that is wrong. */
async function unreadable(ref: string, scene: Scene): Promise<UserError | null> {
  if ((await askGit(['rev-parse', '--git-dir'], scene)).code === 0) return null;
  const isCheckout = (await scene.host.checkout(scene.folder)) !== null;
  const why = isCheckout ? 'git cannot look into this folder' : 'this folder is in no git checkout';
  return new UserError('base-missing', `The base ${ref} cannot be found: ${why}.`, {
    hint: isCheckout ? GIT_REFUSES : 'Name a snapshot of base with --base FILE.',
  });
}

/** Where the name is a branch's, records of it are that branch's; else the base branch's. */
async function branchOf(name: string, scene: Scene): Promise<string | null> {
  const { text } = await askGit(['rev-parse', '--symbolic-full-name', name], scene);
  const [, branch] = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/.exec(text) ?? [];
  return branch ?? mainOf(scene);
}

function mainOf({ branch, run }: Scene): string | null {
  return branch ?? run?.defaultBranch ?? null;
}

function missing(ref: string, why: string, { run }: Scene): UserError {
  return new UserError('base-missing', `The base ${ref} cannot be found: ${why}.`, {
    hint:
      run === null
        ? `Look it up with \`git rev-parse ${ref}\`, or run \`git fetch origin ${ref}\` and name FETCH_HEAD. A snapshot file, or \`none\`, is taken as well.`
        : 'Give actions/checkout `fetch-depth: 0`, or name a branch, a tag or a commit of this repository. A snapshot file, or `none`, is taken as well.',
  });
}
