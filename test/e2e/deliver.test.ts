import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatSnapshotSet } from '../../src/core/snapshot-set.ts';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { headArtifactName } from '../../src/stores/artifact-name.ts';
import { asset, budget, bytes, measurement, snapshot, waiver } from '../support/build.ts';
import {
  app,
  BUDGETS,
  type ForkStory,
  type ForkWorld,
  keepRecord,
  LIMITS,
  playForkStory,
  tellForkStory,
  uploadHead,
} from '../support/fork-story.ts';
import { FORK, REPOSITORY } from '../support/github/defaults.ts';
import * as events from '../support/github/events.ts';
import { type Github, READ, startGithub } from '../support/github/github.ts';
import type { RunSeed } from '../support/github/protocol.ts';
import { type ActionRequest, type ActionResult, runAction } from '../support/github/runner.ts';
import { hostileZip, oneEntry } from '../support/hostile-zip.ts';
import {
  foreignElements,
  LINKED,
  linksOf,
  proseOf,
  rendered,
} from '../support/rendered-markdown.ts';
import { checkout } from '../support/story.ts';
import { writeFiles } from '../support/temporary.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let github: Github;
let story: ForkStory;
/** Where nothing is checked out. */
let workspace: string;

beforeAll(async () => {
  [github, story] = await Promise.all([startGithub(), tellForkStory()]);
});
afterAll(async () => {
  await Promise.all([github.close(), story.remove()]);
});
beforeEach(async () => {
  await github.reset();
  workspace = await mkdtemp(join(tmpdir(), 'weighbridge-deliver-'));
});
afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
  // Whatever a test is about: no request may break GitHub's own description of its API.
  expect(await github.violations()).toEqual([]);
});

type Given = Partial<ActionRequest> & { readonly event?: events.RunnerEvent };

/** The privileged half, on the end of the fork's run. */
async function deliver({ run }: { run: RunSeed }, given: Given = {}): Promise<ActionResult> {
  return runAction({
    directory: ROOT,
    event: events.workflowRun(run),
    workspace,
    token: await github.mintToken(),
    apiUrl: github.apiUrl,
    // Later than any run of the check: the two workflows count for themselves.
    runNumber: 900,
    ...given,
  });
}

const headOf = (facts: Partial<Snapshot> = {}): Snapshot => ({
  ...snapshot({ commit: story.commits.M, assets: [app(3_400)] }),
  ...facts,
});

const commentsOf = async (number = 7) =>
  (await github.comments(number)).map(({ author, body }) => ({ author, body }));

/** No word was believed: nothing is written anywhere, and the default branch stays green. */
async function expectNothing(result: ActionResult, why: string | RegExp): Promise<void> {
  expect(await commentsOf()).toEqual([]);
  expect(await github.checkRuns()).toEqual([]);
  expect((await github.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(result.outputs.verdict).toBeUndefined();
  const said = result.annotations.map(({ message }) => message).join('\n');
  expect(said).toMatch(why);
  expect(result.annotations.every(({ level }) => level !== 'error')).toBe(true);
}

describe('a pull request from a fork', () => {
  it('is weighed in its own run, and commented on by the other workflow', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    const fork = await checkout(join(story.folder, '.git'), story.commits.M);
    await writeFiles(fork, { 'dist/app.js': bytes(3_400), 'budgets.json': BUDGETS });
    const checked = await runAction({
      directory: ROOT,
      event: events.forkPullRequest(world.pull),
      workspace: fork,
      token: await github.mintToken(READ),
      apiUrl: github.apiUrl,
      runId: world.run.id,
      runNumber: world.run.runNumber,
      runtime: await github.runtime(world.run.id),
    });
    expect(checked.exitCode).toBe(1);
    const notices = checked.annotations.filter(({ level }) => level === 'notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toMatch(/`workflow_run` with `mode: deliver`/);
    expect(await commentsOf()).toEqual([]);

    const result = await deliver(world);

    expect(result.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(result.outputs['base-commit']).toBe(story.commits.B1);
    expect(result.outputs['comment-url']).toMatch(/#issuecomment-\d+$/);
    expect(result.summary).toContain('### ❌ Weighbridge: 1 of 1 budget is broken');
    const [comment, ...others] = await commentsOf();
    expect(others).toEqual([]);
    expect(comment?.author).toBe('github-actions[bot]');
    expect(comment?.body).toContain('run=40 attempt=1');
    expect(comment?.body).toContain('**+1.4 kB** (+70%), limit +500 B');
    expect(comment?.body).toContain('own run; judged by the budgets of main');
    // Its run stands on the default branch, which no outsider may turn red.
    expect(result.exitCode).toBe(0);
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('keeps one comment, and updates it', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    await deliver(world);
    await deliver(world);

    expect(await commentsOf()).toHaveLength(1);
  });

  it('has a check run of its own head, if asked for', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    const permissions = { contents: 'read', actions: 'read', pull_requests: 'write' } as const;
    const token = await github.mintToken({ ...permissions, checks: 'write' });
    await deliver(world, { token, inputs: { 'check-run': 'true' } });

    expect(await github.checkRuns()).toMatchObject([
      { name: 'Weighbridge', headSha: story.commits.H, conclusion: 'failure', annotations: [] },
    ]);
  });

  it('is compared with the fork point where its head alone was built', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B0, assets: [app(3_000)] });
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf({ commit: story.commits.H }));
    const result = await deliver(world);

    expect(result.outputs['base-commit']).toBe(story.commits.B0);
  });

  it('is compared with what its test merge was made from, though main has moved on', async () => {
    const pull = { mergeSha: 'd'.repeat(40) };
    const world = await playForkStory(github, story, pull);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    const result = await deliver(world);

    expect(result.outputs['base-commit']).toBe(story.commits.B1);
  });

  it('is compared with the nearest record, found without a checkout', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B0 });
    await uploadHead(github, world, headOf());
    const result = await deliver(world);

    expect(result.outputs).toMatchObject({ verdict: 'fail', 'base-commit': story.commits.B0 });
    expect(result.summary).toContain('1 commit before');
  });

  it('is judged by the budgets file of main where no record is kept yet', async () => {
    const world = await playForkStory(github, story);
    await uploadHead(github, world, headOf());
    const result = await deliver(world);

    expect(result.outputs).toMatchObject({ verdict: 'fail', failed: '1', 'base-commit': '' });
    expect(result.summary).toContain('No baseline yet');
    expect(await commentsOf()).toHaveLength(1);
  });

  it('says what is in the way where main has neither a record nor budgets that are JSON', async () => {
    const bare = await tellForkStory(null);
    const world = await playForkStory(github, bare);
    await uploadHead(github, world, headOf({ commit: bare.commits.M }));
    await bare.remove();

    await expectNothing(await deliver(world), /neither a record nor JSON budgets/);
  });

  it.each(['never', 'on-failure'])('heeds comment: %s', async (comment) => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf({ assets: [app(2_100)] }));
    const result = await deliver(world, { inputs: { comment } });

    expect(result.outputs.verdict).toBe('pass');
    expect(await commentsOf()).toEqual([]);
  });

  it('says which permission is missing, and stays green', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    const result = await deliver(world, { token: await github.mintToken(READ) });

    expect(result.exitCode).toBe(0);
    const [notice] = result.annotations.filter(({ level }) => level === 'notice');
    expect(notice?.message).toContain('add `permissions: { pull-requests: write }` to the job');
  });

  it('is red where the workflow itself is wrong', async () => {
    const world = await playForkStory(github, story);
    const token = await github.mintToken({ contents: 'read', pull_requests: 'write' });
    const result = await deliver(world, { token });

    expect(result.exitCode).toBe(1);
    expect(result.annotations.at(-1)?.message).toContain('actions: read');
  });
});

describe('the check of a pull request', () => {
  async function check(
    event: events.RunnerEvent,
    { token, isEquipped = true }: { token: string; isEquipped?: boolean },
  ): Promise<ActionResult & { readonly uploaded: boolean }> {
    await writeFiles(workspace, { 'dist/app.js': bytes(2_900), 'budgets.json': BUDGETS });
    const { id } = await github.addRun({ event: event.name, headSha: story.commits.H });
    const result = await runAction({
      directory: ROOT,
      event,
      workspace,
      token,
      apiUrl: github.apiUrl,
      inputs: { base: 'none', comment: 'always' },
      ...(isEquipped ? { runtime: await github.runtime(id) } : {}),
    });
    return { ...result, uploaded: result.log.includes('weighbridge-head-.') };
  }

  it('of a fork uploads what it has measured, and its verdict stands without it', async () => {
    const { pull } = await playForkStory(github, story);
    const token = await github.mintToken(READ);
    const event = events.forkPullRequest(pull);
    const told = await check(event, { token });
    const lacking = await check(event, { token, isEquipped: false });

    expect(told.uploaded).toBe(true);
    expect(told.annotations.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(lacking.exitCode).toBe(0);
    expect(lacking.outputs.verdict).toBe(told.outputs.verdict);
    const [warning] = lacking.annotations.filter(({ level }) => level === 'warning');
    expect(warning?.message).toMatch(/could not be uploaded.* The verdict stands/);
  });

  it('of a branch uploads it only where the comment is refused', async () => {
    const { pull } = await playForkStory(github, story, { isOwn: true });
    const event = events.pullRequest(pull);

    expect((await check(event, { token: await github.mintToken(READ) })).uploaded).toBe(true);
    expect((await check(event, { token: await github.mintToken() })).uploaded).toBe(false);
  });

  it('uploads nothing where the token could have written', async () => {
    const { pull } = await playForkStory(github, story);
    const event = events.pullRequestTarget(pull);

    expect((await check(event, { token: await github.mintToken(READ) })).uploaded).toBe(false);
  });
});

describe('other heads', () => {
  it("Dependabot: a branch of the repository itself, with a fork's rights", async () => {
    const headRef = 'dependabot/npm_and_yarn/lodash-4.17.21';
    const pull = { isOwn: true, headRef, author: 'dependabot[bot]' };
    const { pull: own, run } = await playForkStory(github, story, pull);
    await keepRecord(github, { commit: story.commits.B1 });
    const event = events.workflowRun({
      ...run,
      headRepository: REPOSITORY,
      actor: 'dependabot[bot]',
    });
    const base = await checkout(join(story.folder, '.git'), story.commits.M);
    await writeFiles(base, { 'dist/app.js': bytes(3_400), 'budgets.json': BUDGETS });
    const checked = await runAction({
      directory: ROOT,
      event: events.dependabotPullRequest(own),
      workspace: base,
      token: await github.mintToken(READ),
      apiUrl: github.apiUrl,
      runId: run.id,
      runtime: await github.runtime(run.id),
    });
    expect(checked.log).toContain("This run's snapshot is the artifact weighbridge-head-.");
    const result = await deliver({ run }, { event });

    expect(result.outputs.verdict).toBe('fail');
    expect(await commentsOf()).toHaveLength(1);
  });

  it('a fork that is gone: nobody may speak for it', async () => {
    const world = await playForkStory(github, story, { fork: null });
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    const event = events.workflowRun(world.run);
    event.payload.workflow_run.head_repository = null;

    await expectNothing(await deliver(world, { event }), /no open pull request/);
  });

  it('a fork that is gone, told by the name of its branch alone', async () => {
    const world = await playForkStory(github, story, { fork: null });
    await uploadHead(github, world, headOf());

    await expectNothing(await deliver(world), /no open pull request/);
  });

  it('several pull requests of one branch: a test merge is of one alone', async () => {
    const world = await playForkStory(github, story);
    await github.addPull({
      ...world.pull,
      number: 8,
      baseRef: 'release',
      baseSha: story.commits.E,
      mergeSha: 'c'.repeat(40),
    });
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, headOf());
    const result = await deliver(world);

    expect(await commentsOf(7)).toHaveLength(1);
    expect(await commentsOf(8)).toEqual([]);
    expect(result.annotations).toEqual([]);
  });

  it('several projects of one run: one comment, the worst as output', async () => {
    const world = await playForkStory(github, story);
    for (const project of ['shop', 'docs']) {
      await keepRecord(github, { commit: story.commits.B1, project });
    }
    await uploadHead(github, world, headOf({ project: 'shop' }));
    await uploadHead(github, world, headOf({ project: 'docs', assets: [app(2_100)] }));
    const result = await deliver(world);

    const comments = await commentsOf();
    expect(comments).toHaveLength(1);
    expect(JSON.stringify(comments)).toMatch(/in 2 projects/);
    expect(result.outputs.verdict).toBe('fail');
  });
});

describe('what a run says that it has left out', () => {
  /** A set, as the check uploads it where projects need not be built. */
  const setOf = (...projects: string[]) =>
    formatSnapshotSet({
      snapshots: [headOf({ assets: [app(2_100)] })],
      skipped: projects.map((project) => ({
        project,
        file: '**bold**',
        why: '[all is well](https://evil.example)',
      })),
    });

  it('is listed in our own words, and passes only where base allows it', async () => {
    const world = await playForkStory(github, story);
    const commit = story.commits.B1;
    const [{ rules }] = [snapshot({})];
    await keepRecord(github, { commit });
    await keepRecord(github, { commit, project: 'docs', rules: { ...rules, unbuilt: 'skip' } });
    await uploadHead(github, world, setOf('docs'), { name: headArtifactName('.') });
    const allowed = await deliver(world);

    expect(allowed.outputs.verdict).toBe('pass');
    const [first] = await commentsOf();
    expect(first?.body).toContain('The budget in 1 project holds; 1 of 2 projects is not built');
    expect(first?.body).toContain("- docs: not built in the pull request's run");
    expect(first?.body).not.toMatch(/all is well|evil|bold/);
  });

  it('does not pass where base forbids it, and is not told of what base has not', async () => {
    const world = await playForkStory(github, story);
    const commit = story.commits.B1;
    await keepRecord(github, { commit });
    await keepRecord(github, { commit, project: 'shop' });
    const text = setOf('shop', 'pwned', '.');
    await uploadHead(github, world, text, { name: headArtifactName('.') });
    const result = await deliver(world);

    expect(result.outputs.verdict).toBe('inconclusive');
    const [comment] = await commentsOf();
    expect(comment?.body).toContain('### ❔');
    expect(comment?.body).toContain(
      "- shop: left out by the pull request's run, which its budgets on the base branch do not allow",
    );
    expect(comment?.body).not.toMatch(/pwned|all is well/);
    const said = result.annotations.map(({ message }) => message).join();
    expect(said).toContain('pwned, which the run has left out, is no project of the base branch');
  });

  it.each([
    ['more than there can be', () => setOf(...many(201, (index) => `p${index}`)), /more than 200/],
    ['a long name', () => setOf('a'.repeat(301)), /longer than 300/],
    ['a line break', () => setOf('a\nb'), /control character/],
    [
      'several snapshots in one',
      () => formatSnapshotSet({ snapshots: [headOf(), headOf({ project: 'shop' })], skipped: [] }),
      /several projects/,
    ],
    [
      'a snapshot that no stack can hold',
      () =>
        `{"schemaVersion":1,"skipped":[],"snapshots":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`,
      /nested too deep/,
    ],
  ])('is refused with %s', async (_, text, why) => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, text(), { name: headArtifactName('.') });

    await expectNothing(await deliver(world), why);
  });

  it('costs no more requests than a run may have, however much it names', async () => {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    const names = many(200, (index) => `p${index}`);
    await uploadHead(github, world, setOf(...names), { name: headArtifactName('.') });
    const result = await deliver(world);

    expect(await github.requests().then(({ length }) => length)).toBeLessThan(165);
    expect(result).toMatchObject({ exitCode: 0, outputs: { verdict: 'inconclusive' } });
    const said = result.annotations.map(({ message }) => message).join();
    expect(said).toContain('GitHub was asked 150 times for this run already, which is the most');
    expect(await commentsOf()).toHaveLength(1);
  });
});

describe('an artifact that attacks', () => {
  /** Uploads it, and has it judged where an honest one would be red. */
  async function attack(
    head: Snapshot | string,
    given: Parameters<typeof uploadHead>[3] = {},
  ): Promise<ActionResult> {
    const world = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, head, given);
    return deliver(world);
  }

  const TEXT = () => formatSnapshot(headOf());
  const zipped = (archive: Buffer) => ({ files: undefined, zip: archive });
  const named = (name: string) => oneEntry({ name, content: TEXT() });

  it.each([
    ['climbs out', () => named('../../../../pwned.json')],
    ['is absolute', () => named('/tmp/weighbridge-pwned.json')],
    ['is a link', () => oneEntry({ mode: 0o120777, content: '/etc/passwd' })],
    ['is another', () => named('event.json')],
    [
      'is one of two',
      () =>
        hostileZip({
          entries: [
            { name: 'snapshot.json', content: TEXT() },
            { name: 'NUMBER', content: '8' },
          ],
        }),
    ],
    [
      'is there twice',
      () =>
        hostileZip({
          entries: [
            { name: 'snapshot.json', content: TEXT() },
            { name: 'snapshot.json', content: TEXT() },
          ],
        }),
    ],
    ['is a bomb that says so', () => oneEntry({ content: Buffer.alloc(64_000_000) })],
    ['is a bomb that lies', () => oneEntry({ content: Buffer.alloc(64_000_000), size: 900 })],
    ['is cut', () => oneEntry({ content: TEXT() }).subarray(0, 60)],
    ['is no archive', () => Buffer.from(TEXT())],
  ])('a file that %s', async (_, archive) => {
    await expectNothing(await attack('', zipped(archive())), /Not delivered: .*archive/);
  });

  it('bytes that are not those that were uploaded', async () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    await expectNothing(await attack(headOf(), { digest }), /not what was uploaded/);
  });

  it('an archive that is larger than any', async () => {
    const noise = bytes(9_000_000);
    const archive = oneEntry({ method: 'stored', content: noise });
    await expectNothing(await attack('', zipped(archive)), /its archive is over/);
  });

  it('many of them: no more than a few are looked at', async () => {
    const world = await playForkStory(github, story);
    for (let index = 0; index < 25; index += 1) {
      await uploadHead(github, world, headOf({ project: `pwned${index}` }));
    }
    const result = await deliver(world);

    await expectNothing(result, /only 20 of them are looked at/);
    const requests = await github.requests();
    expect(requests.filter(({ path }) => path.endsWith('/zip'))).toHaveLength(20);
    // What is the same for all of them is asked once: a look-up and a download for each are left.
    expect(requests.length).toBeLessThan(60);
  });

  it.each([
    [
      'the name of a project that the base branch does not have',
      headProject('pwned'),
      /neither a record nor/,
    ],
    ['a project that is somewhere else', headProject('../../etc'), /neither a record nor/],
    ['no JSON', () => '<html>', /is not whole JSON/],
    ['a list', () => '[]', /it is no object/],
    ['null', () => 'null', /it is no object/],
    ['no UTF-8', () => 'not text', /not whole JSON/],
    ['a later schema', () => TEXT().replace('"schemaVersion": 1', '"schemaVersion": 2'), /newer/],
  ])('%s', async (_, head, why) => {
    await expectNothing(await attack(head()), why);
  });

  it('the snapshot of another project under the name of ours', async () => {
    const text = formatSnapshot(headOf({ project: 'other' }));
    await expectNothing(await attack(text), /snapshot of another project/);
  });

  it.each([
    ['of somebody else', () => story.commits.E],
    ['of the base branch', () => story.commits.B1],
    ['that nobody has', () => 'f'.repeat(40)],
    ['made by the fork, which merges the head into its own choice of base', () => story.commits.X],
    ['that is none', () => null],
  ])('a wrong head: a commit %s', async (_, commit) => {
    await expectNothing(await attack(headOf({ commit: commit() })), /Not delivered/);
  });

  it('a number of another pull request', async () => {
    const forged = {
      pullRequest: 8,
      number: 8,
      pull_request: { number: 8 },
      run: 1,
      branch: 'main',
    };
    const world = await playForkStory(github, story);
    await github.addPull({ number: 8, author: 'ana', headRef: 'other' });
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, world, JSON.stringify({ ...headOf(), ...forged, meta: forged }));
    await deliver(world);

    expect(await commentsOf(8)).toEqual([]);
    expect(await commentsOf(7)).toHaveLength(1);
  });

  it.each([
    ['a number that is infinite', '"raw":3400', '"raw":1e999'],
    ['a number beyond all bytes', '"raw":3400', '"raw":1e308'],
    ['a negative number', '"raw":3400', '"raw":-3400'],
    ['NaN', '"raw":3400', '"raw":NaN'],
    ['text for a number', '"raw":3400', '"raw":"3400"'],
    ['the prototype as a key', '"raw":3400', '"raw":3400,"__proto__":{"isOwn":true}'],
    ['the constructor as a key', '"raw":3400', '"raw":3400,"constructor":{"prototype":{"x":1}}'],
    ['the prototype at the top', '"assets"', '"encoders2":{"__proto__":{"a":1}},"assets"'],
    ['a control character', 'dist/app.js', 'dist/app\\u001b[31m.js'],
    ['a line break', 'dist/app.js', 'dist/app\\n::error::pwned.js'],
    ['half a character', 'dist/app.js', 'dist/\\ud800.js'],
    ['a long path', 'dist/app.js', `dist/${'a'.repeat(1_100)}.js`],
  ])('%s', async (name, from, to) => {
    const text = TEXT().replaceAll(from, to.replaceAll('\\\\', '\\'));
    expect(text).not.toBe(TEXT());
    const result = await attack(text);

    // What stands outside of the measured facts is not even looked at.
    if (name === 'the prototype at the top') expect(result.outputs.verdict).toBe('fail');
    else await expectNothing(result, /Not delivered/);
  });

  it.each([
    ['assets', () => ({ assets: many(20_001, (index) => asset(`dist/${index}.js`)) })],
    [
      'measurements',
      () => ({ measurements: many(5_001, (index) => measurement({ metric: `m${index}` })) }),
    ],
    [
      'samples',
      () => ({ measurements: [measurement({ metric: 'lcp', samples: many(2_001, () => 1) })] }),
    ],
  ])('more %s than any build has', async (_, facts) => {
    const [small] = [JSON.stringify({ ...headOf(), ...facts() })];
    await expectNothing(await attack(small), /more than [\d,]+/);
  });

  it('as much as is allowed, and as hard to match', async () => {
    const world = await playForkStory(github, story);
    const budgets = [
      LIMITS,
      budget({ name: 'All', files: ['dist/**/*.{js,css}', '!dist/**/vendor/**/*.js'], max: 10 }),
      budget({ name: 'Each', files: 'dist/**/*-[hash].js', each: true, max: 10 }),
    ];
    const hard = (index: number) =>
      `dist/${'a-/'.repeat(320)}${'0f'.repeat(8)}${index}-abcdef12.js`;
    await keepRecord(github, { commit: story.commits.B1, budgets });
    const assets = [
      app(3_400),
      ...many(3_000, (index) => ({
        ...asset('dist/a.js'),
        path: hard(index),
        subject: hard(index),
      })),
    ];
    await uploadHead(github, world, headOf({ assets }));
    const result = await deliver(world);

    expect(result.outputs.verdict).toBe('fail');
    expect(result.durationMs).toBeLessThan(60_000);
    const [comment] = await commentsOf();
    expect(comment?.body.length).toBeLessThanOrEqual(65_536);
  }, 120_000);

  it('markup, mentions and links in every name', async () => {
    const hostile =
      'dist/@octocat <img src=x onerror=alert(1)> [a](https://evil.example) | `x` #1 **b**.js';
    const world = await playForkStory(github, story);
    const budgets = [
      budget({ name: 'Any', files: 'dist/**', each: true, encoding: 'raw', max: 10 }),
    ];
    await keepRecord(github, { commit: story.commits.B1, budgets });
    const measurements = [
      measurement({ metric: 'lcp', label: hostile, subject: hostile, environment: hostile }),
    ];
    await uploadHead(github, world, headOf({ assets: [app(3_400), asset(hostile)], measurements }));
    const result = await deliver(world);

    expect(result.outputs.verdict).toBe('fail');
    for (const text of [(await commentsOf())[0]?.body ?? '', result.summary ?? '']) {
      const shown = rendered(text);
      expect(text).toContain('octocat &#60;img');
      expect(foreignElements(shown).filter((name) => name !== 'a')).toEqual([]);
      expect(linksOf(shown).join()).not.toContain('evil');
      expect(proseOf(shown)).not.toMatch(LINKED);
    }
  });

  it('its own pardon, in every place that judges', async () => {
    const loose = budget({
      name: 'App',
      files: 'dist/app.js',
      encoding: 'raw',
      max: 99_000_000,
      optional: true,
      severity: 'warn',
    });
    const result = await attack({
      ...headOf(),
      budgets: [loose],
      tracked: { files: [], encodings: [], reports: [] },
      rules: {
        relaxing: 'allow',
        waivers: [waiver({ budget: 'App', until: '2999-01-01' })],
        acceptLabel: 'bug',
      },
      kept: { verdict: 'pass', run: 1 },
    });

    expect(result.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect((await commentsOf())[0]?.body).toContain('### ❌');
    expect((await commentsOf())[0]?.body).not.toMatch(/waive|99 MB|new editor/);
  });

  it('its own unit for the numbers of a limit', async () => {
    const world = await playForkStory(github, story);
    const custom = { source: 'custom', reports: ['m.json'], subject: 'm.json', formFactor: null };
    const budgets = [
      budget({ name: 'Start', metric: 'start', unit: null, max: 100, ...custom, page: null }),
    ];
    const start = (value: number, scale: number) =>
      measurement({ metric: 'start', ...custom, kind: 'lab', value, samples: [value], scale });
    await keepRecord(github, {
      commit: story.commits.B1,
      budgets,
      assets: [],
      measurements: [start(90, 1)],
    });
    await uploadHead(github, world, headOf({ assets: [], measurements: [start(500, 1_000)] }));
    const result = await deliver(world);

    expect(result.outputs.verdict).toBe('fail');
  });

  it('what somebody has checked out beside it: no file of the workspace is read', async () => {
    await writeFiles(workspace, {
      'budgets.json': '{"track":["dist/*"],"budgets":[]}',
      'weighbridge.config.mjs': 'console.log("pwned"); export default { budgets: [] };',
      'package.json': '{"weighbridge":{"budgets":[]}}',
      '.git/HEAD': 'ref: refs/heads/main',
      '.git/config': '[core]\n\tfsmonitor = "touch pwned"\n',
    });
    const result = await attack(headOf());

    expect(result.outputs.verdict).toBe('fail');
    expect(result.stdout).not.toContain('pwned');
  });
});

function headProject(project: string): () => Snapshot {
  return () => headOf({ project });
}

function many<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('a run that is not the one', () => {
  async function world(): Promise<ForkWorld> {
    const told = await playForkStory(github, story);
    await keepRecord(github, { commit: story.commits.B1 });
    await uploadHead(github, told, headOf());
    return told;
  }

  it.each(['push', 'pull_request_target', 'workflow_dispatch', 'schedule'])(
    'a run on %s',
    async (event) => {
      const told = await world();
      const result = await deliver(told, { event: events.workflowRun({ ...told.run, event }) });

      await expectNothing(result, /was not one on `pull_request`/);
      expect(await github.requests()).toEqual([]);
    },
  );

  it.each([
    ['push', events.push()],
    ['pull_request', events.forkPullRequest()],
    ['schedule', events.schedule()],
  ])('mode: deliver on %s', async (_, event) => {
    const told = await world();
    const result = await deliver(told, { event, inputs: { mode: 'deliver' } });

    await expectNothing(result, /is for runs on `workflow_run`/);
  });

  it('a run of a repository that took the name of the fork', async () => {
    const told = await world();
    const headRepository = { ...FORK, id: 666 };
    const event = events.workflowRun({ ...told.run, headRepository });

    await expectNothing(await deliver(told, { event }), /no open pull request/);
  });

  it('a run of another repository', async () => {
    const told = await world();
    const event = { ...events.workflowRun(told.run), repository: { ...REPOSITORY, id: 667 } };

    await expectNothing(await deliver(told, { event }), /no open pull request/);
  });

  it('a run of another branch with the same head', async () => {
    const told = await world();
    const event = events.workflowRun({ ...told.run, headBranch: 'other' });

    await expectNothing(await deliver(told, { event }), /no open pull request/);
  });

  it('a run of what the head was before the last push', async () => {
    const told = await world();
    await github.updatePull(7, { headSha: 'd'.repeat(40) });

    await expectNothing(await deliver(told), /no open pull request/);
  });

  it('a run of a pull request that is closed', async () => {
    const told = await world();
    await github.updatePull(7, { state: 'closed' });

    await expectNothing(await deliver(told), /no open pull request/);
  });

  it('a run that was run again since', async () => {
    const told = await world();
    await github.addRun({ ...told.run, runAttempt: 2 });

    await expectNothing(await deliver(told), /a later run/);
  });

  it('a run that its workflow has followed by another', async () => {
    const told = await world();
    await github.addRun({ ...told.run, id: told.run.id + 5_000, runNumber: 41 });

    await expectNothing(await deliver(told), /a later run/);
  });

  it.each(['cancelled', 'skipped'])(
    'but not one whose follower was %s: nothing will be told of that',
    async (conclusion) => {
      const told = await world();
      await github.addRun({ ...told.run, id: told.run.id + 5_000, runNumber: 41, conclusion });

      expect((await deliver(told)).outputs.verdict).toBe('fail');
      expect(await commentsOf()).toHaveLength(1);
    },
  );

  it('a run whose successor has commented already', async () => {
    const told = await world();
    const later = { ...told.run, id: 7_000, runNumber: 41 };
    await github.addRun(later);
    await uploadHead(github, { ...told, run: later }, headOf({ assets: [app(2_000)] }));
    await deliver({ run: later }, { inputs: { comment: 'always' } });
    const before = await commentsOf();
    // As it was told before the later one was there.
    await github.addRun({ ...later, headBranch: 'elsewhere' });
    await deliver(told);

    expect(before).toHaveLength(1);
    expect(await commentsOf()).toEqual(before);
  });

  it('a run that has uploaded nothing', async () => {
    const told = await playForkStory(github, story);

    await expectNothing(await deliver(told), /the run has uploaded no snapshot/);
  });

  it('an artifact of another run', async () => {
    const told = await playForkStory(github, story);
    const other = await github.addRun({ event: 'pull_request', headSha: story.commits.E });
    await uploadHead(github, { ...told, run: other }, headOf());

    await expectNothing(await deliver(told), /the run has uploaded no snapshot/);
  });

  it('a head that moves on while it is judged', async () => {
    const told = await world();
    await github.fault({ kind: 'delay', ms: 1_500, path: /compare|git\/commits/ });
    const running = deliver(told);
    await new Promise((done) => setTimeout(done, 900));
    await github.updatePull(7, { headSha: 'd'.repeat(40) });
    await running;

    expect(await commentsOf()).toEqual([]);
  });
});
