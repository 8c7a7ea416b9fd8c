import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatSnapshot, parseSnapshot } from '../../src/core/snapshot-text.ts';
import { artifactName } from '../../src/stores/artifact-name.ts';
import { bytes } from '../support/build.ts';
import { FORK } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { type Github, type NewFault, READ, startGithub } from '../support/github/github.ts';
import { openShop, type Shop, type ShopRun } from '../support/github/shop.ts';
import { git, writeFiles } from '../support/temporary.ts';

const LIMITS = { max: '10 kB', maxIncrease: '500 B' };

function budgets(top: object = {}, limits: object = LIMITS) {
  return { encodings: ['raw'], budgets: [{ name: 'All', files: 'dist/*.js', ...limits }], ...top };
}

let github: Github;
let shop: Shop;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
beforeEach(async () => {
  await github.reset();
  shop = await openShop(github, budgets());
});
afterEach(async () => {
  // Whatever a test is about: no request may break GitHub's own description of its API.
  expect(await github.violations()).toEqual([]);
});

/** What the run was compared with, and by how much all files together have changed. */
function comparedIn({ report, outputs }: ShopRun) {
  const base = report?.comparison.base ?? null;
  const finding = report?.verdict.findings.find(({ rule }) => rule === 'max-increase');
  expect(outputs['base-commit']).toBe(base?.commit ?? '');
  return { ...base, delta: finding?.delta ?? null };
}

const absenceIn = ({ report }: ShopRun) => report?.meta.noBaseline ?? '';
const notesIn = ({ report }: ShopRun) => report?.meta.notes.join('\n') ?? '';

function expectKept({ log }: ShopRun): void {
  expect(log).toContain("This run's record is in the artifact store.");
}

/** The record that a run would keep, as it would be in an artifact. */
async function recordOf({ outputs, runId }: ShopRun): Promise<Record<string, string>> {
  const text = await readFile(outputs.snapshot ?? '', 'utf8');
  const kept = { verdict: 'pass', run: runId } as const;
  return { 'snapshot.json': formatSnapshot({ ...parseSnapshot(text, 'head'), kept }) };
}

describe('a pull request', () => {
  it('is compared with what a push to main has stored, at depth 1', async () => {
    const pushed = await shop.pushMain(2_000);
    expectKept(pushed);
    const { event } = await shop.pull(300);
    const run = await shop.run(event);

    expect(run.exitCode).toBe(0);
    expect(comparedIn(run)).toMatchObject({
      commit: pushed.sha,
      provenance: 'exact',
      how: 'first-parent',
      store: 'artifact',
      run: pushed.runId,
      delta: 300,
    });
    const words = `the first parent of what was built, stored by run ${pushed.runId}`;
    expect(run.summary).toContain(words);
    expect((await github.comments(7))[0]?.body).toContain(words);
    expect(notesIn(run)).toBe('');
  });

  it('is red where it grows too much', async () => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(501);
    expect(await shop.run(event)).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
  });

  it('finds the record of a push that was red itself', async () => {
    const pushed = await shop.pushMain(10_100);
    expect(pushed).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expectKept(pushed);
    const { event } = await shop.pull(300);
    const run = await shop.run(event);
    expect(comparedIn(run)).toMatchObject({ provenance: 'exact', delta: 300 });
  });

  it('is blamed for its own change alone after main has moved on (trap: the tip was compared with)', async () => {
    await shop.pushMain(2_000);
    const { head, event } = await shop.pull(300);
    const moved = await shop.pushMain(4_000);
    const merge = await shop.testMerge(head);
    await github.updatePull(7, { mergeSha: merge });
    const run = await shop.run({ ...event, sha: merge });
    expect(comparedIn(run)).toMatchObject({ commit: moved.sha, how: 'first-parent', delta: 300 });
    expect(run.exitCode).toBe(0);
  });

  it('whose head was checked out is compared with where it left main', async () => {
    const pushed = await shop.pushMain(2_000);
    const { head, event } = await shop.pull(300);
    await shop.pushMain(4_000);
    const run = await shop.run(event, { checkout: head });
    expect(comparedIn(run)).toMatchObject({ commit: pushed.sha, how: 'merge-base', delta: 300 });
  });

  it('that was pushed to by force is compared anew', async () => {
    await shop.pushMain(2_000);
    await shop.run((await shop.pull(300)).event);
    const pushed = await shop.pushMain(3_000);
    const run = await shop.run((await shop.pull(200)).event);
    expect(comparedIn(run)).toMatchObject({ commit: pushed.sha, delta: 200 });
  });

  it('run again after days, with its old event, is compared with what it was built on', async () => {
    const pushed = await shop.pushMain(2_000);
    const { event } = await shop.pull(300);
    await shop.run(event);
    await shop.pushMain(4_000);
    await github.forgetRecords();
    const again = await shop.run(event, { runAttempt: 2 });
    expect(comparedIn(again)).toMatchObject({ commit: pushed.sha, delta: 300 });
  });

  it('on a commit of main without a record is compared with an ancestor, and only warned', async () => {
    const pushed = await shop.pushMain(2_000);
    await shop.pushMain(2_100, { isSealed: true });
    const { event } = await shop.pull(600);
    const run = await shop.run(event);
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn' } });
    expect(comparedIn(run)).toMatchObject({
      commit: pushed.sha,
      provenance: 'ancestor',
      distance: 1,
      delta: 700,
    });
    expect(run.summary).toContain('1 commit before the first parent of what was built');
  });

  it('built from a wrong checkout gets no verdict, and both commits are named', async () => {
    const pushed = await shop.pushMain(2_000);
    const { event, head } = await shop.pull(300);
    const run = await shop.run(event, { checkout: pushed.sha });
    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBeUndefined();
    expect(run.annotations[0]?.message).toContain(pushed.sha);
    expect(run.annotations[0]?.message).toContain(head);
  });
});

describe('the first steps', () => {
  it('before any record a pull request is green, strict or not, and told what comes', async () => {
    const { event } = await shop.pull(300);
    const run = await shop.run(event, { inputs: { strict: 'true' } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
    const words = 'No baseline yet: comparisons start after the first run on main.';
    expect(absenceIn(run)).toBe(words);
    expect(run.summary).toContain(words);
  });

  it('once main has a record, a comparison that cannot be made is no adoption', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const first = await shop.pull(300);
    await shop.pushMain(3_000);
    const run = await shop.run(first.event, { inputs: { strict: 'true' } });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'inconclusive' } });
    expect(absenceIn(run)).toMatch(/^No record of base, .*: let the workflow run on every push/);
  });

  it('the first push of all has nothing to be compared with, and is kept', async () => {
    const run = await shop.pushMain(2_000);
    expect(absenceIn(run)).toContain('No baseline yet');
    expectKept(run);
    const next = await shop.pushMain(2_600);
    expect(comparedIn(next)).toMatchObject({ commit: run.sha, how: 'before-push', delta: 600 });
    // The pull request was its gate.
    expect(next).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn' } });
  });

  it('a push to another branch keeps nothing', async () => {
    await shop.go('feature', 'main');
    const sha = await shop.commit({ 'src/app.js': bytes(10) });
    const event = events.push({
      ref: 'refs/heads/feature',
      before: await shop.tip('main'),
      after: sha,
    });
    const run = await shop.run(event);
    expect(run.log).not.toContain('record is in');
    await shop.go('main');
    expect(absenceIn(await shop.run((await shop.pull(300)).event))).toContain('No baseline yet');
  });

  it('a push that was built from something else keeps nothing, and says so', async () => {
    const { sha } = await shop.pushMain(2_000, { isSealed: true });
    const after = await shop.commit({ 'src/main.js': bytes(2_100) });
    const run = await shop.run(events.push({ before: sha, after }), { checkout: sha });
    expect(run.annotations.map(({ message }) => message).join()).toContain('No record is kept');
    expect((await github.requests()).filter(({ path }) => path.includes('CreateArtifact'))).toEqual(
      [],
    );
  });
});

describe('a force push to main', () => {
  it('is compared with the last commit that stays', async () => {
    const stays = await shop.pushMain(2_000);
    const thrown = await shop.pushMain(5_000);
    await git(shop.remote, 'reset', '--quiet', '--hard', stays.sha);
    const after = await shop.commit({ 'src/main.js': bytes(2_100) });
    const event = events.push({ before: thrown.sha, after, forced: true });
    const run = await shop.run(event);
    expect(comparedIn(run)).toMatchObject({ commit: stays.sha, how: 'merge-base', delta: 100 });
    expectKept(run);
  });
});

describe('a merge queue', () => {
  /** An entry of a merge queue on main: the commit that main would become. */
  async function entry() {
    const base = await shop.pushMain(2_000);
    const { head } = await shop.pull(300);
    const merge = await shop.testMerge(head);
    await git(shop.remote, 'update-ref', 'refs/heads/gh-readonly-queue/main/pr-7', merge);
    const event = events.mergeGroup({ headSha: merge, baseSha: base.sha });
    return { base, merge, run: await shop.run(event) };
  }

  it('compares its entry with what it is merged into, and keeps its record', async () => {
    const { base, run } = await entry();
    expect(comparedIn(run)).toMatchObject({ commit: base.sha, provenance: 'exact', how: 'queue' });
    expect(comparedIn(run).delta).toBe(300);
    expectKept(run);
  });

  it('has its record believed once main has the commit, before any push has run', async () => {
    const { merge, run } = await entry();
    await git(shop.remote, 'checkout', '--quiet', 'main');
    await git(shop.remote, 'reset', '--quiet', '--hard', merge);
    const next = await shop.run((await shop.pull(350)).event);
    expect(comparedIn(next)).toMatchObject({ commit: merge, provenance: 'exact', run: run.runId });
  });

  it('has no record of an entry believed that was thrown out of it', async () => {
    const { base, merge } = await entry();
    // Somebody's pull request on top of the entry.
    const { event } = await shop.pull(400, merge);
    const run = await shop.run(event, { inputs: { base: merge } });
    expect(comparedIn(run)).toMatchObject({ commit: base.sha, provenance: 'ancestor' });
  });
});

describe('a workflow that another one calls', () => {
  it('keeps the record of its caller’s push, and compares its caller’s pull request', async () => {
    const before = await shop.tip('main');
    const after = await shop.commit({ 'src/main.js': bytes(2_000) });
    const called = { workflow: 'Caller', job: 'budgets' };
    const event = events.workflowCall(events.push({ before, after }));
    const pushed = await shop.run(event, called);
    expect(pushed.exitCode).toBe(0);
    expectKept(pushed);
    const pull = await shop.pull(501);
    const run = await shop.run(events.workflowCall(pull.event), called);

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '1' } });
    expect(comparedIn(run)).toMatchObject({
      commit: after,
      provenance: 'exact',
      how: 'first-parent',
      run: pushed.runId,
      delta: 501,
    });
    expect(await github.comments(7)).toHaveLength(1);
  });
});

describe('records that are gone', () => {
  async function expiredRecord() {
    const pushed = await shop.pushMain(2_000, { isSealed: true });
    const files = await recordOf(pushed);
    const name = artifactName('.', pushed.sha);
    await github.addArtifact({ name, runId: pushed.runId, files, expired: true });
    return pushed;
  }

  it('are named as expired, and a schedule on main renews them', async () => {
    const { sha } = await expiredRecord();
    const { event } = await shop.pull(300);
    const before = await shop.run(event, { inputs: { strict: 'true' } });
    expect(before.exitCode).toBe(1);
    expect(absenceIn(before)).toContain('has expired');
    expect(absenceIn(before)).not.toContain('No baseline yet');
    const renewal = await shop.run(events.schedule({ sha }));
    expectKept(renewal);
    const after = await shop.run(event);
    expect(comparedIn(after)).toMatchObject({
      provenance: 'exact',
      run: renewal.runId,
      delta: 300,
    });
  });

  it('in the night after an allowed growth is as green as the push was', async () => {
    await shop.pushMain(2_000);
    const push = await shop.pushMain(9_000);
    expect(push).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn' } });
    const night = await shop.run(events.schedule({ sha: push.sha }));
    expect(night).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn' } });
  });

  it('that a change brings along are not believed', async () => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(300);
    const workspace = await shop.build(event.sha);
    const config = JSON.parse(await readFile(join(workspace, 'budgets.json'), 'utf8')) as object;
    const forged = { ...config, baseline: { stores: [{ file: 'records' }] } };
    await writeFiles(workspace, { 'budgets.json': forged, 'records/forged.json': '{}' });
    await git(workspace, 'add', '.');
    const run = await shop.run(event, { workspace, inputs: { strict: 'true' } });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'inconclusive' } });
    expect(absenceIn(run)).toContain('part of what is checked out');
  });

  it('expire while they are fetched', async () => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(300);
    await github.fault({ kind: 'gone', path: /\/zip/ });
    expect(absenceIn(await shop.run(event))).toContain('has expired');
  });

  it.each([
    ['bytes that are no archive', { zip: Buffer.from('<html>') }],
    ['an archive of something else', { files: { 'other.json': '{}' } }],
    ['a record that was cut', { files: { 'snapshot.json': '{"schemaVersion":1' } }],
  ] as const)('or damaged, %s, are never read as none', async (_, content) => {
    const { sha, runId } = await shop.pushMain(2_000, { isSealed: true });
    await github.addArtifact({ name: artifactName('.', sha), runId, ...content });
    const { event } = await shop.pull(300);
    const run = await shop.run(event, { inputs: { strict: 'true' } });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'inconclusive' } });
    expect(absenceIn(run)).toContain('No usable record of base');
    expect(absenceIn(run)).not.toContain('No baseline yet');
  });

  it('and damaged give way to an ancestor, with a note', async () => {
    const older = await shop.pushMain(2_000);
    const { sha, runId } = await shop.pushMain(2_000, { isSealed: true });
    const files = { 'snapshot.json': '{' };
    await github.addArtifact({ name: artifactName('.', sha), runId, files });
    const run = await shop.run((await shop.pull(300)).event);
    expect(comparedIn(run)).toMatchObject({ commit: older.sha, provenance: 'ancestor' });
    expect(notesIn(run)).toContain('Store artifact: ');
    expect(run.summary).toContain('Store artifact: ');
  });
});

describe('records that are not to be believed', () => {
  it.each([
    ['a fork’s run on its branch main', { event: 'pull_request', headRepository: FORK }],
    ['a fork’s push', { event: 'push', headRepository: FORK }],
    ['a pull request from main into another branch', { event: 'pull_request' }],
    ['a push to another branch', { event: 'push', headBranch: 'feature' }],
    ['pull_request_target', { event: 'pull_request_target' }],
  ] as const)('of %s are ignored', async (_, run) => {
    const pushed = await shop.pushMain(2_000, { isSealed: true });
    const files = await recordOf(pushed);
    const { id: runId } = await github.addRun({ headSha: pushed.sha, headBranch: 'main', ...run });
    await github.addArtifact({ name: artifactName('.', pushed.sha), runId, files });
    const found = await shop.run((await shop.pull(300)).event);
    expect(found.outputs.verdict).toBe('inconclusive');
    expect(comparedIn(found).delta).toBeNull();
  });
});

describe('a token that may only read', () => {
  const readers = [
    ['a fork', { fork: FORK, author: FORK.owner }],
    ['a deleted fork', { fork: null, author: FORK.owner }],
    ['Dependabot', { author: 'dependabot[bot]', headRef: 'dependabot/npm_and_yarn/lodash-4' }],
  ] as const;

  it.each(readers)('%s: the verdict is what it would be, and one notice', async (_, given) => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(501, 'main', given);
    const run = await shop.run(event, { token: await github.mintToken(READ) });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expect(comparedIn(run)).toMatchObject({ provenance: 'exact', delta: 501 });
    const notices = run.annotations.filter(({ level }) => level === 'notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toContain('pull-requests: write');
    expect(await github.comments(7)).toEqual([]);
  });

  it('without `actions: read` it is told which line to add, and the verdict stands', async () => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(300);
    const token = await github.mintToken({ contents: 'read', pull_requests: 'write' });
    const run = await shop.run(event, { token, inputs: { comment: 'always' } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
    expect(absenceIn(run)).toContain('Add `permissions: { actions: read }` to the job');
    expect(absenceIn(run)).not.toContain('No baseline yet');
    expect(run.summary).toContain('actions: read');
    expect((await github.comments(7))[0]?.body).toContain('actions: read');
    const red = await shop.run(event, { token, inputs: { strict: 'true' } });
    expect(red.exitCode).toBe(1);
  });
});

describe('other events', () => {
  it('a deployment of a pull request’s head is compared with where that left main', async () => {
    const pushed = await shop.pushMain(2_000);
    const { head } = await shop.pull(300);
    await shop.pushMain(4_000);
    const run = await shop.run(events.deploymentStatus({ sha: head }));
    expect(comparedIn(run)).toMatchObject({ commit: pushed.sha, how: 'merge-base', delta: 300 });
    expect(run.log).not.toContain('record is in');
  });

  it('a run by hand of a branch is compared with where it left main, and keeps nothing', async () => {
    const pushed = await shop.pushMain(2_000);
    const { head } = await shop.pull(300);
    await shop.pushMain(4_000);
    const run = await shop.run(events.workflowDispatch({ sha: head, ref: 'refs/heads/feature' }));
    expect(comparedIn(run)).toMatchObject({ commit: pushed.sha, how: 'merge-base', delta: 300 });
    expect(run.log).not.toContain('record is in');
  });

  it('a run by hand of main fills a gap', async () => {
    const { sha } = await shop.pushMain(2_000, { isSealed: true });
    const run = await shop.run(events.workflowDispatch({ sha }));
    expectKept(run);
    const next = await shop.run((await shop.pull(300)).event);
    expect(comparedIn(next)).toMatchObject({ commit: sha, provenance: 'exact', run: run.runId });
  });

  it('a call from outside is compared as the commit of main that it is, and keeps nothing', async () => {
    const first = await shop.pushMain(2_000);
    const second = await shop.pushMain(2_100, { isSealed: true });
    const run = await shop.run(events.repositoryDispatch({ sha: second.sha }));
    expect(comparedIn(run)).toMatchObject({ commit: first.sha, how: 'first-parent', delta: 100 });
    expect(run.log).not.toContain('record is in');
  });
});

describe('base by name', () => {
  it('is that commit, and one that there is not gets no verdict', async () => {
    const pushed = await shop.pushMain(2_000);
    await shop.pushMain(4_000);
    const { event } = await shop.pull(300);
    const run = await shop.run(event, { inputs: { base: pushed.sha } });
    expect(comparedIn(run)).toMatchObject({ commit: pushed.sha, how: 'ref', delta: 2_300 });
    const none = await shop.run(event, { inputs: { base: 'mian' } });
    expect(none.exitCode).toBe(1);
    expect(none.outputs.verdict).toBeUndefined();
    expect(none.annotations[0]?.message).toContain('The base mian cannot be found');
  });
});

it('base by the name of a branch is served from the records of that branch’s runs', async () => {
  await shop.go('release', 'main');
  const sha = await shop.commit({ 'src/main.js': bytes(2_000) });
  const event = events.workflowDispatch({ sha, ref: 'refs/heads/release' });
  const measured = await shop.run(event);
  const { id: runId } = await github.addRun({ headSha: sha, headBranch: 'release' });
  const files = await recordOf(measured);
  await github.addArtifact({ name: artifactName('.', sha), runId, files });
  const { event: pull } = await shop.pull(300);
  const run = await shop.run(pull, { depth: 0, inputs: { base: 'release' } });
  expect(comparedIn(run)).toMatchObject({ commit: sha, provenance: 'exact', how: 'ref' });
});

describe('GitHub in trouble', () => {
  const passing: readonly (readonly [string, NewFault])[] = [
    ['a cut connection', { kind: 'cut' }],
    ['a 429', { kind: 'too-many-requests', retryAfter: 1 }],
    ['a 502', { kind: 'server-error', status: 502 }],
    ['a secondary rate limit', { kind: 'secondary-rate-limit', retryAfter: 1 }],
  ];

  it.each(passing)('%s while reading is tried again', async (_, fault) => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(300);
    await github.fault({ ...fault, path: /\/actions\/artifacts\?/ });
    await github.fault({ ...fault, path: /\/actions\/artifacts\/\d+\/zip/ });
    const run = await shop.run(event);
    expect(comparedIn(run)).toMatchObject({ provenance: 'exact', delta: 300 });
  });

  it('a store that refuses for good is named, and the limits that need no base are judged', async () => {
    await shop.pushMain(2_000);
    const { event } = await shop.pull(9_000);
    // Without the client's own tries, as a 5xx would be: they take half a minute.
    await github.fault({ kind: 'unprocessable', path: /\/actions\//, times: 50 });
    const run = await shop.run(event);
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expect(absenceIn(run)).toContain('GitHub answered 422');
    expect(absenceIn(run)).not.toContain('No baseline yet');
  });

  it.each(passing.slice(1, 3))('%s while writing is tried again', async (_, fault) => {
    await github.fault({ ...fault, path: /CreateArtifact/ });
    const pushed = await shop.pushMain(2_000);
    expectKept(pushed);
    const run = await shop.run((await shop.pull(300)).event);
    expect(comparedIn(run)).toMatchObject({ provenance: 'exact', delta: 300 });
  });

  it.each<readonly [string, string, NewFault]>([
    ['begun', 'is refused', { kind: 'not-found', path: /CreateArtifact/ }],
    ['begun', 'is cut off', { kind: 'cut', path: /CreateArtifact/ }],
    ['begun', 'is cut off late', { kind: 'cut', late: true, path: /CreateArtifact/ }],
    ['filled', 'is refused', { kind: 'not-found', path: /upload\.zip/ }],
    ['finished', 'is refused', { kind: 'not-found', path: /FinalizeArtifact/ }],
    ['finished', 'is cut off', { kind: 'cut', path: /FinalizeArtifact/ }],
  ])(
    'an upload that cannot be %s, for it %s, leaves no half record, and the verdict as it is',
    async (_, __, fault) => {
      await github.fault({ ...fault, times: 50 });
      const pushed = await shop.pushMain(2_000);
      expect(pushed.exitCode).toBe(0);
      expect(pushed.outputs.verdict).toBe('inconclusive');
      const warnings = pushed.annotations.filter(({ level }) => level === 'warning');
      expect(warnings.map(({ message }) => message).join()).toContain('could not be uploaded');
      await github.clearFaults();
      const run = await shop.run((await shop.pull(300)).event);
      expect(absenceIn(run)).toContain('No baseline yet');
    },
  );

  it('a run that is run again puts its record in the place of the first', async () => {
    const pushed = await shop.pushMain(2_000);
    await writeFiles(pushed.workspace, { 'dist/main.js': bytes(2_050) });
    const event = events.push({ before: await shop.tip('main~1'), after: pushed.sha });
    const { workspace, runId } = pushed;
    const again = await shop.run(event, {
      workspace,
      runAttempt: 2,
      run: { id: runId, runAttempt: 2 },
    });
    expectKept(again);
    const run = await shop.run((await shop.pull(300)).event);
    expect(comparedIn(run)).toMatchObject({ provenance: 'exact', run: runId, delta: 250 });
  });
});

describe('check-run: true', () => {
  it('says the verdict with the commit that was pushed, never the test merge', async () => {
    await shop.pushMain(2_000);
    const { event, head } = await shop.pull(501);
    const token = await github.mintToken({ ...READ, pull_requests: 'write', checks: 'write' });
    await shop.run(event, { token, inputs: { 'check-run': 'true' } });
    expect(await github.checkRuns()).toMatchObject([
      { headSha: head, status: 'completed', conclusion: 'failure' },
    ]);
  });

  it('without the permission is a notice', async () => {
    const pushed = await shop.pushMain(2_000, { inputs: { 'check-run': 'true' } });
    expect(pushed.exitCode).toBe(0);
    const notices = pushed.annotations.filter(({ level }) => level === 'notice');
    expect(notices.map(({ message }) => message).join()).toContain('checks: write');
    expectKept(pushed);
  });
});

describe('build', () => {
  const BUILD = 'mkdir -p dist && cp src/*.js dist/';

  it('builds base where there is no record, at depth 1, and keeps nothing of it for others', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const { event } = await shop.pull(501);
    const run = await shop.run(event, { inputs: { build: BUILD } });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expect(comparedIn(run)).toMatchObject({ provenance: 'rebuilt', delta: 501 });
    expect(run.summary).toContain('built anew');
    const next = await shop.run(event);
    expect(absenceIn(next)).toContain('No baseline yet');
  });

  it('is not built again by a later attempt of the same run, and by any other run it is', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const { event } = await shop.pull(501);
    const inputs = { build: `echo building base && ${BUILD}` };
    const run = await shop.run(event, { inputs });
    expect(run.log).toContain('building base');
    const { runId } = run;
    const again = { runId, runAttempt: 2, run: { id: runId, runAttempt: 2 } };
    const retried = await shop.run(event, { inputs, ...again });
    expect(retried.log).not.toContain('building base');
    expect(comparedIn(retried)).toEqual(comparedIn(run));
    expect(retried.exitCode).toBe(1);

    const other = { build: `echo building it otherwise && ${BUILD}` };
    const differently = await shop.run(event, { inputs: other, ...again });
    expect(differently.log).toContain('building it otherwise');
    const elsewhere = await shop.run(event, { inputs, runAttempt: 2 });
    expect(elsewhere.log).toContain('building base');
  }, 120_000);

  it('that fails is said, and the verdict is made without base', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const { event } = await shop.pull(300);
    const run = await shop.run(event, { inputs: { build: 'echo no such tool; exit 3' } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
    expect(absenceIn(run)).toContain('ended with code 3: no such tool');
    expect(run.log).toContain('no such tool');
  });

  it('cannot speak to the runner, nor see what the step may do', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const { event } = await shop.pull(300);
    const leave = (file: string) => `echo "verdict=pwned" >> "\${${file}:-/dev/null}"`;
    const hostile = [
      'echo "::error::pwned"',
      'echo "##[error]pwned"',
      'echo "::set-output name=verdict::pwned"',
      'printf "\\r::warning::pwned\\r\\n::notice::pwned" >&2',
      leave('GITHUB_OUTPUT'),
      leave('GITHUB_ENV'),
      leave('GITHUB_STEP_SUMMARY'),
      'env > env.txt && grep -c "TOKEN\\|INPUT_\\|ACTIONS_" env.txt | sed "s/^/secrets: /"',
      'echo "::stop-commands::pwned"',
      'echo "::weighbridge::"',
      BUILD,
    ].join('; ');
    const run = await shop.run(event, { inputs: { build: hostile } });
    expect(comparedIn(run)).toMatchObject({ provenance: 'rebuilt', delta: 300 });
    expect(run.outputs.verdict).toBe('pass');
    expect(run.annotations).toEqual([]);
    expect(run.env).toEqual({});
    expect(run.summary).not.toContain('pwned');
    expect(run.log).toContain('::error::pwned');
    expect(run.log).toContain('secrets: 0');
    await expect(access(join(run.workspace, 'env.txt'))).rejects.toThrow();
  });

  it('is never run with the rights of the repository for a fork’s change', async () => {
    await shop.pushMain(2_000, { isSealed: true });
    const { seed, head } = await shop.pull(300, 'main', { fork: FORK, author: FORK.owner });
    const event = events.pullRequestTarget(seed);
    const build = `echo pwned && ${BUILD}`;
    const run = await shop.run(event, { checkout: head, inputs: { build } });
    expect(run.outputs.verdict).toBe('inconclusive');
    expect(run.stdout).not.toContain('pwned');
    expect(run.log).not.toContain('Building base');
  });
});
