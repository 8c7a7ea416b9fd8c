import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KeepRequest, keep } from '../../src/baseline/keep.ts';
import { isKeeper } from '../../src/baseline/keeper.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/model/config.ts';
import { asset, snapshot } from '../support/build.ts';
import { SHA } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { runOf } from '../support/github/run-of.ts';
import { quietHost } from '../support/measured.ts';
import { commitOf } from '../support/records.ts';
import { git, temporaryFolder } from '../support/temporary.ts';

const COMMIT = commitOf('head');

/** A git checkout with a budgets file. */
async function project(baseline: object = {}): Promise<Config> {
  const budgets = { budgets: [{ files: 'dist/*.js', max: 1 }], baseline };
  const folder = await temporaryFolder({ 'budgets.json': budgets, 'a-file': '' });
  await git(folder, 'init', '--quiet');
  return loadConfig(null, folder, quietHost());
}

async function kept(baseline: object, given: Partial<KeepRequest> = {}) {
  const config = await project(baseline);
  const head = snapshot({ commit: COMMIT, assets: [asset('dist/a.js')] });
  const request = { snapshot: head, verdict: null, config, run: null, connect: null, ...given };
  return { folder: config.folder, ...(await keep(request, quietHost())) };
}

/** The record that a file store has in a folder, by its project's. */
async function recordIn(folder: string): Promise<unknown> {
  const [project = ''] = await readdir(folder);
  return JSON.parse(await readFile(join(folder, project, `${COMMIT}.json`), 'utf8'));
}

describe('a record', () => {
  it('is kept in the git folder by default, whatever the verdict was, and says both', async () => {
    const { folder, ...done } = await kept({}, { verdict: 'fail' });
    expect(done).toEqual({ store: 'file', faults: [] });
    expect(await recordIn(join(folder, '.git/weighbridge'))).toMatchObject({
      commit: COMMIT,
      kept: { verdict: 'fail', run: null },
    });
  });

  it('is kept in the first store that takes it, and no other; what is wrong is said by name', async () => {
    const stores = [{ file: 'a-file' }, { file: 'first' }, { file: 'second' }];
    const { folder, store, faults } = await kept({ stores });
    expect(store).toBe('file');
    expect(faults).toEqual([expect.stringMatching(/^Store file: .*a-file/)]);
    expect(await recordIn(join(folder, 'first'))).toMatchObject({ commit: COMMIT });
    expect(await readdir(folder)).not.toContain('second');
  });

  it('is kept nowhere when no store takes it', async () => {
    const { store, faults } = await kept({ stores: [{ file: 'a-file' }] });
    expect({ store, count: faults.length }).toEqual({ store: null, count: 1 });
  });

  it('belongs to a commit', async () => {
    const none = kept({}, { snapshot: snapshot({ commit: null }) });
    await expect(none).rejects.toMatchObject({ name: 'UserError', code: 'no-commit' });
  });

  it('passes artifacts over on a machine that is no runner, where there is another store', async () => {
    const { store, faults } = await kept({ stores: ['artifact', 'file'] });
    expect({ store, faults }).toEqual({ store: 'file', faults: [] });
    const alone = await kept({ stores: ['artifact'] });
    expect(alone.store).toBeNull();
    expect(alone.faults[0]).toContain('Store artifact: No artifact can be written here');
  });

  it('of a run names it, and goes into its artifacts by default', async () => {
    const run = runOf(events.push());
    const { store, faults } = await kept({}, { run });
    // There is no runner here to write one with.
    expect(store).toBeNull();
    expect(faults).toEqual([expect.stringContaining('Store artifact: No artifact can be written')]);
    const { folder } = await kept({ stores: ['file'] }, { run, verdict: 'pass' });
    expect(await recordIn(join(folder, '.git/weighbridge'))).toMatchObject({
      kept: { verdict: 'pass', run: run.id },
    });
  });

  it('of a merge queue, whose commit may never be reached, goes into an artifact alone', async () => {
    const run = runOf(events.mergeGroup());
    const { folder, ...done } = await kept({ stores: ['file', 'git'] }, { run });
    expect(done).toEqual({ store: null, faults: [] });
    expect(await readdir(join(folder, '.git'))).not.toContain('weighbridge');
    const { faults } = await kept({ stores: ['file', 'artifact'] }, { run });
    expect(faults).toEqual([expect.stringContaining('Store artifact:')]);
  });

  it('that cannot be written leaves nothing half-written', async () => {
    const config = await project({ stores: [{ file: 'records' }] });
    // A folder where the record's file would be.
    await mkdir(join(config.folder, 'records/%2e', `${COMMIT}.json`), { recursive: true });
    const head = snapshot({ commit: COMMIT });
    const request = { snapshot: head, verdict: null, config, run: null, connect: null };
    expect((await keep(request, quietHost())).store).toBeNull();
    expect(await readdir(join(config.folder, 'records/%2e'))).toEqual([`${COMMIT}.json`]);
  });
});

describe('whose runs are kept', () => {
  it.each([
    ['a push to the default branch', events.push(), true],
    ['a forced push to it', events.push({ forced: true }), true],
    ['its first push', events.push({ before: SHA.none }), true],
    ['its deletion', events.push({ after: SHA.none }), false],
    ['a push to another branch', events.push({ ref: 'refs/heads/feature' }), false],
    ['a branch called almost so', events.push({ ref: 'refs/heads/x/main' }), false],
    ['a new branch', events.branchPush(), false],
    ['a tag called so', events.tagPush({ ref: 'refs/tags/main' }), false],
    ['a merge queue', events.mergeGroup(), true],
    ['a schedule', events.schedule(), true],
    ['a run by hand', events.workflowDispatch(), true],
    [
      'a run by hand of another branch',
      events.workflowDispatch({ ref: 'refs/heads/feature' }),
      false,
    ],
    ['a run by hand of a tag', events.workflowDispatch({ ref: 'refs/tags/main' }), false],
    ['a pull request', events.pullRequest(), false],
    ['a pull request from main into release', pullFromMain(), false],
    ['a fork’s pull request whose branch is called main', forkCalledMain(), false],
    ['a pull request of a deleted fork', events.deletedForkPullRequest(), false],
    ['pull_request_target, a run of the base branch', events.pullRequestTarget(), false],
    ['Dependabot', events.dependabotPullRequest(), false],
    ['a deployment', events.deploymentStatus({ ref: 'refs/heads/main' }), false],
    ['a call from outside, a run of the default branch', events.repositoryDispatch(), false],
    ['the end of another run', events.workflowRun(), false],
  ] as const)('%s', async (_, event, expected) => {
    expect(isKeeper(runOf(event), await project())).toBe(expected);
  });

  it.each([
    ['a push to it', events.push({ ref: 'refs/heads/release/1' }), true],
    ['a run by hand of it', events.workflowDispatch({ ref: 'refs/heads/release/1' }), true],
    ['a push to the default branch', events.push(), false],
    ['a schedule of the default branch', events.schedule(), false],
  ])('where the settings name a branch: %s', async (_, event, expected) => {
    expect(isKeeper(runOf(event), await project({ branch: 'release/1' }))).toBe(expected);
  });
});

function pullFromMain() {
  return events.pullRequest({ headRef: 'main', baseRef: 'release' });
}

function forkCalledMain() {
  return events.forkPullRequest({ headRef: 'main' });
}
