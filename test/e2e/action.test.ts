import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytes } from '../support/build.ts';
import * as events from '../support/github/events.ts';
import { type Github, READ, startGithub } from '../support/github/github.ts';
import { type ActionRequest, type ActionResult, runAction } from '../support/github/runner.ts';
import { writeFiles } from '../support/temporary.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');

const BUDGETS = `{
  "track": ["dist/*.js"],
  "budgets": [
    { "name": "App", "files": "dist/app.js", "encoding": "raw", "max": "3 kB", "maxIncrease": "500 B" },
    { "name": "Vendor", "files": "dist/vendor.js", "encoding": "raw", "max": "2 kB", "severity": "warn" }
  ]
}
`;

let github: Github;
let workspace: string;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
beforeEach(async () => {
  await github.reset();
  workspace = await mkdtemp(join(tmpdir(), 'weighbridge-action-'));
  await build(2_000);
  measureBase();
});
afterEach(async () => {
  await rm(workspace, { recursive: true, force: true });
  // Whatever a test is about: no request may break GitHub's own description of its API.
  expect(await github.violations()).toEqual([]);
});

async function build(app: number, vendor = 1_000): Promise<void> {
  await writeFiles(workspace, {
    'budgets.json': BUDGETS,
    'dist/app.js': bytes(app),
    'dist/vendor.js': bytes(vendor, 'vendor'),
  });
}

function measureBase(): void {
  execFileSync(process.execPath, [CLI, 'measure', '--save', 'base.json'], { cwd: workspace });
}

async function act(
  event: events.RunnerEvent,
  { inputs, ...given }: Partial<ActionRequest> = {},
): Promise<ActionResult> {
  return runAction({
    directory: ROOT,
    event,
    workspace,
    token: given.token ?? (await github.mintToken()),
    apiUrl: github.apiUrl,
    inputs: { base: 'base.json', ...inputs },
    runNumber: 10,
    ...given,
  });
}

const commentsOf = async (number = 7) =>
  (await github.comments(number)).map(({ author, body }) => ({ author, body }));

describe('a pull request', () => {
  it('gets one comment, a summary, outputs, annotations, and a red step as the last word', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    const result = await act(event);

    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(result.outputs['comment-url']).toMatch(/#issuecomment-\d+$/);
    expect(result.summary).toContain('### ❌ Weighbridge: 1 of 2 budgets is broken');
    expect(result.annotations[0]).toMatchObject({
      level: 'error',
      file: 'budgets.json',
      line: 4,
      title: 'Budget App',
    });
    expect(result.annotations.at(-1)?.message).toContain('App is 400 B over its 3 kB');
    const comments = await commentsOf();
    expect(comments).toHaveLength(1);
    expect(comments[0]?.author).toBe('github-actions[bot]');
    expect(comments[0]?.body).toContain('**+1.4 kB** (+70%), limit +500 B');
  });

  it('leaves a report and a snapshot that the next run can use', async () => {
    const event = events.pullRequest(await github.addPull());
    const temp = join(workspace, 'temp');
    const result = await act(event, { temp });
    const again = await act(event, { inputs: { base: result.outputs.snapshot ?? '' } });

    expect(again.outputs.verdict).toBe('pass');
    expect(result.outputs.report).toMatch(/report\.json$/);
  });

  it('keeps its comment up to date instead of writing a second one', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    await act(event);
    await build(2_000);
    await act(event, { runNumber: 11 });

    const comments = await commentsOf();
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('### ✅');
  });

  it('says nothing where nothing changed and nothing was said', async () => {
    const event = events.pullRequest(await github.addPull());
    const result = await act(event);

    expect(result.outputs).toMatchObject({ verdict: 'pass', failed: '0', 'comment-url': '' });
    expect(await commentsOf()).toEqual([]);
  });

  it.each([
    ['always', 2_000, 1],
    ['on-change', 2_100, 1],
    ['on-failure', 2_100, 0],
    ['on-failure', 3_400, 1],
    ['never', 3_400, 0],
  ])('with comment: %s and an app of %i bytes writes %i comments', async (comment, size, count) => {
    const event = events.pullRequest(await github.addPull());
    await build(size);
    await act(event, { inputs: { comment } });

    expect(await commentsOf()).toHaveLength(count);
  });

  it('finds its comment on a busy pull request (trap: only the first page was looked at)', async () => {
    const event = events.pullRequest(await github.addPull());
    await github.addComments(
      7,
      Array.from({ length: 130 }, (_, index) => ({ author: 'ana', body: `comment ${index}` })),
    );
    await build(3_400);
    await act(event);
    await act(event, { runNumber: 11 });

    const ours = (await commentsOf()).filter(({ author }) => author === 'github-actions[bot]');
    expect(ours).toHaveLength(1);
  });

  it('leaves a person alone who quotes the comment (trap: any comment with the marker was overwritten)', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    await act(event);
    const [ours] = await commentsOf();
    await github.addComments(7, [
      { author: 'ana', body: ours?.body ?? '' },
      { author: 'ana', body: `> ${ours?.body}` },
      // Other workflows write with the same token.
      { author: 'github-actions[bot]', body: `> ${ours?.body}` },
    ]);
    await build(3_500);
    await act(event, { runNumber: 11 });

    const bodies = (await commentsOf()).map(({ body }) => body);
    const others = bodies.filter((body) => !body.includes('App is 500 B over'));
    expect(bodies).toHaveLength(4);
    expect(others).toEqual([ours?.body, `> ${ours?.body}`, `> ${ours?.body}`]);
  });

  it('leaves the words of a later run', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    await act(event, { runNumber: 12 });
    await build(2_000);
    const late = await act(event, { runNumber: 11 });

    expect((await commentsOf())[0]?.body).toContain('### ❌');
    expect(late.log).toContain('a later run has commented already');
  });

  it('says nothing on a commit that the pull request has left behind', async () => {
    const pull = await github.addPull();
    await github.updatePull(7, { headSha: 'd'.repeat(40) });
    await build(3_400);
    const result = await act(events.pullRequest(pull));

    expect(result.outputs.verdict).toBe('fail');
    expect(await commentsOf()).toEqual([]);
  });

  it('keeps the comments of projects apart, whatever they are called (trap: a key in a RegExp)', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    for (const project of ['web', 'w.b', 'we(b', 'admin --> <script>', 'we[b-a]']) {
      expect((await act(event, { inputs: { project } })).outputs.verdict).toBe('fail');
    }
    await act(event, { inputs: { project: 'web' }, runNumber: 11 });
    await act(event, { inputs: { project: 'we(b' }, runNumber: 11 });

    expect(await commentsOf()).toHaveLength(5);
  });

  it('shows a body over 65,536 characters shortened, with a link to the run', async () => {
    const event = events.pullRequest(await github.addPull());
    // What means something in Markdown takes six times its length.
    const names = Array.from({ length: 300 }, (_, index) => `${'|`'.repeat(95)}${index}.js`);
    await writeFiles(workspace, {
      'budgets.json': JSON.stringify({
        budgets: [
          {
            name: 'x'.repeat(300),
            files: 'dist/*.js',
            each: true,
            max: 1,
            message: 'm'.repeat(2_000),
          },
        ],
      }),
      ...Object.fromEntries(names.map((name) => [`dist/${name}`, 'console.log(1)'])),
    });
    const result = await act(event);

    const [comment] = await commentsOf();
    expect(comment?.body.length).toBeLessThanOrEqual(65_536);
    expect(comment?.body).toContain('/actions/runs/');
    expect(result.summary).toContain('### ❌');
  });
});

describe('a token that may only read (a fork)', () => {
  it('does everything but the comment, and one notice names the permission', async () => {
    const event = events.forkPullRequest(
      await github.addPull({ fork: { owner: 'mallory', name: 'shop', id: 9 } }),
    );
    await build(3_400);
    const result = await act(event, { token: await github.mintToken(READ) });

    expect(result.exitCode).toBe(1);
    expect(result.outputs.verdict).toBe('fail');
    expect(result.summary).toContain('### ❌');
    const notices = result.annotations.filter(({ level }) => level === 'notice');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.message).toContain('pull-requests: write');
    expect(notices[0]?.message).toContain('fork');
  });

  it('stays green when the verdict is (trap: 403 on a fork turned the job red)', async () => {
    const event = events.deletedForkPullRequest(await github.addPull({ fork: null }));
    await build(2_100);
    const result = await act(event, { token: await github.mintToken(READ) });

    expect(result.exitCode).toBe(0);
    expect(result.outputs.verdict).toBe('pass');
  });
});

describe('GitHub in trouble', () => {
  it.each([
    ['a 500', { kind: 'server-error', status: 500 }],
    ['a 503', { kind: 'server-error', status: 503 }],
    ['a 429', { kind: 'too-many-requests', retryAfter: 1 }],
    ['a secondary rate limit', { kind: 'secondary-rate-limit', retryAfter: 1 }],
    ['a cut connection', { kind: 'cut' }],
  ] as const)('is tried again after %s', async (_, fault) => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    await github.fault({ ...fault, path: /comments/ });
    await act(event);

    expect(await commentsOf()).toHaveLength(1);
  });

  it('writes one comment where the answer to writing it was lost', async () => {
    const event = events.pullRequest(await github.addPull());
    await build(3_400);
    await github.fault({ kind: 'cut', late: true, method: 'POST', path: /comments/ });
    await act(event);

    expect(await commentsOf()).toHaveLength(1);
  });

  it.each([
    ['refused', { kind: 'unprocessable' }, 3_400, 1],
    ['refused', { kind: 'unprocessable' }, 2_100, 0],
    ['gone', { kind: 'not-found' }, 2_100, 0],
    ['down', { kind: 'server-error', status: 500 }, 2_100, 0],
  ] as const)(
    'keeps the verdict when the comment is %s (%o, %i bytes)',
    async (_, fault, size, code) => {
      const event = events.pullRequest(await github.addPull());
      await build(size);
      await github.fault({ ...fault, path: /comments/, times: 20 });
      const result = await act(event);

      expect(result.exitCode).toBe(code);
      expect(result.outputs.verdict).toBe(code === 1 ? 'fail' : 'pass');
    },
  );
});

describe('other events', () => {
  it.each([
    ['push', events.push()],
    ['a push of a branch', events.branchPush()],
    ['a push of a tag', events.tagPush()],
    ['merge_group', events.mergeGroup()],
    ['workflow_dispatch', events.workflowDispatch()],
    ['schedule', events.schedule()],
  ])('%s: no comment, no request at all, all the rest', async (_, event) => {
    await build(3_400);
    const result = await act(event);

    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'fail', failed: '1' });
    expect(result.summary).toContain('### ❌');
    expect(await github.requests()).toEqual([]);
  });

  it('on a push to the base branch limits on changes only warn', async () => {
    await build(2_900);
    const pushed = await act(events.push());
    const branch = await act(events.branchPush());

    expect(pushed.outputs.verdict).toBe('warn');
    expect(branch.outputs.verdict).toBe('fail');
  });

  it('in pull_request_target a config that is code is not run', async () => {
    await rm(join(workspace, 'budgets.json'));
    await writeFiles(workspace, {
      'weighbridge.config.mjs': 'console.log("pwned"); export default { budgets: [] };',
    });
    const result = await act(events.pullRequestTarget(await github.addPull()));

    expect(result.exitCode).toBe(1);
    expect(result.stdout).not.toContain('pwned');
    expect(result.annotations[0]?.message).toContain('is not run in a privileged event');
  });

  it('in pull_request_target a bundler that the checkout brings along is not loaded', async () => {
    await writeFiles(workspace, {
      'budgets.json': { budgets: [{ import: '*', from: './dist/app.js', max: '1 kB' }] },
      'node_modules/esbuild/index.js': 'console.log("pwned");',
    });
    const result = await act(events.pullRequestTarget(await github.addPull()));

    expect(result.exitCode).toBe(1);
    expect(result.stdout).not.toContain('pwned');
    expect(result.annotations[0]?.message).toContain('is not loaded in a privileged event');
  });
});

describe('inputs', () => {
  it.each([
    [{ comment: 'sometimes' }, '"sometimes" is not a value'],
    [{ mode: 'chekc' }, 'Known: check, deliver.'],
    [{ strict: 'warnn' }, 'Known: true, false, warn, inconclusive.'],
    [{ base: 'gone.json' }, 'gone.json does not exist'],
    [{ base: 'mian' }, 'The base mian cannot be found'],
    [{ 'check-run': 'yes' }, 'Known: true, false.'],
    [{ html: 'report.html' }, 'cannot do it yet'],
    [{ config: 'gone.json' }, 'gone.json does not exist'],
  ])('%o: a clear error, red, and no verdict', async (inputs, words) => {
    const result = await act(events.push(), { inputs });

    expect(result.exitCode).toBe(1);
    expect(result.outputs.verdict).toBeUndefined();
    expect(result.annotations[0]?.message).toContain(words);
  });

  it('strict fails on warnings, and forgives that there is no baseline yet', async () => {
    await build(2_000, 2_500);
    const warned = await act(events.push(), { inputs: { strict: 'true' } });
    await build(2_000);
    const adopted = await act(events.push(), { inputs: { strict: 'true', base: '' } });

    expect(warned.exitCode).toBe(1);
    expect(adopted.exitCode).toBe(0);
    expect(adopted.outputs.verdict).toBe('inconclusive');
  });

  it('working-directory: budgets, base and annotations are seen from there', async () => {
    await writeFiles(workspace, {
      'web/budgets.json': BUDGETS,
      'web/dist/app.js': bytes(3_400),
      'web/dist/vendor.js': bytes(10),
    });
    const result = await act(events.push(), {
      inputs: { 'working-directory': 'web', base: '../base.json' },
    });

    expect(result.annotations[0]).toMatchObject({ file: 'web/budgets.json', line: 4 });
  });
});

it('gives hostile names no command, no mention and no markup on their way through a run', async () => {
  const event = events.pullRequest(await github.addPull());
  await writeFiles(workspace, {
    'budgets.json': JSON.stringify({
      budgets: [{ name: '::error::pwned @octocat <b>', files: 'dist/*', each: true, max: 1 }],
    }),
    'dist/x ##[error]pwned\n::set-output name=verdict::pass.js': 'console.log(1)',
  });
  const result = await act(event);

  expect(result.outputs.verdict).toBe('fail');
  expect(result.annotations.some(({ message }) => message.startsWith('pwned'))).toBe(false);
  expect((await commentsOf())[0]?.body).not.toMatch(/@octocat|<b>/);
});
