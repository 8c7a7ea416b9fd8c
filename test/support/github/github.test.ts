import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { getOctokit } from '@actions/github';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FORK, REPOSITORY, SHA } from './defaults.ts';
import { type Github, type NewFault, READ, startGithub, WRITE } from './github.ts';
import type { Permissions } from './protocol.ts';

const repo = { owner: REPOSITORY.owner, repo: REPOSITORY.name };
const here = { ...repo, issue_number: 7 };
let github: Github;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
afterEach(async () => {
  const ours = (await github.warnings()).filter(({ servedBy }) => servedBy === 'ours');
  expect(ours, 'what we serve ourselves keeps to GitHub’s description').toEqual([]);
});
beforeEach(async () => {
  await github.reset();
  await github.addPull();
});

async function octokit(permissions?: Permissions) {
  const token = await github.mintToken(permissions);
  return getOctokit(token, { baseUrl: github.apiUrl });
}

async function rest(permissions?: Permissions) {
  return (await octokit(permissions)).rest;
}

describe('comments', () => {
  test('of a write token are those of github-actions[bot]', async () => {
    const { issues } = await rest(WRITE);
    const { data } = await issues.createComment({ ...here, body: 'hello' });
    expect(data.user).toMatchObject({ login: 'github-actions[bot]', type: 'Bot', id: 41898282 });
    await issues.updateComment({ ...repo, comment_id: data.id, body: 'changed' });
    expect((await issues.getComment({ ...repo, comment_id: data.id })).data.body).toBe('changed');
    expect(await github.comments(7)).toEqual([
      { id: data.id, body: 'changed', author: 'github-actions[bot]', type: 'Bot' },
    ]);
    await issues.deleteComment({ ...repo, comment_id: data.id });
    expect(await github.comments(7)).toEqual([]);
    expect(await github.violations()).toEqual([]);
  });

  test('of a person are that person’s', async () => {
    const token = await github.mintUserToken('ana');
    const { issues } = getOctokit(token, { baseUrl: github.apiUrl }).rest;
    const { data } = await issues.createComment({ ...here, body: 'hello' });
    expect(data.user).toMatchObject({ login: 'ana', type: 'User' });
  });

  test('can be read but not written with a read token', async () => {
    await github.addComments(7, [{ author: 'ana', body: 'first' }]);
    const { issues } = await rest(READ);
    expect((await issues.listComments(here)).data).toMatchObject([{ body: 'first' }]);
    await expect(issues.createComment({ ...here, body: 'hello' })).rejects.toMatchObject({
      status: 403,
      response: {
        headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' },
        data: { message: 'Resource not accessible by integration' },
      },
    });
  });

  test('are 65,536 characters long at most, however many bytes those take', async () => {
    const { issues } = await rest();
    const longest = '\u{1F40B}'.repeat(65_536);
    const { data } = await issues.createComment({ ...here, body: longest });
    const tooLong = `${longest}.`;
    const refused = { status: 422, message: expect.stringContaining('Body is too long') };
    await expect(issues.createComment({ ...here, body: tooLong })).rejects.toMatchObject(refused);
    const update = { ...repo, comment_id: data.id, body: tooLong };
    await expect(issues.updateComment(update)).rejects.toMatchObject(refused);
    expect(await github.violations()).toEqual([]);
  });

  test('come in pages, more than two of them', async () => {
    const bodies = Array.from({ length: 250 }, (_, index) => `comment ${index}`);
    await github.addComments(
      7,
      bodies.map((body, index) => ({ author: index % 2 ? 'ana' : 'github-actions[bot]', body })),
    );
    const { paginate, rest } = await octokit(READ);
    const all = await paginate(rest.issues.listComments, { ...here, per_page: 100 });
    expect(all.map(({ body }) => body)).toEqual(bodies);
    expect(all.map(({ user }) => user?.type).slice(0, 2)).toEqual(['Bot', 'User']);
    expect((await github.requests()).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await github.requests())[1]?.path).toContain('page=2');
  });
});

describe('tokens', () => {
  test('that nobody has minted are bad credentials', async () => {
    const { issues } = getOctokit('ghs_invented', { baseUrl: github.apiUrl }).rest;
    await expect(issues.listComments(here)).rejects.toMatchObject({ status: 401 });
  });

  test('say by GraphQL whose they are', async () => {
    const viewer = '{ viewer { login } }';
    const app = await octokit();
    expect(await app.graphql(viewer)).toEqual({ viewer: { login: 'github-actions[bot]' } });
    const ana = getOctokit(await github.mintUserToken('ana'), { baseUrl: github.apiUrl });
    expect(await ana.graphql(viewer)).toEqual({ viewer: { login: 'ana' } });
    expect((await ana.rest.users.getAuthenticated()).data.login).toBe('ana');
    await expect(app.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    expect(await github.violations()).toEqual([]);
  });

  test('of a private repository need the permission to read as well', async () => {
    await github.reset({ private: true });
    await github.addPull();
    const { pulls } = await rest({ contents: 'read' });
    const get = pulls.get({ ...repo, pull_number: 7 });
    await expect(get).rejects.toMatchObject({ status: 403 });
  });
});

describe('what breaks GitHub’s description', () => {
  async function send(method: string, path: string, body?: unknown) {
    const authorization = `Bearer ${await github.mintToken()}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const payload = body === undefined ? null : JSON.stringify(body);
    return fetch(`${github.apiUrl}${path}`, { method, headers, body: payload });
  }

  test.each([
    ['POST', '/repos/acme/shop/issues/7/comments', { text: 'hello' }, 422, /'body'/],
    ['POST', '/repos/acme/shop/issues/7/comments', { body: 7 }, 422, /body must be string/],
    ['POST', '/repos/acme/shop/issues/7/comments', undefined, 422, /body is missing/],
    ['POST', '/repos/acme/shop/issues/7/comments', { body: '', tone: 'kind' }, 422, /"tone"/],
    ['POST', '/repos/acme/shop/check-runs', { name: 'x', head_sha: 1 }, 422, /head_sha/],
    ['GET', '/repos/acme/shop/issues/7/comments?per_page=many', undefined, 200, /"per_page"/],
    ['GET', '/repos/acme/shop/issues/7/comments?perPage=100', undefined, 200, /"perPage"/],
    ['GET', '/repos/acme/shop/issue/7/comments', undefined, 404, /not in the pruned description/],
    ['GET', '/repos/acme/shop/pulls/seven', undefined, 404, /not in the pruned description/],
    ['POST', '/graphql', { query: '{ rateLimit { remaining } }' }, 200, /GraphQL/],
  ])('%s %s %j is a violation', async (method, path, body, status, message) => {
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect(await github.violations()).toMatchObject([
      { method, path, message: expect.stringMatching(message) },
    ]);
  });

  test('is what more than 50 annotations do, or one of an unknown level', async () => {
    const annotation = { path: 'a.js', start_line: 1, end_line: 1, message: 'big' };
    const output = (annotations: object[]) => ({ title: 't', summary: 's', annotations });
    const run = (annotations: object[]) =>
      send('POST', '/repos/acme/shop/check-runs', {
        name: 'Budgets',
        head_sha: SHA.head,
        output: output(annotations),
      });
    const failure = { ...annotation, annotation_level: 'failure' };
    expect((await run(Array.from({ length: 51 }, () => failure))).status).toBe(422);
    expect((await run([{ ...annotation, annotation_level: 'error' }])).status).toBe(422);
    expect(await github.violations()).toMatchObject([
      { message: expect.stringContaining('must NOT have more than 50 items') },
      { message: expect.stringContaining('must be equal to one of the allowed values') },
    ]);
  });
});

describe('faults', () => {
  const once = (fault: NewFault) => github.fault(fault);
  const list = async () => (await rest()).issues.listComments(here);

  test.each([
    [{ kind: 'forbidden' }, 403, { 'x-accepted-github-permissions': /=read/ }],
    [{ kind: 'unauthorized' }, 401, {}],
    [{ kind: 'not-found' }, 404, {}],
    [{ kind: 'gone' }, 410, {}],
    [{ kind: 'conflict' }, 409, {}],
    [{ kind: 'unprocessable' }, 422, {}],
    [{ kind: 'too-many-requests', retryAfter: 3 }, 429, { 'retry-after': /^3$/ }],
    [{ kind: 'secondary-rate-limit' }, 403, { 'retry-after': /^1$/ }],
    [{ kind: 'primary-rate-limit' }, 403, { 'x-ratelimit-remaining': /^0$/ }],
    [{ kind: 'server-error', status: 500 }, 500, {}],
    [{ kind: 'server-error', status: 502 }, 502, { 'content-type': /html/ }],
    [{ kind: 'server-error', status: 503 }, 503, { 'content-type': /html/ }],
  ] as const)('%j happens once', async (fault, status, headers) => {
    await once(fault);
    const failed: { status: number; response: { headers: Record<string, string> } } =
      await list().then(
        () => expect.fail('no fault'),
        (error) => error,
      );
    expect(failed.status).toBe(status);
    for (const [name, value] of Object.entries<RegExp>(headers)) {
      expect(failed.response.headers[name]).toMatch(value);
    }
    expect((await list()).status).toBe(200);
    expect((await github.requests()).map(({ servedBy }) => servedBy)).toEqual([
      'fault',
      'emulator',
    ]);
  });

  test('hit what matches, after as many as were to be spared, as often as they were to', async () => {
    const { issues } = await rest();
    await once({ kind: 'conflict', method: 'POST', path: /\/comments$/, skip: 1, times: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) {
      const result = await issues.createComment({ ...here, body: 'hi' }).catch((error) => error);
      statuses.push(result.status);
      await issues.listComments(here);
    }
    expect(statuses).toEqual([201, 409, 409, 201, 201]);
    expect(await github.comments(7)).toHaveLength(3);
  });

  test('cut the connection before GitHub has done anything, or after', async () => {
    const { issues } = await rest();
    await once({ kind: 'cut' });
    await expect(issues.createComment({ ...here, body: 'lost' })).rejects.toThrow();
    expect(await github.comments(7)).toEqual([]);
    await once({ kind: 'cut', late: true });
    await expect(issues.createComment({ ...here, body: 'kept' })).rejects.toThrow();
    expect(await github.comments(7)).toMatchObject([{ body: 'kept' }]);
    expect((await github.requests()).map(({ status }) => status)).toEqual([null, null]);
  });

  test('delay an answer, and can be cleared', async () => {
    await once({ kind: 'delay', ms: 200 });
    const start = performance.now();
    await list();
    expect(performance.now() - start).toBeGreaterThan(190);
    await once({ kind: 'conflict' });
    await github.clearFaults();
    expect((await list()).status).toBe(200);
  });
});

describe('pull requests', () => {
  test('of the repository itself', async () => {
    const { pulls } = await rest();
    const { data } = await pulls.get({ ...repo, pull_number: 7 });
    expect(data.head).toMatchObject({ sha: SHA.head, ref: 'feature', repo: { id: REPOSITORY.id } });
    expect(data.base).toMatchObject({ sha: SHA.base, ref: 'main' });
    expect(data.merge_commit_sha).toBe(SHA.merge);
    await github.updatePull(7, { headSha: 'd'.repeat(40) });
    expect((await pulls.get({ ...repo, pull_number: 7 })).data.head.sha).toBe('d'.repeat(40));
    expect(await github.violations()).toEqual([]);
  });

  test('of a fork are found by its owner and branch', async () => {
    await github.addPull({ number: 8, fork: FORK, author: 'mallory' });
    const { pulls, repos } = await rest(READ);
    const { data } = await pulls.list({ ...repo, head: 'mallory:feature', state: 'open' });
    expect(data).toMatchObject([
      {
        number: 8,
        head: { repo: { id: FORK.id, fork: true } },
        base: { repo: { id: REPOSITORY.id } },
      },
    ]);
    expect((await pulls.list({ ...repo, head: 'acme:feature' })).data).toMatchObject([
      { number: 7 },
    ]);
    const compared = await repos.compareCommitsWithBasehead({
      ...repo,
      basehead: `${SHA.base}...${SHA.head}`,
    });
    expect(compared.data.merge_base_commit.sha).toBe(SHA.base);
  });

  test('whose fork is deleted have no head repository', async () => {
    await github.addPull({ number: 9, fork: null });
    const { data } = await (await rest(READ)).pulls.get({ ...repo, pull_number: 9 });
    expect(data.head).toMatchObject({ sha: SHA.head, repo: null, user: null });
  });

  test('have labels', async () => {
    await github.addPull({ number: 10, labels: ['accept-size'] });
    const { issues, pulls } = await rest();
    expect((await pulls.get({ ...repo, pull_number: 10 })).data.labels).toMatchObject([
      { name: 'accept-size' },
    ]);
    const labels = await issues.listLabelsOnIssue({ ...repo, issue_number: 10 });
    expect(labels.data).toMatchObject([{ name: 'accept-size' }]);
  });
});

test('the summary of a check run is 65,535 bytes long at most', async () => {
  const { checks } = await rest({ checks: 'write' });
  const create = (summary: string) =>
    checks.create({
      ...repo,
      name: 'Budgets',
      head_sha: SHA.head,
      output: { title: 't', summary },
    });
  expect((await create('x'.repeat(65_535))).status).toBe(201);
  await expect(create('\u00e9'.repeat(32_768))).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('summary exceeds a maximum bytesize of 65535'),
  });
  expect(await github.violations()).toEqual([]);
});

test('a check run keeps the annotations of all its updates', async () => {
  const { checks } = await rest({ checks: 'write' });
  const annotation = (path: string) => ({
    path,
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure' as const,
    message: `${path} is too big`,
  });
  const output = (...paths: string[]) => ({
    title: 't',
    summary: 's',
    annotations: paths.map(annotation),
  });
  const { data } = await checks.create({
    ...repo,
    name: 'Budgets',
    head_sha: SHA.head,
    output: output('a.js'),
  });
  const run = { ...repo, check_run_id: data.id };
  await checks.update({
    ...run,
    output: output('b.js'),
    status: 'completed',
    conclusion: 'failure',
  });
  expect((await checks.get(run)).data).toMatchObject({ conclusion: 'failure' });
  const listed = await checks.listAnnotations({ ...run, per_page: 1, page: 2 });
  expect(listed.data).toMatchObject([{ path: 'b.js', annotation_level: 'failure' }]);
  expect(await github.checkRuns()).toMatchObject([
    { name: 'Budgets', headSha: SHA.head, annotations: [{ path: 'a.js' }, { path: 'b.js' }] },
  ]);
  expect(await github.violations()).toEqual([]);
});

describe('a pushed repository', () => {
  let directory: string;
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', directory, ...args], {
      env: { PATH: process.env.PATH, HOME: directory, ...PERSON },
    })
      .toString()
      .trim();
  const commit = (content: string) => {
    writeFileSync(join(directory, 'budgets.json'), content);
    git('add', '.');
    git('commit', '-q', '-m', `Set ${content}`);
    return git('rev-parse', 'HEAD');
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'pushed-'));
    git('init', '-q', '-b', 'main');
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  test('has its true ids, files and merge bases', async () => {
    const fork = commit('{}');
    git('checkout', '-q', '-b', 'feature/cart');
    const head = commit('{ "track": ["dist/**"] }');
    git('checkout', '-q', 'main');
    const base = commit('{ "budgets": [] }');
    await github.push(directory);
    await github.addPull({ number: 8, headSha: head, baseSha: base, headRef: 'feature/cart' });
    const { git: gitData, repos } = await rest({ contents: 'write' });
    const compared = await repos.compareCommitsWithBasehead({
      ...repo,
      basehead: 'main...feature/cart',
    });
    expect(compared.data.merge_base_commit.sha).toBe(fork);
    expect(compared.data.files).toMatchObject([{ filename: 'budgets.json', status: 'modified' }]);
    const { data } = await repos.getContent({ ...repo, path: 'budgets.json', ref: head });
    expect(Buffer.from('content' in data ? data.content : '', 'base64').toString()).toContain(
      'dist/**',
    );
    const ref = await gitData.getRef({ ...repo, ref: 'heads/feature/cart' });
    expect(ref.data.object.sha).toBe(head);
    // The next commit made over the API has the id that git would give it: the copied objects are the true ones.
    const tree = git('rev-parse', 'main^{tree}');
    const made = await gitData.createCommit({
      ...repo,
      message: 'Empty\n',
      tree,
      parents: [base],
      ...BY,
    });
    git('commit', '-q', '--allow-empty', '-m', 'Empty');
    expect(made.data.sha).toBe(git('rev-parse', 'HEAD'));
    expect(await github.violations()).toEqual([]);
  });

  test('refuses an update that is no fast-forward', async () => {
    const first = commit('{}');
    commit('{ "budgets": [] }');
    await github.push(directory);
    const { git: gitData } = await rest({ contents: 'write' });
    const move = gitData.updateRef({ ...repo, ref: 'heads/main', sha: first });
    await expect(move).rejects.toMatchObject({ status: 422 });
  });
});

const PERSON = {
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_AUTHOR_DATE: '2025-01-01T12:00:00+02:00',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
  GIT_COMMITTER_DATE: '2025-01-01T12:00:00+02:00',
};
const ANA = { name: 'Ana', email: 'ana@example.com', date: '2025-01-01T12:00:00+02:00' };
const BY = { author: ANA, committer: ANA };

describe('artifacts', () => {
  const files = { 'snapshot.json': '{"schemaVersion":1}' };

  test('are listed by name, newest first, with the run they come from', async () => {
    const run = await github.addRun({
      event: 'pull_request',
      headRepository: FORK,
      headBranch: 'feature',
    });
    const older = await github.addArtifact({ name: 'weighbridge', runId: run.id, files });
    await github.addArtifact({ name: 'other', runId: run.id, files });
    const newer = await github.addArtifact({
      name: 'weighbridge',
      runId: run.id,
      files,
      createdAt: '2025-02-01T00:00:00Z',
    });
    const { actions } = await rest(READ);
    const { data } = await actions.listArtifactsForRepo({ ...repo, name: 'weighbridge' });
    expect(data.total_count).toBe(2);
    expect(data.artifacts.map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(data.artifacts[0]?.workflow_run).toMatchObject({
      id: run.id,
      repository_id: REPOSITORY.id,
      head_repository_id: FORK.id,
    });
    const found = await actions.getWorkflowRun({ ...repo, run_id: run.id });
    expect(found.data).toMatchObject({
      event: 'pull_request',
      head_branch: 'feature',
      head_repository: { id: FORK.id },
      repository: { id: REPOSITORY.id },
      pull_requests: [],
    });
    const ofRun = await actions.listWorkflowRunArtifacts({ ...repo, run_id: run.id, per_page: 2 });
    expect(ofRun.headers.link).toContain('page=2');
    const runs = await actions.listWorkflowRunsForRepo({ ...repo, event: 'push' });
    expect(runs.data.total_count).toBe(0);
    expect(await github.violations()).toEqual([]);
  });

  test('are downloaded from another origin, which must not be sent the token', async () => {
    const run = await github.addRun();
    const { id } = await github.addArtifact({ name: 'weighbridge', runId: run.id, files });
    const { actions } = await rest(READ);
    const { url, data } = await actions.downloadArtifact({
      ...repo,
      artifact_id: id,
      archive_format: 'zip',
    });
    const archive = Buffer.from(data as ArrayBuffer);
    expect(new URL(url).origin).not.toBe(github.apiUrl);
    expect(unzipFirst(archive)).toBe(files['snapshot.json']);
    const { digest } = (await actions.getArtifact({ ...repo, artifact_id: id })).data;
    expect(digest).toBe(`sha256:${createHash('sha256').update(archive).digest('hex')}`);
    expect((await fetch(url, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
    expect((await fetch(`${url}x`)).status).toBe(403);
  });

  test('can be expired, damaged, or not allowed to be read', async () => {
    const run = await github.addRun();
    const gone = await github.addArtifact({ name: 'gone', runId: run.id, files, expired: true });
    await github.addArtifact({
      name: 'bad',
      runId: run.id,
      zip: Buffer.from('no zip'),
      digest: 'sha256:0',
    });
    const { actions } = await rest(READ);
    const download = actions.downloadArtifact({
      ...repo,
      artifact_id: gone.id,
      archive_format: 'zip',
    });
    await expect(download).rejects.toMatchObject({ status: 410 });
    const listed = await actions.listArtifactsForRepo({ ...repo, name: 'bad' });
    expect(listed.data.artifacts).toMatchObject([{ digest: 'sha256:0', size_in_bytes: 6 }]);
    const other = await rest({ contents: 'read' });
    await expect(other.actions.listArtifactsForRepo(repo)).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-accepted-github-permissions': 'actions=read' } },
    });
  });
});

test('records can be forgotten, and a reset forgets all', async () => {
  const { issues } = await rest();
  await issues.createComment({ ...here, body: 'hello' });
  expect(await github.requests()).toHaveLength(1);
  await github.forgetRecords();
  expect(await github.requests()).toEqual([]);
  expect(await github.comments(7)).toHaveLength(1);
  await github.reset();
  await github.addPull();
  expect(await github.comments(7)).toEqual([]);
  await expect(issues.listComments(here)).rejects.toMatchObject({ status: 401 });
});

function unzipFirst(archive: Buffer): string {
  const central = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  const packed = archive.readUInt32LE(central + 20);
  const start = 30 + archive.readUInt16LE(26) + archive.readUInt16LE(28);
  return inflateRawSync(archive.subarray(start, start + packed)).toString();
}
