import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkName } from '../../src/format/check-run.ts';
import { type CheckRunRequest, keepCheckRun } from '../../src/github/check-run.ts';
import type { Client } from '../../src/github/client.ts';
import { readRun } from '../../src/github/context.ts';
import { whyNoCheckRun } from '../../src/github/refusal.ts';
import type { CheckAnnotation } from '../../src/model/check-run.ts';
import type { Run } from '../../src/model/run.ts';
import { SHA } from '../support/github/defaults.ts';
import { forkPullRequest, pullRequest, type RunnerEvent } from '../support/github/events.ts';
import { type Github, READ, startGithub } from '../support/github/github.ts';
import type { Permissions } from '../support/github/protocol.ts';

const ENVIRONMENT = {
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_RUN_ID: '5001',
  GITHUB_RUN_NUMBER: '12',
  GITHUB_SHA: SHA.merge,
};
const runOf = (event: RunnerEvent) => readRun(ENVIRONMENT, JSON.stringify(event.payload));
const RUN = runOf(pullRequest());
const AGAIN: Run = { ...RUN, attempt: 2 };

function annotations(count: number, first = 0): CheckAnnotation[] {
  return Array.from({ length: count }, (_, index) => ({
    path: 'budgets.json',
    line: first + index + 1,
    level: index % 2 === 0 ? 'failure' : 'warning',
    title: `Budget ${first + index}`,
    message: `Budget ${first + index} is 2.3 kB over its 170 kB`,
  }));
}

function wanted(given: Partial<CheckRunRequest> = {}): CheckRunRequest {
  return {
    name: checkName('.'),
    headSha: RUN.pullRequest?.head ?? '',
    conclusion: 'failure',
    title: '1 of 7 budgets is broken',
    summary: '### 1 of 7 budgets is broken',
    annotations: [],
    detailsUrl: RUN.url,
    ...given,
  };
}

const MAY: Permissions = { checks: 'write' };
let github: Github;
let getOctokit: typeof import('@actions/github').getOctokit;
let connect: (token: string) => Client;

beforeAll(async () => {
  github = await startGithub();
  // Read once, when the package of the client is loaded.
  vi.stubEnv('GITHUB_API_URL', github.apiUrl);
  ({ getOctokit } = await import('@actions/github'));
  ({ connect } = await import('../../src/github/client.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await github.close();
});
beforeEach(async () => {
  await github.reset();
  await github.addPull();
});
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
});

/** Without the plugins of ours, which let a second pass between two writes. */
async function client(permissions: Permissions = MAY): Promise<Client> {
  return getOctokit(await github.mintToken(permissions), { baseUrl: github.apiUrl });
}

async function keep(request: CheckRunRequest, run = RUN): Promise<{ readonly url: string }> {
  return keepCheckRun(await client(), run, request);
}

async function writes() {
  const requests = await github.requests();
  return requests.filter(({ method }) => method !== 'GET');
}

async function batches(): Promise<number[]> {
  const bodies = (await writes()).map(({ body }) => body as { output: { annotations: object[] } });
  return bodies.map(({ output }) => output.annotations.length);
}

describe('a check run', () => {
  test('stands on the head of the pull request, complete from the first request on', async () => {
    const { url } = await keep(wanted({ annotations: annotations(1) }));

    const [check, ...others] = await github.checkRuns();
    expect(others).toEqual([]);
    expect(check).toMatchObject({
      name: 'Weighbridge',
      headSha: SHA.head,
      status: 'completed',
      conclusion: 'failure',
      title: '1 of 7 budgets is broken',
      summary: '### 1 of 7 budgets is broken',
    });
    expect(check?.annotations).toEqual([
      {
        path: 'budgets.json',
        start_line: 1,
        end_line: 1,
        annotation_level: 'failure',
        title: 'Budget 0',
        message: 'Budget 0 is 2.3 kB over its 170 kB',
      },
    ]);
    expect(url).toContain(String(check?.id));
    expect(await writes()).toMatchObject([
      { operation: 'checks/create', body: { details_url: RUN.url } },
    ]);
  });

  test.each(['success', 'neutral', 'failure'] as const)('concludes with %s', async (conclusion) => {
    await keep(wanted({ conclusion }));

    expect(await github.checkRuns()).toMatchObject([{ status: 'completed', conclusion }]);
  });

  test.each([
    [0, [0]],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [120, [50, 50, 20]],
  ])('has %i annotations, fifty in a request', async (count, sizes) => {
    await keep(wanted({ annotations: annotations(count) }));

    expect(await batches()).toEqual(sizes);
    const [check] = await github.checkRuns();
    const lines = check?.annotations.map((one) => (one as { start_line: number }).start_line);
    expect(lines).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  test('keeps its verdict when later annotations are refused', async () => {
    await github.fault({ kind: 'unprocessable', method: 'PATCH', times: 9 });

    const kept = keep(wanted({ annotations: annotations(51) }));

    await expect(kept).rejects.toMatchObject({ status: 422 });
    expect(await github.checkRuns()).toMatchObject([
      { status: 'completed', conclusion: 'failure', annotations: { length: 50 } },
    ]);
  });

  test('is tried again when GitHub stumbles', async () => {
    await github.fault({ kind: 'server-error', status: 502, method: 'POST' });
    await github.fault({ kind: 'server-error', status: 503, method: 'PATCH' });

    const patient = connect(await github.mintToken(MAY));

    await keepCheckRun(patient, RUN, wanted({ annotations: annotations(51) }));

    expect(await github.checkRuns()).toMatchObject([{ annotations: { length: 51 } }]);
    expect((await writes()).map(({ status }) => status)).toEqual([502, 201, 503, 200]);
  });

  test('takes hostile names as text', async () => {
    const hostile = '@octocat `<img src=x>` \u202e\n::error::x 漢字';
    const name = checkName(hostile);
    const [one] = annotations(1);
    const note = { ...one, path: 'budgets.json', line: 3, level: 'warning' as const };
    await keep(
      wanted({
        name,
        title: hostile,
        annotations: [{ ...note, title: hostile, message: hostile }],
      }),
    );
    await keep(wanted({ name, conclusion: 'success' }), AGAIN);

    expect(await github.checkRuns()).toMatchObject([
      { name, conclusion: 'failure', annotations: [{ message: hostile }] },
      { name, conclusion: 'success' },
    ]);
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('one name, one check run', () => {
  test('two projects have one each', async () => {
    await keep(wanted({ name: checkName('apps/shop') }));
    await keep(wanted({ name: checkName('apps/admin'), conclusion: 'success' }));

    expect(await github.checkRuns()).toMatchObject([
      { name: 'Weighbridge: apps/shop', conclusion: 'failure' },
      { name: 'Weighbridge: apps/admin', conclusion: 'success' },
    ]);
  });

  test('another attempt of the run updates what still holds, and repeats no annotation', async () => {
    const { url } = await keep(wanted({ annotations: annotations(120) }));
    await github.forgetRecords();

    const second = await keep(
      wanted({ conclusion: 'success', title: 'now', annotations: annotations(121) }),
      AGAIN,
    );

    expect(second.url).toBe(url);
    expect(await batches()).toEqual([1]);
    expect(await github.checkRuns()).toMatchObject([
      { conclusion: 'success', title: 'now', annotations: { length: 121 } },
    ]);
  });

  test('another attempt without annotations updates one without annotations', async () => {
    const { url } = await keep(wanted({ conclusion: 'neutral' }));

    expect(await keep(wanted({ conclusion: 'success' }), AGAIN)).toEqual({ url });
    expect(await github.checkRuns()).toMatchObject([{ conclusion: 'success' }]);
  });

  test('an annotation that has become untrue cannot be taken back: a new one supersedes', async () => {
    await keep(wanted({ annotations: annotations(2) }));
    await keep(wanted({ conclusion: 'success', annotations: annotations(1) }), AGAIN);

    const latest = await (await client()).rest.checks.listForRef({
      owner: 'acme',
      repo: 'shop',
      ref: SHA.head,
    });
    expect(latest.data.check_runs).toMatchObject([{ name: 'Weighbridge', conclusion: 'success' }]);
    expect(await github.checkRuns()).toMatchObject([
      { conclusion: 'failure', annotations: { length: 2 } },
      { conclusion: 'success', annotations: { length: 1 } },
    ]);
  });

  test('another run has its own, and so has another commit', async () => {
    await keep(wanted());
    await keep(wanted(), { ...RUN, id: 5002 });
    await github.updatePull(7, { headSha: SHA.merge });
    await keep(wanted({ headSha: SHA.merge }));

    const shas = (await github.checkRuns()).map(({ headSha }) => headSha);
    expect(shas).toEqual([SHA.head, SHA.head, SHA.merge]);
  });

  test('one that another run has hidden since is not updated for nobody', async () => {
    await keep(wanted());
    await keep(wanted(), { ...RUN, id: 5002 });
    await keep(wanted({ conclusion: 'success' }), AGAIN);

    const conclusions = (await github.checkRuns()).map(({ conclusion }) => conclusion);
    expect(conclusions).toEqual(['failure', 'failure', 'success']);
  });

  test('is looked for by its name: a busy commit has hundreds of check runs', async () => {
    await keep(wanted({ name: checkName('apps/shop & co') }));

    const [listed] = await github.requests();
    expect(new URL(listed?.path ?? '', github.apiUrl).searchParams.get('check_name')).toBe(
      'Weighbridge: apps/shop & co',
    );
  });

  test('one that merely has our name is left alone', async () => {
    const { rest } = await client();
    const theirs = { name: 'Weighbridge', head_sha: SHA.head, external_id: 'theirs' };
    await rest.checks.create({ owner: 'acme', repo: 'shop', ...theirs });

    await keep(wanted());

    expect(await github.checkRuns()).toMatchObject([
      { status: 'queued' },
      { status: 'completed', conclusion: 'failure' },
    ]);
  });
});

describe('a token that may not', () => {
  test.each([
    ['says nothing of checks', READ],
    ['may only read them', { checks: 'read' }],
  ] as const)('%s: the permission is named', async (_, permissions) => {
    const kept = keepCheckRun(await client(permissions), RUN, wanted());
    const error = await kept.catch((reason: unknown) => reason);

    expect(error).toMatchObject({ status: 403 });
    expect(whyNoCheckRun(error, RUN)).toBe(
      'No check run: the token lacks the permission checks: write; add `permissions: { checks: write }` to the job.',
    );
    expect(await github.checkRuns()).toEqual([]);
  });

  test('of a private repository cannot even look: what is needed is still to write', async () => {
    await github.fault({ kind: 'forbidden', method: 'GET' });

    const error = await keep(wanted()).catch((reason: unknown) => reason);

    expect(whyNoCheckRun(error, RUN)).toContain('checks: write;');
  });

  test('of a fork cannot be given more', () => {
    const fork = runOf(forkPullRequest());

    expect(whyNoCheckRun({ status: 403 }, fork)).toMatch(/from a fork may only read\.$/);
    expect(whyNoCheckRun({ status: 404 }, fork)).not.toBeNull();
  });

  test('is not what a limit or a broken server means', () => {
    const limit = { status: 403, response: { headers: { 'retry-after': '60' } } };

    expect(whyNoCheckRun(limit, RUN)).toBeNull();
    expect(whyNoCheckRun({ status: 502 }, RUN)).toBeNull();
    expect(whyNoCheckRun(new Error('cut'), RUN)).toBeNull();
  });
});
