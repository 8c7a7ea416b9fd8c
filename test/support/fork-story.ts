import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { artifactName, headArtifactName } from '../../src/stores/artifact-name.ts';
import { asset, budget, snapshot } from './build.ts';
import { FORK } from './github/defaults.ts';
import type { Github, NewArtifact } from './github/github.ts';
import type { PullSeed, RunSeed } from './github/protocol.ts';
import { git, writeFiles } from './temporary.ts';

export const BUDGETS = JSON.stringify({
  track: ['dist/*.js'],
  budgets: [
    { name: 'App', files: 'dist/app.js', encoding: 'raw', max: '3 kB', maxIncrease: '500 B' },
  ],
});

/**
 * What a fork does to a repository.
 *
 *     main     B0 - B1          budgets.json from the start
 *               \     \
 *     feature    H --- M        H: the fork's head, M: GitHub's test merge of it
 *      \          \
 *       E -------- X            X: a merge of the head into a commit of the fork's own
 */
export interface ForkStory {
  readonly folder: string;
  readonly commits: Readonly<Record<'B0' | 'B1' | 'H' | 'M' | 'E' | 'X', string>>;
  readonly remove: () => Promise<void>;
}

export async function tellForkStory(budgets: string | null = BUDGETS): Promise<ForkStory> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-fork-')));
  const commit = async (files: Readonly<Record<string, string>>) => {
    await writeFiles(folder, files);
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '--allow-empty', '-m', Object.keys(files).join());
    return git(folder, 'rev-parse', 'HEAD');
  };
  const merge = async (into: string, other: string) => {
    await git(folder, 'checkout', '--quiet', '--detach', into);
    await git(folder, 'merge', '--quiet', '--no-ff', '-m', 'merge', other);
    return git(folder, 'rev-parse', 'HEAD');
  };
  await git(folder, 'init', '--quiet');
  const B0 = await commit({ ...(budgets === null ? {} : { 'budgets.json': budgets }), a: 'a' });
  const B1 = await commit({ b: 'b' });
  await git(folder, 'checkout', '--quiet', '-b', 'feature', B0);
  const H = await commit({ 'budgets.json': '{"track":["dist/*"],"budgets":[]}' });
  await git(folder, 'checkout', '--quiet', '-b', 'evil', B0);
  const E = await commit({ e: 'e' });
  const commits = { B0, B1, H, E, M: await merge(B1, H), X: await merge(E, H) };
  await git(folder, 'checkout', '--quiet', 'main');
  return { folder, commits, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** An asset of the app, whose size is all that matters. */
export const app = (raw: number) => asset('dist/app.js', { raw });

export const LIMITS = budget({
  name: 'App',
  files: 'dist/app.js',
  encoding: 'raw',
  max: 3_000,
  maxIncrease: 500,
});

export interface ForkWorld {
  readonly pull: PullSeed;
  readonly run: RunSeed;
}

/**
 * The story on GitHub: pull request 7 of the fork, and the run of it that has just ended.
 * With `isOwn` the branch is one of the repository itself.
 */
export async function playForkStory(
  github: Github,
  { folder, commits }: ForkStory,
  { isOwn = false, ...given }: Partial<PullSeed> & { readonly isOwn?: boolean } = {},
): Promise<ForkWorld> {
  await github.push(folder);
  const seed = { headSha: commits.H, baseSha: commits.B1, mergeSha: commits.M };
  const fork = isOwn ? {} : { fork: FORK };
  const added = await github.addPull({ ...seed, ...fork, author: FORK.owner, ...given });
  const started = await github.addRun({
    event: 'pull_request',
    headSha: commits.H,
    headBranch: added.headRef,
    conclusion: 'failure',
    runNumber: 40,
    ...(isOwn ? {} : { headRepository: FORK }),
  });
  return { pull: added, run: started };
}

/** Keeps the record of a commit of main, as its push has. */
export async function keepRecord(github: Github, facts: Partial<Snapshot> & { commit: string }) {
  const record = { ...snapshot({ budgets: [LIMITS], assets: [app(2_000)] }), ...facts };
  const { id: runId } = await github.addRun({ headSha: facts.commit });
  const files = { 'snapshot.json': formatSnapshot(record) };
  await github.addArtifact({ name: artifactName(record.project, facts.commit), runId, files });
}

/** What the fork's run has uploaded: honest, unless it is told to lie. */
export async function uploadHead(
  github: Github,
  { run }: ForkWorld,
  head: Snapshot | string,
  given: Partial<NewArtifact> = {},
): Promise<void> {
  const text = typeof head === 'string' ? head : formatSnapshot(head);
  const project = typeof head === 'string' ? '.' : head.project;
  const artifact = { name: headArtifactName(project), files: { 'snapshot.json': text } };
  await github.addArtifact({ ...artifact, runId: run.id, ...given } as NewArtifact);
}
