import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, temporaryFolder, writeFiles } from './temporary.ts';

/** Commits by the names that the picture gives them. */
export type Commits = Readonly<Record<string, string>>;

export interface Story {
  /** A bare repository, as the remote has it. */
  readonly remote: string;
  readonly commits: Commits;
  readonly remove: () => Promise<void>;
}

/**
 * A history with all that happens to branches.
 *
 *     main     M0 - M1 - M2 - M3 ------ M4 - S        S: `squashed`, all of it in one commit
 *                         \             \ \
 *     feature              F1 - F2       \ T          T: GitHub's test merge of pull request 7
 *                           \             \
 *     stacked                P1            \          on top of `feature`
 *     updated              U1 ------------- U2 - U3   left at M2 as well, and has merged M4
 *     rebased                               R1 - R2   `feature` again, from M4
 *     amended              F1 - A2                    `feature` again, its last commit changed
 *     lasting                               L1 - L2 - L3         has merged F1 at last
 *     queue                                 Q1 - Q2   two entries of a merge queue, on M4
 *     island   I0                                     nothing in common with the others
 *
 * F2 renames a file; R2 touches `docs` alone, and M4 too.
 */
export async function tellStory(): Promise<Story> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-story-')));
  const commits: Record<string, string> = {};
  const tell = teller(folder, commits);
  await git(folder, 'init', '--quiet');
  await tell.commit('M0', { 'app/a.js': 'a', 'docs/a.md': 'a' });
  await tell.commit('M1', { 'app/b.js': 'b' });
  await tell.commit('M2', { 'app/a.js': 'a2' });
  await tell.commit('M3', { 'app/main.js': 'big' });
  await tell.commit('M4', { 'docs/a.md': 'a4' });
  await tell.branch('feature', 'M2');
  await tell.commit('F1', { 'app/feature.js': 'f' });
  await git(folder, 'mv', 'app/b.js', 'app/renamed.js');
  await tell.commit('F2', {});
  await tell.branch('stacked', 'F1');
  await tell.commit('P1', { 'app/stacked.js': 'p' });
  await tell.branch('amended', 'F1');
  await tell.commit('A2', { 'app/feature.js': 'amended' });
  await tell.branch('updated', 'M2');
  await tell.commit('U1', { 'app/updated.js': 'u' });
  await tell.merge('U2', 'M4');
  await tell.commit('U3', { 'app/updated.js': 'u3' });
  await tell.branch('rebased', 'M4');
  await tell.commit('R1', { 'app/feature.js': 'f' });
  await tell.commit('R2', { 'docs/b.md': 'b' });
  await tell.branch('squashed', 'M4');
  await tell.commit('S', { 'app/feature.js': 'f', 'app/renamed.js': 'b' });
  await tell.branch('lasting', 'M4');
  for (const name of ['L1', 'L2']) await tell.commit(name, { 'app/l.js': name });
  await tell.merge('L3', 'F1');
  await tell.branch('queue', 'M4');
  await tell.merge('Q1', 'U3');
  await tell.merge('Q2', 'F2');
  await tell.branch('testing', 'M4');
  await tell.merge('T', 'F2');
  await git(folder, 'update-ref', 'refs/pull/7/head', 'feature');
  await git(folder, 'update-ref', 'refs/pull/7/merge', 'HEAD');
  await git(folder, 'checkout', '--quiet', '--orphan', 'island');
  await tell.commit('I0', {});
  await git(folder, 'tag', '-a', '-m', 'first', 'v1', 'main~2');
  await git(folder, 'checkout', '--quiet', 'main');
  await git(folder, 'branch', '-D', 'testing');
  return {
    remote: join(folder, '.git'),
    commits,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function teller(folder: string, commits: Record<string, string>) {
  const keep = async (name: string) => {
    commits[name] = await git(folder, 'rev-parse', 'HEAD');
  };
  return {
    async commit(name: string, files: Readonly<Record<string, string>>): Promise<void> {
      await writeFiles(folder, files);
      await git(folder, 'add', '.');
      await git(folder, 'commit', '--quiet', '--allow-empty', '-m', name);
      await keep(name);
    },
    async branch(name: string, at: string): Promise<void> {
      await git(folder, 'checkout', '--quiet', '-b', name, commits[at] ?? '');
    },
    async merge(name: string, other: string): Promise<void> {
      await git(folder, 'merge', '--quiet', '--no-ff', '-m', name, commits[other] ?? '');
      await keep(name);
    },
  };
}

/**
 * What actions/checkout does, at depth 1 unless said otherwise; a depth of 0 is everything.
 * @param ref in full, or a commit
 */
export async function checkout(remote: string, ref: string, depth = 1): Promise<string> {
  const folder = await temporaryFolder();
  await git(folder, 'init', '--quiet');
  await git(folder, 'remote', 'add', 'origin', `file://${remote}`);
  const how = depth === 0 ? [] : [`--depth=${depth}`];
  const rest = depth === 0 ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
  const what = [`+${ref}:refs/remotes/pull/built`, ...rest];
  await git(folder, 'fetch', '--quiet', '--no-tags', ...how, 'origin', ...what);
  await git(folder, 'checkout', '--quiet', '--detach', 'refs/remotes/pull/built');
  return folder;
}

/** A clone as people have them. */
export async function clone(remote: string, ...options: string[]): Promise<string> {
  const folder = await temporaryFolder();
  await git(folder, 'clone', '--quiet', ...options, `file://${remote}`, '.');
  return folder;
}
