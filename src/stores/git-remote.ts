import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { type Git, toText, unreachableByGit, wordsOf } from './git-ask.ts';

/**
 * The remote that keeps the ref: `origin`, or else the only one.
 * @returns null for a repository without any, whose own ref it is
 * @throws UserError `store-unreachable` for several, and where a run's checkout has another's
 */
export async function remoteOf(ref: string, run: Run | null, git: Git): Promise<string | null> {
  const remotes = (await git.text(['remote'])).split('\n').filter((name) => name !== '');
  const remote = remotes.includes('origin') ? 'origin' : (remotes[0] ?? null);
  if (remote !== 'origin' && remotes.length > 1) throw ambiguous(ref, remotes);
  if (run === null) return remote;
  const url = remote === null ? '' : (await git.text(['remote', 'get-url', remote])).trim();
  // A fork's checkout has the fork as its origin, and records that the fork has written.
  if (isOf(url, run)) return remote;
  const words = `this checkout is not one of ${run.owner}/${run.repo}`;
  throw unreachableByGit(ref, words);
}

function isOf(url: string, { owner, repo }: Run): boolean {
  const path = url.toLowerCase().replaceAll('\\', '/');
  const end = `${owner}/${repo}`.toLowerCase();
  return [end, `${end}/`, `${end}.git`, `${end}.git/`].some((name) =>
    ['/', ':'].some((before) => path.endsWith(`${before}${name}`)),
  );
}

function ambiguous(ref: string, remotes: readonly string[]): UserError {
  const message = `git ${ref} may be in any of the remotes ${remotes.join(', ')}: none is called origin.`;
  return new UserError('store-unreachable', message, {
    hint: 'Name the one that keeps the records: `git remote rename NAME origin`.',
  });
}

/** How often the tip may be gone before it is fetched, each time since a writer was faster. */
const MOST_MOVES = 5;

/**
 * The commit that the remote's ref points at, with its objects here.
 * @returns null when there is no such ref
 */
export async function fetchTip(ref: string, remote: string, git: Git): Promise<string | null> {
  let missed: string | null = null;
  for (let move = 0; move < MOST_MOVES; move += 1) {
    const tip = await remoteTip(ref, remote, git);
    if (tip === null) return null;
    const words = await fetched(ref, remote, tip, git);
    if (words === null) return tip;
    if (tip === missed) throw unreachableByGit(ref, words);
    missed = tip;
  }
  throw unreachableByGit(ref, 'it moves faster than it can be fetched');
}

async function remoteTip(ref: string, remote: string, git: Git): Promise<string | null> {
  const lines = (await git.text(['ls-remote', remote, ref])).split('\n');
  return lines.find((line) => line.endsWith(`\t${ref}`))?.split('\t')[0] ?? null;
}

/** Null when the commit is here with all that belongs to it; else why not. */
async function fetched(ref: string, remote: string, tip: string, git: Git): Promise<string | null> {
  // The commit alone proves nothing: a fetch that was cut may have left it without its files.
  if ((await seenTip(ref, remote, git)) === tip) return null;
  const { code, stderr } = await git.ask(['fetch', ...FETCH, remote, tip]);
  if (code !== 0) return wordsOf(stderr);
  await remember(ref, remote, tip, git);
  return null;
}

/** By id, and into no ref: what the user's own fetches have written stays as it is. */
const FETCH = [
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-recurse-submodules',
  '--refmap=',
];

/** A ref of our own keeps what was fetched, so that the next time only the difference is. */
async function remember(ref: string, remote: string, tip: string, git: Git): Promise<void> {
  // Fails when two fetch at the same time: the worst of it is another fetch.
  await git.ask(['update-ref', seenRef(ref, remote), tip]);
}

/** The commit that was fetched last, with all that belongs to it; null where none was. */
export async function seenTip(ref: string, remote: string, git: Git): Promise<string | null> {
  const tip = await git.text(['for-each-ref', '--format=%(objectname)', seenRef(ref, remote)]);
  return tip.trim() || null;
}

function seenRef(ref: string, remote: string): string {
  return `refs/weighbridge-seen/${remote}/${ref.replace('refs/', '')}`;
}

/**
 * Lets the remote's ref point at a commit if it still points at `tip`. The lease is the
 * comparison: git refuses by what the server says, and the server by what git has been told.
 * @returns null when it does; else why not
 */
export async function pushTip(
  ref: string,
  remote: string,
  move: { readonly tip: string | null; readonly commit: string },
  git: Git,
): Promise<string | null> {
  const lease = `--force-with-lease=${ref}:${move.tip ?? ''}`;
  const pushed = await git.ask(['push', ...PUSH, lease, remote, `${move.commit}:${ref}`]);
  if (pushed.code === 0) {
    await remember(ref, remote, move.commit, git);
    return null;
  }
  const refused = /^!\t[^\t]*\t(.*)$/m.exec(toText(pushed.stdout))?.[1];
  // Refused is not unreachable: who was slower than another writer tries again.
  if (refused === undefined) throw unreachableByGit(ref, wordsOf(pushed.stderr));
  return wordsOf(refused);
}

const PUSH = [
  '--porcelain',
  '--no-verify',
  '--no-follow-tags',
  '--no-signed',
  '--no-recurse-submodules',
];
