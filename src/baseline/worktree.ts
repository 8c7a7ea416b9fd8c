import type { Host } from '../model/host.ts';
import { fetchCommit, openRepository, type Repository, refused, textOf } from './repository.ts';

/** A commit's files in a folder of their own. */
export interface Worktree {
  /** Absolute; the root of the commit's files. */
  readonly folder: string;
  /** Removes it with all that was put there; what cannot be removed is said. */
  remove(): Promise<string | null>;
}

/**
 * Checks a commit out beside the checkout of which `root` is the root, which stays as it is.
 * It is removed by the caller, or when a signal ends our process.
 * @throws UserError `rebuild-failed` with what git said
 */
export async function addWorktree(commit: string, root: string, host: Host): Promise<Worktree> {
  const git = await openRepository(root, host);
  await fetchCommit(commit, git);
  const around = await host.temporaryFolder();
  // Bundlers may write the folder's name into what they build: base's is the same as head's.
  const folder = host.resolve(around, root.split(/[\\/]/).at(-1) || 'base');
  const worktree = removable({ around, folder }, git, host);
  try {
    await forgetLeftovers(around, git, host);
    await checkOut(commit, folder, git);
    await fillSubmodules(folder, git, host);
  } catch (error) {
    await worktree.remove();
    throw error;
  }
  return worktree;
}

async function checkOut(commit: string, folder: string, git: Repository): Promise<void> {
  const added = await git.shared('worktree', 'add', '--quiet', '--detach', '--', folder, commit);
  const what = `The base commit ${commit.slice(0, 8)} cannot be checked out`;
  if (added.code !== 0) throw refused(what, added);
}

/** Those that the checkout has as well: where it was made without them, base does without. */
async function fillSubmodules(folder: string, git: Repository, host: Host): Promise<void> {
  if ((await host.kind(host.resolve(folder, '.gitmodules'))) !== 'file') return;
  const filled = await git.inside(folder, 'submodule', 'update', '--quiet', '--depth=1');
  if (filled.code !== 0) throw refused('The submodules of base cannot be checked out', filled);
}

interface Place {
  readonly around: string;
  readonly folder: string;
}

function removable(place: Place, git: Repository, host: Host): Worktree {
  let isDying = false;
  const forget = host.onDeath(async () => {
    isDying = true;
    await remove(place, git, host);
  });
  return {
    folder: place.folder,
    remove: async () => {
      // Whoever waits for us must not go on while the process is being ended.
      if (isDying) await new Promise(() => {});
      const failure = await remove(place, git, host);
      forget();
      return failure;
    },
  };
}

/** Both where they are and where git keeps its note of them. */
async function remove(
  { around, folder }: Place,
  git: Repository,
  host: Host,
): Promise<string | null> {
  const forgetting = ['worktree', 'remove', '--force', '--force', '--', folder];
  const first = await git.shared(...forgetting);
  const failure = await host.remove(around).then(() => null, String);
  // The build may have broken what ties it to the repository: without the folder, git lets go.
  if (first.code !== 0) await git.shared(...forgetting);
  return failure;
}

/**
 * Worktrees of processes that were ended without a chance to tidy: their folders are gone by now,
 * git's notes of them are not. Never `git worktree prune`: a folder of the user's may be on a disk
 * that is not there today.
 */
async function forgetLeftovers(around: string, git: Repository, host: Host): Promise<void> {
  const beside = host.resolve(around, '..');
  const prefix = host.relative(beside, around).replace(/\d+-\w+$/, '');
  const listed = textOf(await git.shared('worktree', 'list', '--porcelain')).split('\n');
  for (const line of listed.filter((one) => one.startsWith('worktree '))) {
    const path = line.slice('worktree '.length);
    const [name = ''] = host.relative(beside, path).split('/');
    const isOurs = name.startsWith(prefix) && /^\d+-\w+$/.test(name.slice(prefix.length));
    if (!isOurs || (await host.kind(host.resolve(beside, name))) !== null) continue;
    await git.shared('worktree', 'remove', '--force', '--force', '--', path);
  }
}
