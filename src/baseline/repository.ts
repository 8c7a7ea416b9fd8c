import { shorten } from '../format/visible.ts';
import { UserError } from '../model/errors.ts';
import type { Finished, Host } from '../model/host.ts';
import { lastLines } from './last-lines.ts';

/** Runs git for base, on the repository that it shares with head. */
export interface Repository {
  readonly shared: (...args: readonly string[]) => Promise<Finished>;
  /** In a worktree, as git finds it there. */
  readonly inside: (folder: string, ...args: readonly string[]) => Promise<Finished>;
}

/**
 * No hook of head's runs for base, and nothing of git's own stays behind in the background. What
 * git is told by variables, as in a hook, is told in words: head's index is not base's.
 * @throws UserError `rebuild-failed` with what git said
 */
export async function openRepository(root: string, host: Host): Promise<Repository> {
  const asked = await host.git(['rev-parse', '--absolute-git-dir'], { folder: root });
  if (asked.code !== 0) throw refused('The repository cannot be read', asked);
  const own = new TextDecoder().decode(asked.stdout).replace(/\r?\n$/, '');
  const inside: Repository['inside'] = (folder, ...args) =>
    host.git([...SETTINGS, ...args], { folder, environment: UNTOLD });
  return { inside, shared: (...args) => inside(root, '--git-dir', own, ...args) };
}

const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'gc.auto=0',
  'maintenance.auto=false',
].flatMap((setting) => ['-c', setting]);

const UNTOLD = {
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_COMMON_DIR: undefined,
  GIT_PREFIX: undefined,
};

/**
 * Gets the commit where the clone does not have it, as a shallow one does not.
 * @throws UserError `rebuild-failed` with what git said
 */
export async function fetchCommit(commit: string, git: Repository): Promise<void> {
  const isThere = async () => (await git.shared('cat-file', '-e', `${commit}^{commit}`)).code === 0;
  if (await isThere()) return;
  const remotes = textOf(await git.shared('remote')).split('\n');
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  if (!remote) throw missing(commit, 'the clone has no remote');
  const isShallow = textOf(await git.shared('rev-parse', '--is-shallow-repository')) === 'true';
  // A whole clone must not be made a shallow one.
  const depth = isShallow ? ['--depth=1'] : [];
  const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
  const fetched = await git.shared('fetch', ...options, ...depth, '--', remote, commit);
  if (await isThere()) return;
  throw missing(commit, wordsOf(fetched) || `${remote} does not have it`);
}

function missing(commit: string, why: string): UserError {
  const what = `The base commit ${commit.slice(0, 8)} is not in this clone and cannot be fetched`;
  return new UserError('rebuild-failed', `${what}: ${why}`, {
    hint: 'Check out with `fetch-depth: 0`, so that base is there.',
  });
}

/** What git would not do, in its words. */
export function refused(what: string, finished: Finished): UserError {
  return new UserError('rebuild-failed', `${what}: ${wordsOf(finished)}`, {
    hint: 'Run `git worktree list` in the checkout: it has to work there.',
  });
}

/** What git printed, without the space around it. */
export function textOf({ stdout }: Finished): string {
  return new TextDecoder().decode(stdout).trim();
}

function wordsOf({ stderr }: Finished): string {
  return shorten(lastLines(stderr, 6).join(' '), 400);
}
