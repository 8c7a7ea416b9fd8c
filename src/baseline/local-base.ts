import { absent, found, type Resolved, type Scene, short } from './base-commit.ts';
import { askGit, commitHere, GIT_REFUSES } from './git-history.ts';
import { mergeBaseOf } from './history.ts';
import { commitTip } from './tip.ts';

/**
 * Base on somebody's own machine: where HEAD left the default branch as the remote has it. What is
 * not committed is head, so on an up-to-date default branch base is HEAD. Nothing is fetched.
 */
export async function localBase(scene: Scene): Promise<Resolved> {
  if ((await scene.host.checkout(scene.folder)) === null) return absent(NO_GIT);
  if ((await askGit(['rev-parse', '--git-dir'], scene)).code !== 0) return absent(GIT_REFUSES);
  if (scene.head === null) return absent(NO_COMMIT);
  const branch = await baseBranch(scene);
  if (branch === null) return absent(await whyNoBranch(scene));
  const base = await mergeBaseOf(scene.head, commitTip(branch.commit), scene);
  if ('value' in base) return found(base.value, 'merge-base', branch.name);
  return absent(
    `The commit where HEAD, ${short(scene.head)}, left ${branch.ref} cannot be found. ${base.missing}`,
  );
}

const NO_GIT =
  'This folder is in no git checkout, so there is no base commit. Name a snapshot of base with --base FILE.';
const NO_COMMIT = 'HEAD has no commit yet: comparisons start after the first one.';

interface BaseBranch {
  readonly name: string;
  readonly ref: string;
  readonly commit: string;
}

async function baseBranch(scene: Scene): Promise<BaseBranch | null> {
  const remote = await remoteOf(scene);
  for (const name of await candidates(remote, scene)) {
    const branch = await upstreamOf(name, remote, scene);
    if (branch !== null) return branch;
  }
  return null;
}

/** `origin`, or the only one there is. */
async function remoteOf(scene: Scene): Promise<string | null> {
  const { text } = await askGit(['remote'], scene);
  const remotes = text.split(/\r?\n/).filter((name) => name !== '');
  if (remotes.includes('origin')) return 'origin';
  return remotes.length === 1 ? (remotes[0] ?? null) : null;
}

/** Names that the default branch may have, the surest first. */
async function candidates(remote: string | null, scene: Scene): Promise<readonly string[]> {
  if (scene.branch !== null) return [scene.branch];
  const [head, setting] = await Promise.all([
    askGit(['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`], scene),
    askGit(['config', '--get', 'init.defaultBranch'], scene),
  ]);
  const told = head.code === 0 ? [head.text.slice(`refs/remotes/${remote}/`.length)] : [];
  const set = setting.code === 0 ? [setting.text] : [];
  return [...new Set([...told, ...set, 'main', 'master'])];
}

/**
 * What the local branch follows, as in a fork whose `main` follows the project's; else the
 * remote's branch of that name; without either, the local branch.
 */
async function upstreamOf(
  name: string,
  remote: string | null,
  scene: Scene,
): Promise<BaseBranch | null> {
  const refs = [`${name}@{upstream}`];
  if (remote !== null) refs.push(`refs/remotes/${remote}/${name}`);
  refs.push(`refs/heads/${name}`);
  for (const ref of refs) {
    const commit = await commitHere(ref, scene);
    if (commit !== null) return { name, ref: await readable(ref, scene), commit };
  }
  return null;
}

async function readable(ref: string, scene: Scene): Promise<string> {
  const { code, text } = await askGit(['rev-parse', '--abbrev-ref', ref], scene);
  return code === 0 && text !== '' ? text : ref;
}

async function whyNoBranch(scene: Scene): Promise<string> {
  const { branch } = scene;
  const remote = await remoteOf(scene);
  const what =
    branch === null
      ? 'The default branch is not known here: no remote tells it, and there is no main or master.'
      : `There is no branch ${branch} here.`;
  if (remote === null) return `${what} Name the base with --base REF.`;
  const name = branch ?? 'BRANCH';
  const fetch = `git fetch ${remote} +refs/heads/${name}:refs/remotes/${remote}/${name}`;
  return `${what} Fetch it with \`${fetch}\`, or name the base with --base REF.`;
}
