import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { artifactName, headArtifactName } from '../../src/stores/artifact-name.ts';
import { bytes } from '../support/build.ts';
import { FORK, SHA } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { type Github, READ, startGithub, WRITE } from '../support/github/github.ts';
import { openShop, type Pull, type Shop, type ShopRun } from '../support/github/shop.ts';
import { type Files, git, temporaryFolder } from '../support/temporary.ts';

const LIMITS = { max: '3 kB', maxIncrease: '500 B' };

function budgets(top: object = {}, limits: object = LIMITS) {
  return { encodings: ['raw'], budgets: [{ name: 'All', files: 'dist/*.js', ...limits }], ...top };
}

let github: Github;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
beforeEach(() => github.reset());
afterEach(async () => {
  // Whatever a test is about: no request may break GitHub's own description of its API.
  expect(await github.violations()).toEqual([]);
});

const commentsOf = async (number = 7) => (await github.comments(number)).map(({ body }) => body);

/** The pull request's one comment. */
async function onlyComment(): Promise<string> {
  const [body = '', ...others] = await commentsOf();
  expect(others).toEqual([]);
  return body;
}

/** Names of the artifacts that were made since records were last forgotten. */
async function uploaded(): Promise<string[]> {
  const made = (await github.requests()).filter(({ path }) => path.endsWith('/CreateArtifact'));
  return made.map(({ body }) => (body as { readonly name: string }).name).sort();
}

const QUIET = { comment: 'never' };
const errorsOf = ({ annotations }: ShopRun) => annotations.filter(({ level }) => level === 'error');
const relaxedIn = ({ report }: ShopRun) => report?.verdict.relaxed.map(({ kind }) => kind);

/** The privileged half of the pair, at the end of a run of a fork's pull request. */
async function deliver(shop: Shop, checked: ShopRun, head: string, inputs = {}): Promise<ShopRun> {
  const { runId } = checked;
  const run = { id: runId, runNumber: runId, headSha: head, headRepository: FORK };
  return shop.run(events.workflowRun(run), { workspace: await temporaryFolder(), inputs });
}

/** Another push to the branch of the pull request. */
async function pushOn(shop: Shop, { seed }: Pull, files: Files): Promise<Pull> {
  await shop.go('feature');
  const head = await shop.commit(files);
  const merge = await shop.testMerge(head);
  await github.updatePull(seed.number, { headSha: head, mergeSha: merge });
  const next = { ...seed, headSha: head, mergeSha: merge };
  return { head, merge, seed: next, event: events.pullRequest(next) };
}

describe('several projects', () => {
  const ALL = 'packages/*/budgets.json';
  let shop: Shop;

  beforeEach(async () => {
    shop = await openShop(github, budgets());
  });

  /** A package by its size when it is built. */
  const pack = (name: string, size: number, file: object | string = budgets()): Files => ({
    [`packages/${name}/budgets.json`]: file,
    [`packages/${name}/src/${name}.js`]: bytes(size),
  });

  type Given = Parameters<Shop['run']>[1] & { readonly unbuilt?: readonly string[] };

  async function check(event: events.RunnerEvent, given: Given = {}): Promise<ShopRun> {
    const { unbuilt = [], inputs, ...request } = given;
    const workspace = await shop.build(event.sha);
    const folder = join(workspace, 'packages');
    for (const name of (await readdir(folder)).filter((one) => !unbuilt.includes(one))) {
      await cp(join(folder, name, 'src'), join(folder, name, 'dist'), { recursive: true });
    }
    return shop.run(event, { ...request, workspace, inputs: { config: ALL, ...inputs } });
  }

  async function push(files: Files, given: Given = {}) {
    await shop.go('main');
    const before = await shop.tip('main');
    const sha = await shop.commit(files);
    return { sha, ...(await check(events.push({ before, after: sha }), given)) };
  }

  async function open(files: Files, given: Partial<events.PullEvent> = {}): Promise<Pull> {
    await shop.go('change', 'main');
    return shop.pull(1, await shop.commit(files), given);
  }

  const projectsIn = ({ report }: ShopRun) =>
    report?.meta.projects?.map(({ project, status, base }) => [
      project,
      status,
      base?.commit ?? null,
    ]);

  it('keep a record each, and are one verdict and one comment', async () => {
    const files = { ...pack('a', 2_000), ...pack('b', 1_000), ...pack('c', 500) };
    const { sha, log } = await push(files);
    const names = ['a', 'b', 'c'].map((name) => artifactName(`packages/${name}`, sha));
    expect(await uploaded()).toEqual(names.sort());
    expect(log.match(/This run's record is in the artifact store\./g)).toHaveLength(3);
    // Its budget is on another line than that of the others.
    const moved = JSON.stringify(budgets(), null, 2).replace('{', '{\n\n');
    const { event, head } = await open({ ...pack('a', 2_501, moved), ...pack('b', 1_600) });
    const token = await github.mintToken({ ...WRITE, checks: 'write' });
    const run = await check(event, { token, inputs: { 'check-run': 'true' } });

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '2' } });
    expect(run.outputs['base-commit']).toBe(sha);
    expect(projectsIn(run)).toEqual([
      ['packages/a', 'fail', sha],
      ['packages/b', 'fail', sha],
      ['packages/c', 'pass', sha],
    ]);
    const places = errorsOf(run).map(({ file, line }) => [file, line]);
    expect(places.slice(0, 2)).toEqual([
      ['packages/a/budgets.json', 8],
      ['packages/b/budgets.json', 6],
    ]);
    // The last is the step's own, and stands nowhere.
    expect(places.slice(2)).toEqual([[undefined, undefined]]);
    const body = await onlyComment();
    expect(body).toContain('### ❌ Weighbridge: 2 of 3 budgets in 3 projects are broken');
    expect(body.match(/^#### .*$/gm)).toEqual([
      '#### ❌ packages/a: 0 of 1 holds',
      '#### ❌ packages/b: 0 of 1 holds',
    ]);
    expect(body).toContain('1 project passes');
    expect(body.match(/Compared with/g)).toHaveLength(1);
    expect(run.outputs['comment-url']).toMatch(/#issuecomment-\d+$/);
    expect(await github.checkRuns()).toMatchObject([
      {
        name: 'Weighbridge',
        headSha: head,
        conclusion: 'failure',
        annotations: [
          { path: 'packages/a/budgets.json', start_line: 8 },
          { path: 'packages/b/budgets.json', start_line: 6 },
        ],
      },
    ]);
  });

  it('named on lines of their own, or from another folder, are the same ones', async () => {
    const { sha } = await push({ ...pack('a', 2_000), ...pack('b', 1_000), ...pack('c', 500) });
    const { event } = await open({ ...pack('b', 1_600), ...pack('c', 9_000) });
    const lines = { config: '\n  packages/b/budgets.json\n  packages/a/budgets.j*\n' };
    const inside = { config: '[ab]/budgets.json', 'working-directory': 'packages' };

    for (const inputs of [lines, inside]) {
      const run = await check(event, { inputs: { ...inputs, ...QUIET } });
      expect(run).toMatchObject({ exitCode: 1, outputs: { failed: '1' } });
      expect(projectsIn(run)).toEqual([
        ['packages/a', 'pass', sha],
        ['packages/b', 'fail', sha],
      ]);
      expect(errorsOf(run)[0]).toMatchObject({ file: 'packages/b/budgets.json', line: 6 });
    }
  });

  it('go by the input `project` together, and each by its own name', async () => {
    const { sha } = await push(
      { ...pack('a', 2_000), ...pack('b', 1_000) },
      { inputs: { project: 'shop' } },
    );
    const { event } = await open(pack('a', 2_501));
    const token = await github.mintToken({ ...WRITE, checks: 'write' });
    const inputs = { project: 'shop', 'check-run': 'true' };
    const run = await check(event, { token, inputs });

    expect(projectsIn(run)).toEqual([
      ['packages/a', 'fail', sha],
      ['packages/b', 'pass', sha],
    ]);
    expect(await github.checkRuns()).toMatchObject([{ name: 'Weighbridge: shop' }]);
    expect(await onlyComment()).toMatch(/^<!-- weighbridge project=shop run=/);
  });

  describe('of which one is not built', () => {
    const skips = budgets({ unbuilt: 'skip' });

    it('list it where base says that it need not be, and keep no record of it', async () => {
      const { sha } = await push({ ...pack('a', 2_000, skips), ...pack('b', 1_000, skips) });
      const { event } = await open(pack('a', 2_100, skips));
      const run = await check(event, { unbuilt: ['b'] });

      expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass', failed: '0' } });
      expect(projectsIn(run)).toEqual([['packages/a', 'pass', sha]]);
      const body = await onlyComment();
      expect(body).toContain('The budget in 1 project holds; 1 of 2 projects is not built');
      expect(body).toContain('**1 project is not built, and left out:**');
      expect(run.summary).toContain('packages/b');
      const none = await check(event, { unbuilt: ['a', 'b'] });
      expect(none).toMatchObject({ exitCode: 1 });
      expect(none.outputs.verdict).toBeUndefined();
      expect(errorsOf(none)[0]?.message).toContain('Nothing was built');
      await github.forgetRecords();
      const next = await push(pack('a', 2_200, skips), { unbuilt: ['b'] });
      expect(await uploaded()).toEqual([artifactName('packages/a', next.sha)]);
    });

    it('are red where it does not say so, or only the change does', async () => {
      await push({ ...pack('a', 2_000), ...pack('b', 1_000) });
      const pull = await open(pack('a', 2_100));
      const { event } = await pushOn(shop, pull, pack('b', 1_000, skips));

      for (const one of [pull.event, event]) {
        const run = await check(one, { unbuilt: ['b'] });
        expect(run.exitCode).toBe(1);
        expect(run.outputs.verdict).toBeUndefined();
        expect(errorsOf(run)[0]?.message).toContain('packages/b/dist/ does not exist; build first');
      }
      expect(await commentsOf()).toEqual([]);
    });
  });

  it('two of one name are refused, and both files are named', async () => {
    const shopped = budgets({ project: 'shop' });
    const { event } = await open({ ...pack('a', 10, shopped), ...pack('b', 10, shopped) });
    const run = await check(event);

    expect(run.exitCode).toBe(1);
    expect(run.outputs.verdict).toBeUndefined();
    expect(errorsOf(run)[0]?.message).toContain(
      'packages/a/budgets.json and packages/b/budgets.json are both of the project "shop"',
    );
  });

  it('one that is new has no baseline, and the others are compared all the same', async () => {
    const { sha } = await push(pack('a', 2_000));
    const pull = await open({ ...pack('a', 2_501), ...pack('new', 2_900) });
    const inputs = { strict: 'true', ...QUIET };
    const run = await check(pull.event, { inputs });

    expect(projectsIn(run)).toEqual([
      ['packages/a', 'fail', sha],
      ['packages/new', 'inconclusive', null],
    ]);
    const broken = run.report?.verdict.findings.filter(({ status }) => status === 'fail');
    expect(broken).toMatchObject([{ project: 'packages/a', delta: 501, over: 1 }]);
    expect(run.summary).toContain('packages/new: No baseline yet');
    const { event } = await pushOn(shop, pull, pack('a', 2_500));
    const green = await check(event, { inputs });
    expect(green).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
  });

  describe('of a fork', () => {
    const stranger = { fork: FORK, author: FORK.owner };
    const read = async () => ({ token: await github.mintToken(READ) });

    it('are an artifact each, and one comment, which a later run of own rights updates', async () => {
      const { sha } = await push({ ...pack('a', 2_000), ...pack('b', 1_000) });
      const pull = await open({ ...pack('a', 2_501), ...pack('b', 1_100) }, stranger);
      await github.forgetRecords();
      const checked = await check(pull.event, await read());
      expect(checked).toMatchObject({ exitCode: 1, outputs: { failed: '1' } });
      const heads = ['packages/a', 'packages/b'].map((project) => headArtifactName(project));
      expect(await uploaded()).toEqual(heads.sort());
      expect(await commentsOf()).toEqual([]);

      const delivered = await deliver(shop, checked, pull.head);
      expect(delivered).toMatchObject({ exitCode: 0, outputs: { verdict: 'fail', failed: '1' } });
      expect(delivered.outputs['base-commit']).toBe(sha);
      expect(errorsOf(delivered)).toEqual([]);
      const first = await onlyComment();
      expect(first).toContain('1 of 2 budgets in 2 projects is broken: packages/a › All grew');
      expect(first).toContain("Measured by the pull request's own run");

      await check(pull.event);
      const second = await onlyComment();
      expect(second).toContain('1 of 2 budgets in 2 projects is broken: packages/a › All grew');
      expect(second).not.toContain("Measured by the pull request's own run");
    });

    const skips = budgets({ unbuilt: 'skip' });

    it.each([
      ['named by the same glob', { config: ALL }],
      ['told by what was uploaded alone', {}],
    ])(
      'of which one is left out later keep their comment, %s',
      async (_, inputs) => {
        await push({ ...pack('a', 2_000, skips), ...pack('b', 1_000, skips) });
        const pull = await open(
          { ...pack('a', 2_100, skips), ...pack('b', 1_100, skips) },
          stranger,
        );
        const both = await check(pull.event, await read());
        await deliver(shop, both, pull.head, inputs);
        expect(await onlyComment()).toContain('All 2 budgets in 2 projects hold');

        const next = await pushOn(shop, pull, pack('a', 2_200, skips));
        const one = await check(next.event, { ...(await read()), unbuilt: ['b'] });
        expect(one).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
        const told = await deliver(shop, one, next.head, inputs);
        expect(told).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
        const body = await onlyComment();
        expect(body).toMatch(/^<!-- weighbridge project=\. run=/);
        expect(body).toContain('The budget in 1 project holds; 1 of 2 projects is not built');
        expect(body).toContain("- packages/b: not built in the pull request's run");
      },
      120_000,
    );

    it('of which one is new and has no base yet keep their comment', async () => {
      await push(pack('a', 2_000));
      const pull = await open({ ...pack('a', 2_100), ...pack('new', 1_000) }, stranger);
      const checked = await check(pull.event, await read());
      const told = await deliver(shop, checked, pull.head);

      expect(told.annotations.map(({ message }) => message).join()).toMatch(
        /Not delivered: The base branch has neither a record nor JSON budgets of packages\/new/,
      );
      expect(await onlyComment()).toMatch(/^<!-- weighbridge project=\. run=/);
    });

    it('of which the run says nothing are named, and do not pass', async () => {
      await push({ ...pack('a', 2_000), ...pack('b', 1_000) });
      const pull = await open({ ...pack('a', 2_100), ...pack('b', 9_000) }, stranger);
      // Its workflow was made to look at what holds alone.
      const checked = await check(pull.event, {
        ...(await read()),
        inputs: { config: 'packages/a/budgets.json' },
      });
      expect(checked).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
      const told = await deliver(shop, checked, pull.head, { config: ALL });

      expect(told).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
      const body = await onlyComment();
      expect(body).toContain('; 1 of 2 projects is not built');
      expect(body).toContain("- packages/b: the pull request's run has told nothing of it");
    });
  });

  it('of which a change removes one, or moves one, are told by GitHub where no history is', async () => {
    const strict = budgets({ relaxing: 'fail' });
    const { sha } = await push({ ...pack('a', 2_000), ...pack('b', 1_000, strict) });
    await shop.go('change', 'main');
    await git(shop.remote, 'rm', '--quiet', '-r', 'packages/b');
    const gone = await shop.pull(1, await shop.commit());
    const run = await check(gone.event);

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '0' } });
    expect(projectsIn(run)).toEqual([
      ['packages/a', 'pass', sha],
      ['packages/b', 'fail', sha],
    ]);
    expect(await onlyComment()).toContain('#### ❌ packages/b: its budgets file is gone');

    await shop.go('moving', 'main');
    await git(shop.remote, 'mv', 'packages/b', 'packages/z');
    const moved = await shop.pull(1, await shop.commit());
    const told = await check(moved.event, { inputs: QUIET });
    expect(told).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(projectsIn(told)).toEqual([
      ['packages/a', 'pass', sha],
      ['packages/z', 'pass', sha],
    ]);
    expect(told.summary).toContain('whose budgets file was packages/b/budgets.json');
  });

  it('found by a glob keep the comment that they had when they were one', async () => {
    const { sha } = await push(pack('a', 2_000));
    const pull = await open(pack('a', 2_100));
    const token = await github.mintToken({ ...WRITE, checks: 'write' });
    const inputs = { 'check-run': 'true' };
    const one = await check(pull.event, { token, inputs });
    expect(projectsIn(one)).toEqual([['packages/a', 'pass', sha]]);
    expect(await onlyComment()).toMatch(/^<!-- weighbridge project=\. run=/);
    const next = await pushOn(shop, pull, pack('b', 1_000));
    await check(next.event, { token, inputs });

    expect(await onlyComment()).toContain('budgets in 2 projects');
    const names = (await github.checkRuns()).map(({ name }) => name);
    expect(names).toEqual(['Weighbridge', 'Weighbridge']);
  });
});

const LABEL = 'size: accepted';
const ACCEPTS = budgets({ acceptLabel: LABEL });
/** Minutes of one hour. */
const at = (minute: number) => new Date(Date.UTC(2026, 0, 15, 12, minute)).toISOString();

/** What GitHub's log says of a push to the pull request's branch. */
function logPush(minute: number, before: string, after: string, isFork = false) {
  const place = isFork ? { repository: FORK } : {};
  return github.addPushes({ branch: 'feature', before, after, at: at(minute), ...place });
}

/** Ana gives the label to pull request 7. */
async function accept(minute: number): Promise<void> {
  await github.updatePull(7, { labels: [LABEL] });
  const event = { number: 7, event: 'labeled', actor: 'ana', label: LABEL };
  await github.addIssueEvents({ ...event, createdAt: at(minute) });
}

function expectAccepted(text: string | null): void {
  expect(text).toContain('accepted by label "size: accepted", set by ');
  expect(text).toContain('ana');
  // Whoever has accepted it is named, and not called.
  expect(text).not.toContain('@ana');
}

const NOT_SEEN = /The label "size: accepted" pardons nothing here: .* was not the head of pull/;

describe('a label that accepts', () => {
  it('turns the broken limits of the commit that it was given on into warnings', async () => {
    const shop = await openShop(github, ACCEPTS);
    await shop.pushMain(2_000);
    const pull = await shop.pull(501);
    await logPush(0, SHA.none, pull.head);
    expect(await shop.run(pull.event, { inputs: QUIET })).toMatchObject({ exitCode: 1 });
    await accept(5);
    const run = await shop.run(pull.event);

    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', failed: '0' } });
    const finding = { status: 'warn', reason: 'accepted', over: 1 };
    expect(run.report?.verdict.findings).toContainEqual(expect.objectContaining(finding));
    expectAccepted(await onlyComment());
    expectAccepted(run.summary);
    expect(errorsOf(run)).toEqual([]);
  });

  it('does not hold for what is pushed later, and the comment says so', async () => {
    const shop = await openShop(github, ACCEPTS);
    await shop.pushMain(2_000);
    const pull = await shop.pull(501);
    await logPush(0, SHA.none, pull.head);
    await accept(5);
    const next = await pushOn(shop, pull, { 'src/app.js': bytes(900) });
    await logPush(9, pull.head, next.head);
    const run = await shop.run(next.event);

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '1' } });
    expect(await onlyComment()).toMatch(NOT_SEEN);
    // Given again, for what is there now.
    const taken = { number: 7, event: 'unlabeled', actor: 'ana', label: LABEL };
    await github.addIssueEvents({ ...taken, createdAt: at(11) });
    await accept(12);
    const again = await shop.run(next.event, { inputs: QUIET });
    expect(again.exitCode).toBe(0);
    expect(again.summary).not.toMatch(NOT_SEEN);
  });

  it('that the change itself names has no effect, and is listed', async () => {
    const shop = await openShop(github, budgets());
    await shop.pushMain(2_000);
    await shop.go('change', 'main');
    const pull = await shop.pull(501, await shop.commit({ 'budgets.json': ACCEPTS }));
    await logPush(0, SHA.none, pull.head);
    await accept(5);
    const run = await shop.run(pull.event, { inputs: QUIET });

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '1' } });
    expect(relaxedIn(run)).toEqual(['accept-label-set']);
    expect(run.summary).toContain('`acceptLabel` was set');
    expect(run.summary).not.toContain('accepted by');
    // Nobody was asked for labels: base names none.
    const asked = (await github.requests()).filter(({ path }) => /issues\/7\/events/.test(path));
    expect(asked).toEqual([]);
  });

  it('pardons no limit that was loosened where base forbids that', async () => {
    const strict = { acceptLabel: LABEL, relaxing: 'fail' };
    const shop = await openShop(github, budgets(strict));
    await shop.pushMain(2_000);
    await shop.go('change', 'main');
    const raised = budgets(strict, { ...LIMITS, max: '9 kB' });
    const pull = await shop.pull(501, await shop.commit({ 'budgets.json': raised }));
    await logPush(0, SHA.none, pull.head);
    await accept(5);
    const run = await shop.run(pull.event, { inputs: QUIET });

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '0' } });
    expect(relaxedIn(run)).toEqual(['limit-raised']);
    expectAccepted(run.summary);
  });

  it('holds in the merge queue, and on main once that has it', async () => {
    const shop = await openShop(github, ACCEPTS);
    const base = await shop.pushMain(2_000);
    // Over the absolute limit, which is judged on main too.
    const pull = await shop.pull(1_001);
    await logPush(0, SHA.none, pull.head);
    await git(shop.remote, 'update-ref', 'refs/heads/gh-readonly-queue/main/pr-7', pull.merge);
    const event = events.mergeGroup({ headSha: pull.merge, baseSha: base.sha });
    expect(await shop.run(event)).toMatchObject({ exitCode: 1, outputs: { failed: '1' } });
    await accept(5);
    const queued = await shop.run(event);
    expect(queued).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', failed: '0' } });
    expectAccepted(queued.summary);

    await github.updatePull(7, { state: 'closed', mergedAt: at(9) });
    await github.addCommitPulls(pull.merge, 7);
    await git(shop.remote, 'checkout', '--quiet', 'main');
    await git(shop.remote, 'reset', '--quiet', '--hard', pull.merge);
    const merged = await shop.run(events.push({ before: base.sha, after: pull.merge }));
    expect(merged).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', failed: '0' } });
    expectAccepted(merged.summary);
  });

  it('holds for what a fork has measured, and not for its next push', async () => {
    const shop = await openShop(github, ACCEPTS);
    await shop.pushMain(2_000);
    const pull = await shop.pull(501, 'main', { fork: FORK, author: FORK.owner });
    const token = await github.mintToken(READ);
    await logPush(0, SHA.none, pull.head, true);
    await accept(5);
    const checked = await shop.run(pull.event, { token });
    expect(checked).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn' } });
    const delivered = await deliver(shop, checked, pull.head);
    expect(delivered.outputs).toMatchObject({ verdict: 'warn', failed: '0' });
    expectAccepted(await onlyComment());

    const next = await pushOn(shop, pull, { 'src/app.js': bytes(900) });
    await logPush(9, pull.head, next.head, true);
    const again = await shop.run(next.event, { token });
    expect(again).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    const told = await deliver(shop, again, next.head, QUIET);
    expect(told.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(told.summary).toMatch(NOT_SEEN);
  });
});

describe('rules of base, from its record', () => {
  /** Main and a pull request with a budgets file of its own. */
  async function changed(base: object, own: object | null, size = 501, main = 2_000) {
    const shop = await openShop(github, base);
    const pushed = await shop.pushMain(main);
    await shop.go('change', 'main');
    const start = own === null ? 'main' : await shop.commit({ 'budgets.json': own });
    const pull = await shop.pull(size, start);
    return { shop, pushed, pull, run: await shop.run(pull.event, { inputs: QUIET }) };
  }

  it('a limit that was broken before only warns, until it gets worse', async () => {
    const limits = { max: '3 kB' };
    const { shop, pushed, pull, run } = await changed(budgets({}, limits), null, 0, 3_600);
    expect(pushed).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', failed: '0' } });
    expect(run.report?.verdict.findings).toMatchObject([{ reason: 'already-over', over: 600 }]);
    expect(run.summary).toContain('already over on');

    const worse = await pushOn(shop, pull, { 'src/app.js': bytes(1) });
    const red = await shop.run(worse.event, { inputs: QUIET });
    expect(red).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '1' } });
    expect(red.summary).not.toContain('already over');
  });

  it('a change that raises its own limit is red where base forbids it, whatever its own file says', async () => {
    const raised = budgets({ relaxing: 'allow' }, { max: '9 kB', maxIncrease: '5 kB' });
    const { run, pushed } = await changed(budgets({ relaxing: 'fail' }), raised, 2_000);

    expect(run.report?.comparison.base).toMatchObject({ commit: pushed.sha, store: 'artifact' });
    expect(run.report?.verdict.findings.map(({ status }) => status)).toEqual(['pass', 'pass']);
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '0' } });
    expect(relaxedIn(run)).toEqual(['limit-raised', 'limit-raised', 'relaxing-weakened']);
    expect(run.summary).toContain('A limit was loosened, which the rules of base forbid');
    expect(run.summary).toContain('from max 3 kB to max 9 kB');
    expect(errorsOf(run).at(-1)?.message).toContain('A limit was loosened');
  });

  it.each([
    ['allow', 'fail', { exitCode: 0, verdict: 'pass' }],
    ['warn', 'allow', { exitCode: 0, verdict: 'warn' }],
  ])('base says %s, so a change that says %s is judged by that', async (base, own, expected) => {
    const raised = budgets({ relaxing: own }, { max: '9 kB', maxIncrease: '5 kB' });
    const { run } = await changed(budgets({ relaxing: base }), raised, 2_000);

    const { exitCode, outputs } = run;
    expect({ exitCode, verdict: outputs.verdict }).toEqual(expected);
    expect(relaxedIn(run)).toContain('limit-raised');
    expect(run.summary).toContain('from max 3 kB to max 9 kB');
  });

  const waived = (top: object = {}) =>
    budgets({
      ...top,
      waivers: [{ budget: 'All', upTo: '3.8 kB', reason: 'new editor', by: '@ana' }],
    });

  it('a waiver holds up to its end', async () => {
    const { shop, pull, run } = await changed(waived(), null, 1_200);
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'warn', failed: '0' } });
    const reasons = run.report?.verdict.findings.map(({ reason }) => reason);
    expect(reasons).toEqual(['waived', 'waived']);
    expect(run.summary).toContain('new editor');
    expect(run.summary).not.toContain('@ana');

    const beyond = await pushOn(shop, pull, { 'src/app.js': bytes(1_801) });
    const red = await shop.run(beyond.event, { inputs: QUIET });
    expect(red).toMatchObject({ exitCode: 1, outputs: { failed: '1' } });
    expect(red.summary).toContain('its waiver ended at 3.8 kB');
  });

  it('a waiver that the change brings along is listed, and red where base forbids it', async () => {
    const { run } = await changed(budgets({ relaxing: 'fail' }), waived(), 1_200);

    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '0' } });
    expect(relaxedIn(run)).toEqual(['waiver-added', 'relaxing-weakened']);
    expect(run.summary).toContain('a waiver was added');
  });

  it('none of it helps a fork: what it has measured is judged by base’s limits', async () => {
    const shop = await openShop(github, budgets({ relaxing: 'fail' }));
    await shop.pushMain(2_000);
    await shop.go('change', 'main');
    const own = waived({ relaxing: 'allow', acceptLabel: 'bug' });
    const start = await shop.commit({ 'budgets.json': own });
    const pull = await shop.pull(1_200, start, { fork: FORK, author: FORK.owner, labels: ['bug'] });
    const checked = await shop.run(pull.event, { token: await github.mintToken(READ) });
    expect(checked).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail', failed: '0' } });
    const told = await deliver(shop, checked, pull.head);

    expect(told.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    const body = await onlyComment();
    expect(body).toContain('### ❌ Weighbridge: 1 of 1 budget is broken');
    expect(body).not.toContain('new editor');
  });
});
