import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { ration } from '../../src/github/ration.ts';

let server: Server;
let connect: (token: string) => Client;
let asked: string[];

beforeAll(async () => {
  server = createServer(({ url, method }, response) => {
    asked.push(`${method} ${url}`);
    const isMissing = url?.includes('missing') ?? false;
    response.writeHead(isMissing ? 404 : 200, { 'content-type': 'application/json' });
    response.end('{"sha":"a"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  // Read when the client's module is loaded, as in a run.
  vi.stubEnv('GITHUB_API_URL', `http://127.0.0.1:${port}`);
  ({ connect } = await import('../../src/github/client.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  asked = [];
});

const shop = { owner: 'acme', repo: 'shop' };

it('asks once what is asked twice, an absence too', async () => {
  const client = connect('token');
  ration(client, 9);
  const commit = (sha: string) => client.rest.git.getCommit({ ...shop, commit_sha: sha });
  await commit('a');
  const { data } = await commit('a');
  await commit('b');
  for (let time = 0; time < 2; time += 1) {
    await expect(commit('missing')).rejects.toMatchObject({ status: 404 });
  }

  expect(data.sha).toBe('a');
  expect(asked.map((line) => line.slice(line.lastIndexOf('/')))).toEqual(['/a', '/b', '/missing']);
});

it('says when it is spent, and lets nothing more through', async () => {
  const client = connect('token');
  const own = ration(client, 2);
  const commit = (sha: string) => client.rest.git.getCommit({ ...shop, commit_sha: sha });
  await commit('a');
  await commit('b');
  expect(own.isSpent()).toBe(false);
  await expect(commit('c')).rejects.toMatchObject({ status: 429 });

  expect(own.isSpent()).toBe(true);
  // What is known stays known.
  await commit('a');
  expect(asked).toHaveLength(2);
});

it('never answers from memory what changes something, or is read as a stream', async () => {
  const client = connect('token');
  ration(client, 9);
  const query = { ...shop, artifact_id: 1, archive_format: 'zip' };
  for (let time = 0; time < 2; time += 1) {
    await client.rest.issues.createComment({ ...shop, issue_number: 7, body: 'same' });
    await client.rest.actions.downloadArtifact({
      ...query,
      request: { parseSuccessResponseBody: false },
    });
  }

  expect(asked).toHaveLength(4);
});
