import { createHash } from 'node:crypto';
import { getOctokit } from '@actions/github';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary.ts';
import { REPOSITORY } from './defaults.ts';
import * as events from './events.ts';
import { type Github, READ, startGithub } from './github.ts';
import { type ActionResult, runAction } from './runner.ts';

const repo = { owner: REPOSITORY.owner, repo: REPOSITORY.name };
const CLIENT = import.meta.resolve('@actions/artifact');
let github: Github;

beforeAll(async () => {
  github = await startGithub();
});
afterAll(() => github.close());
beforeEach(() => github.reset());

/** Runs a step that has GitHub's own client as `client`; what it writes to stdout last is JSON. */
async function step(runId: number, code: string, mayWrite = true): Promise<ActionResult> {
  const head = `import { DefaultArtifactClient } from ${JSON.stringify(CLIENT)};
    import { writeFileSync } from 'node:fs';
    const client = new DefaultArtifactClient();
    writeFileSync('a.txt', 'one');
    const upload = (name) => client.uploadArtifact(name, [process.cwd() + '/a.txt'], process.cwd());
    const say = (value) => console.log('\\n' + JSON.stringify(value));\n`;
  const directory = await temporaryFolder({
    'action.yml': 'name: a\nruns: { using: node24, main: main.mjs }\n',
    'main.mjs': head + code,
  });
  const workspace = await temporaryFolder();
  const runtime = mayWrite ? { runtime: await github.runtime(runId) } : {};
  const world = { event: events.push(), token: 'ghs_secret', apiUrl: github.apiUrl, runId };
  return runAction({ directory, workspace, ...world, ...runtime });
}

function said({ stdout, stderr, exitCode }: ActionResult) {
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

async function rest() {
  const token = await github.mintToken(READ);
  return getOctokit(token, { baseUrl: github.apiUrl }).rest.actions;
}

describe('GitHub’s own client, in a step', () => {
  test('uploads an artifact that the API lists, with its run, and gives back', async () => {
    const run = await github.addRun();
    const { id, digest } = said(await step(run.id, `say(await upload('mine'));`));
    const actions = await rest();
    const { data } = await actions.listArtifactsForRepo({ ...repo, name: 'mine' });
    expect(data.artifacts).toMatchObject([
      { id, digest: `sha256:${digest}`, expired: false, workflow_run: { id: run.id } },
    ]);
    const archive = await actions.downloadArtifact({
      ...repo,
      artifact_id: id,
      archive_format: 'zip',
    });
    const bytes = Buffer.from(archive.data as ArrayBuffer);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
    expect(bytes.length).toBe(data.artifacts[0]?.size_in_bytes);
    expect(await github.violations()).toEqual([]);
  });

  test('finds a name taken in its run and free in another, and can delete', async () => {
    const code = `await upload('mine');
      const again = await upload('mine').catch((error) => error.message);
      const { artifacts } = await client.listArtifacts();
      const { artifact } = await client.getArtifact('mine');
      await client.deleteArtifact('mine');
      const other = await upload('mine');
      say({ again, names: artifacts.map(({ name }) => name), id: artifact.id, other: other.id });`;
    const first = said(await step((await github.addRun()).id, code));
    expect(first).toMatchObject({ again: expect.stringContaining('(409)'), names: ['mine'] });
    expect(first.other).toBeGreaterThan(first.id);
    said(await step((await github.addRun()).id, `say(await upload('mine'));`));
    const { data } = await (await rest()).listArtifactsForRepo(repo);
    expect(data.total_count).toBe(2);
  });

  test('downloads from a signed address', async () => {
    const code = `const { id } = await upload('mine');
      const { downloadPath } = await client.downloadArtifact(id, { path: 'out' });
      const { readFileSync } = await import('node:fs');
      say(readFileSync('out/a.txt', 'utf8'));`;
    expect(said(await step((await github.addRun()).id, code))).toBe('one');
  });

  test('is nobody without the runner’s token, or with one that is not known', async () => {
    const { id } = await github.addRun();
    const without = `say(await upload('mine').catch((error) => error.message));`;
    expect(said(await step(id, without, false))).toMatch(/ACTIONS_RUNTIME_TOKEN/);
    const forged = `process.env.ACTIONS_RUNTIME_TOKEN += 'x';\n${without}`;
    expect(said(await step(id, forged))).toMatch(/401/);
  });

  test('has its token kept out of the log', async () => {
    const { id } = await github.addRun();
    const { log } = await step(id, 'console.log(process.env.ACTIONS_RUNTIME_TOKEN);');
    expect(log).toBe('***');
  });
});
