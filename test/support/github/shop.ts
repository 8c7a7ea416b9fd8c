import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { bytes } from '../build.ts';
import { checkout } from '../story.ts';
import { git, writeFiles } from '../temporary.ts';
import * as events from './events.ts';
import type { Github } from './github.ts';
import type { PullSeed, RunSeed } from './protocol.ts';
import { type ActionRequest, type ActionResult, runAction } from './runner.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface ShopRun extends ActionResult {
  readonly runId: number;
  readonly workspace: string;
  /** Null where none was made. */
  readonly report: Report | null;
}

type RunRequest = Partial<ActionRequest> & {
  /** What actions/checkout takes; default: the event's own commit. */
  readonly checkout?: string;
  readonly depth?: number;
  /** What is known of the run beside what the event says. */
  readonly run?: Partial<RunSeed>;
  /** The runner gives the steps nothing to write artifacts with. */
  readonly isSealed?: boolean;
};

export interface Pull {
  readonly head: string;
  /** GitHub's test merge. */
  readonly merge: string;
  readonly seed: PullSeed;
  readonly event: events.RunnerEvent;
}

export type Shop = Awaited<ReturnType<typeof openShop>>;

/**
 * A repository on GitHub whose build is `src/*.js`, and the life of its branches: pushes to main
 * change `src/main.js`, its pull request `src/app.js`.
 */
export async function openShop(github: Github, config: object) {
  const remote = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-shop-')));
  onTestFinished(() => rm(remote, { recursive: true, force: true }));
  await git(remote, 'init', '--quiet');

  /** Commits these files to the branch that is checked out. */
  async function commit(files: Readonly<Record<string, unknown>> = {}): Promise<string> {
    await writeFiles(remote, files);
    await git(remote, 'add', '.');
    await git(remote, 'commit', '--quiet', '--allow-empty', '-m', 'change');
    return git(remote, 'rev-parse', 'HEAD');
  }

  /** The step of a workflow's run, on what actions/checkout takes and `npm run build` makes. */
  async function run(event: events.RunnerEvent, given: RunRequest = {}): Promise<ShopRun> {
    const { checkout: ref = event.sha, depth = 1, run: seed, isSealed, ...request } = given;
    await github.push(join(remote, '.git'));
    const workspace = request.workspace ?? (await build(ref, depth));
    const { id: runId } = await github.addRun({ ...runOf(event), ...seed });
    const result = await runAction({
      directory: ROOT,
      event,
      apiUrl: github.apiUrl,
      runId,
      runNumber: runId,
      ...(isSealed ? {} : { runtime: await github.runtime(runId) }),
      ...request,
      token: request.token ?? (await github.mintToken()),
      workspace,
    });
    return { ...result, runId, workspace, report: await reportOf(result) };
  }

  /** What stands in the workspace when the step begins. */
  async function build(ref: string, depth = 1): Promise<string> {
    const workspace = await checkout(join(remote, '.git'), ref, depth);
    await cp(join(workspace, 'src'), join(workspace, 'dist'), { recursive: true });
    return workspace;
  }

  await commit({ 'budgets.json': config, '.gitignore': 'dist\n', 'src/main.js': bytes(1_000) });
  return {
    remote,
    commit,
    /** The tip of a branch. */
    tip: (branch: string) => git(remote, 'rev-parse', branch),
    run,
    build,
    /** Goes to a branch, a new one from `start`. */
    async go(branch: string, start?: string): Promise<void> {
      const how = start === undefined ? [branch] : ['-B', branch, start];
      await git(remote, 'checkout', '--quiet', ...how);
    },
    /** A push to main, after which `main.js` has a size, and its run. */
    async pushMain(size: number, given: RunRequest = {}) {
      await git(remote, 'checkout', '--quiet', 'main');
      const before = await git(remote, 'rev-parse', 'HEAD');
      const after = await commit({ 'src/main.js': bytes(size) });
      return { sha: after, ...(await run(events.push({ before, after }), given)) };
    },
    /** Opens pull request 7 from a new branch, after whose one commit `app.js` has a size. */
    async pull(size: number, start = 'main', given: Partial<events.PullEvent> = {}): Promise<Pull> {
      const baseSha = await git(remote, 'rev-parse', 'main');
      await git(remote, 'checkout', '--quiet', '-B', 'feature', start);
      const head = await commit({ 'src/app.js': bytes(size) });
      const merge = await testMerge(remote, head);
      const facts = { headSha: head, baseSha, mergeSha: merge, ...given };
      const seed = await github.addPull(facts);
      return { head, merge, seed, event: events.pullRequest({ ...facts, ...seed }) };
    },
    /** GitHub's test merge of a commit into main as it is now. */
    testMerge: (head: string) => testMerge(remote, head),
  };
}

async function testMerge(remote: string, head: string): Promise<string> {
  await git(remote, 'checkout', '--quiet', '--detach', 'main');
  await git(remote, 'merge', '--quiet', '--no-ff', '-m', 'test merge', head);
  const merge = await git(remote, 'rev-parse', 'HEAD');
  await git(remote, 'update-ref', 'refs/pull/7/merge', merge);
  await git(remote, 'checkout', '--quiet', 'main');
  return merge;
}

/** A run as GitHub lists it: that of a pull request has the head's commit, branch and repository. */
function runOf({ name, sha, ref, payload }: events.RunnerEvent): Partial<RunSeed> {
  const head = payload.pull_request?.head;
  const branch = head?.ref ?? ref.replace(/^refs\/heads\//, '');
  const run = { event: name, headSha: head?.sha ?? sha, headBranch: branch };
  if (!head?.repo) return run;
  const { id, owner, name: repository } = head.repo;
  return { ...run, headRepository: { id, owner: owner.login, name: repository } };
}

async function reportOf({ outputs }: ActionResult): Promise<Report | null> {
  if (!outputs.report) return null;
  return JSON.parse(await readFile(outputs.report, 'utf8')) as Report;
}
