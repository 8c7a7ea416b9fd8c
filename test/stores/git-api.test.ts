import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { readRun } from '../../src/github/context.ts';
import { DEFAULT_REF } from '../../src/model/baseline.ts';
import type { Host } from '../../src/model/host.ts';
import { gitStore } from '../../src/stores/git.ts';
import type { StoreContext } from '../../src/stores/store.ts';
import { remoteWithClones, repository, storeIn } from '../support/git-remotes.ts';
import { type Github, type NewFault, READ, startGithub } from '../support/github/github.ts';
import type { Permissions } from '../support/github/protocol.ts';
import { quietHost } from '../support/measured.ts';
import { commitOf, record } from '../support/records.ts';
import { storeContract } from '../support/store-contract.ts';
import { git, temporaryFolder } from '../support/temporary.ts';

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
beforeEach(() => github.reset());
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
});

const WRITER: Permissions = { contents: 'write' };
const RUN = readRun(
  { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: '1' },
  '{}',
);
const REPOSITORY = { owner: 'acme', repo: 'shop' };
const [A, B] = [commitOf('a'), commitOf('b')];

/** Without the plugins of ours, which let a second pass between two writes. */
async function client(permissions: Permissions = WRITER): Promise<Client> {
  return getOctokit(await github.mintToken(permissions), { baseUrl: github.apiUrl });
}

/** A run whose checkout is no way to GitHub, as after `persist-credentials: false`. */
async function runnersContext(facts: Partial<StoreContext> = {}): Promise<StoreContext> {
  const connected = client();
  const host = { ...quietHost(), sleep: async () => {} };
  const folder = await temporaryFolder();
  return { host, folder, run: RUN, branch: 'main', connect: () => connected, ...facts };
}

async function store(facts: Partial<StoreContext> = {}) {
  return gitStore(DEFAULT_REF, await runnersContext(facts));
}

async function tree(): Promise<{ readonly path: string; readonly sha: string }[]> {
  const { rest } = await client();
  const ref = DEFAULT_REF.replace('refs/', '');
  const { data } = await rest.git.getRef({ ...REPOSITORY, ref });
  const all = { ...REPOSITORY, tree_sha: data.object.sha, recursive: '1' };
  const { data: found } = await rest.git.getTree(all);
  return found.tree.flatMap(({ path, sha, type }) => (type === 'blob' ? [{ path, sha }] : []));
}

async function damage(_: string, commit: string, bytes: Uint8Array): Promise<void> {
  const { rest } = await client();
  const content = Buffer.from(gzipSync(bytes)).toString('base64');
  const blob = await rest.git.createBlob({ ...REPOSITORY, content, encoding: 'base64' });
  const files = (await tree()).map(({ path, sha }) => {
    const entry = { path, mode: '100644', type: 'blob' } as const;
    return { ...entry, sha: path.includes(commit) ? blob.data.sha : sha };
  });
  const made = await rest.git.createTree({ ...REPOSITORY, tree: files });
  const ref = DEFAULT_REF.replace('refs/', '');
  const { data: tip } = await rest.git.getRef({ ...REPOSITORY, ref });
  const parents = [tip.object.sha];
  const commitment = { ...REPOSITORY, message: 'x', tree: made.data.sha, parents };
  const { data } = await rest.git.createCommit(commitment);
  await rest.git.updateRef({ ...REPOSITORY, ref, sha: data.sha });
}

storeContract('git, through GitHub’s API', async () => ({
  store: await store(),
  other: await store(),
  damage,
  later: async () => {},
}));

describe('what GitHub holds', () => {
  it('is what plain git would have written, to the last byte', async () => {
    const [folder, api] = [await repository(), await store()];
    for (const one of [record(A), record(B, 'shop'), record(A, 'shop', 7)]) {
      await storeIn(folder).save(one);
      await api.save(one);
    }
    const lines = (await git(folder, 'ls-tree', '-r', DEFAULT_REF)).split('\n');
    const files = (await tree()).map(({ path, sha }) => `100644 blob ${sha}\t${path}`);
    expect(files.sort()).toEqual(lines.sort());
  });

  it('is read whoever wrote it', async () => {
    const folder = await repository();
    for (const name of ['a', 'b', 'c']) await storeIn(folder).save(record(commitOf(name)));
    await github.push(folder);
    const api = await store();
    expect(await api.commits('.')).toEqual(['c', 'b', 'a'].map(commitOf));
    expect(await api.load('.', A)).toEqual(record(A));
    await api.save(record(commitOf('d')));
    expect(await api.commits('.')).toEqual(['d', 'c', 'b', 'a'].map(commitOf));
  });

  it('is committed by nobody else, onto what was there', async () => {
    const api = await store();
    await api.save(record(A));
    await api.save(record(B));
    const { rest } = await client();
    const { data: refs } = await rest.git.listMatchingRefs({ ...REPOSITORY, ref: 'weighbridge' });
    const commits = await rest.git.getCommit({
      ...REPOSITORY,
      commit_sha: refs[0]?.object.sha ?? '',
    });
    expect(commits.data).toMatchObject({
      message: `Record ${B}`,
      parents: [{ sha: expect.stringMatching(/^\w{40}$/) }],
      author: { name: 'weighbridge', email: 'noreply@weighbridge.invalid' },
      committer: { name: 'weighbridge', email: 'noreply@weighbridge.invalid' },
    });
  });

  it('is found by the whole name of the ref', async () => {
    const longer = gitStore(`${DEFAULT_REF}-2`, await runnersContext());
    await longer.save(record(A));
    const api = await store();
    expect(await api.load('.', A)).toBeNull();
    await api.save(record(B));
    expect(await longer.commits('.')).toEqual([A]);
    expect(await api.commits('.')).toEqual([B]);
  });
});

/** What GitHub says of a write that another writer was faster than, or is at. */
const RACES: readonly (readonly [string, string, RegExp])[] = [
  ['the content', 'POST', /git\/blobs$/],
  ['the tree', 'POST', /git\/trees$/],
  ['the commit', 'POST', /git\/commits$/],
  ['the ref, which is new', 'POST', /git\/refs$/],
  ['the ref', 'PATCH', /git\/refs\//],
];

describe('a write that is refused', () => {
  it.each(
    RACES.flatMap(([what, method, path]) => [
      [409, what, { kind: 'conflict', method, path }] as const,
      [422, what, { kind: 'unprocessable', method, path }] as const,
    ]),
  )('with %i at %s is tried again, after a wait by chance', async (_, what, fault) => {
    if (what !== 'the ref, which is new') await (await store()).save(record(A));
    const sleeps: number[] = [];
    const sleep = async (duration: number) => void sleeps.push(duration);
    const api = await store({ host: { ...quietHost(), sleep, random: () => 0.5 } });
    await github.fault({ ...fault, times: 3 });
    await api.save(record(B));
    expect(sleeps).toEqual([250, 500, 1_000]);
    expect(await api.load('.', B)).toEqual(record(B));
    expect(await api.commits('.')).toEqual(what === 'the ref, which is new' ? [B] : [B, A]);
  });

  it.each([['conflict'], ['unprocessable']] as const)('for ever (%s) is said so', async (kind) => {
    await github.fault({ kind, method: 'POST', path: /git\/refs$/, times: 100 });
    await expect((await store()).save(record(A))).rejects.toMatchObject({
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringMatching(/in 6 tries: GitHub answered 4(?:09|22)/),
      hint: expect.stringContaining('rule of the repository'),
    });
  });

  it('keeps what another writer has written meanwhile', async () => {
    const [slow, fast] = [await store(), await store()];
    await fast.save(record(A));
    const { rest } = await client();
    let turn = 0;
    const interrupted = Object.create(await client(), {
      rest: { value: { git: { ...rest.git, updateRef: late } } },
    }) as Client;
    async function late(request: Parameters<typeof rest.git.updateRef>[0]) {
      if (turn++ < 2) await fast.save(record(commitOf(`faster ${turn}`)));
      return rest.git.updateRef(request);
    }
    await (await store({ connect: async () => interrupted })).save(record(B));
    const names = ['b', 'faster 2', 'faster 1', 'a'];
    expect(await slow.commits('.')).toEqual(names.map(commitOf));
    // Blobs are written once, however often the ref moved.
    const refused = (await github.requests()).filter(({ status }) => status === 422);
    expect(refused).toMatchObject([{ method: 'PATCH' }, { method: 'PATCH' }]);
  });

  it('loses nothing of twenty writers at once', async () => {
    const records = Array.from({ length: 20 }, (_, size) =>
      record(commitOf(`writer ${size}`), size % 2 ? 'shop' : '.', size),
    );
    const host = quietHost();
    const short: Host = { ...host, sleep: (duration) => host.sleep(duration / 10) };
    await Promise.all(records.map(async (one) => (await store({ host: short })).save(one)));
    const api = await store();
    for (const one of records) expect(await api.load(one.project, one.commit)).toEqual(one);
  });
});

describe('a token', () => {
  it('that may not write is named with the permission; it may read', async () => {
    const readers = client(READ);
    const api = await store({ connect: () => readers });
    await expect(api.save(record(A))).rejects.toMatchObject({
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringContaining(`git ${DEFAULT_REF} cannot be written`),
      hint: expect.stringContaining('contents: write'),
    });
    expect(await api.load('.', A)).toBeNull();
    await (await store()).save(record(A));
    expect(await api.load('.', A)).toEqual(record(A));
  });

  const FAULTS: readonly (readonly [string, NewFault, RegExp])[] = [
    ['403', { kind: 'forbidden' }, /contents: read/],
    ['404, as for a repository that it may not know', { kind: 'not-found' }, /contents: read/],
    ['401', { kind: 'unauthorized' }, /token/],
    ['a rate limit', { kind: 'primary-rate-limit' }, /later/],
    ['500', { kind: 'server-error', status: 500 }, /again/],
    ['no answer', { kind: 'cut' }, /again/],
  ];
  it.each(FAULTS)('that gets %s is never told that there is no record', async (_, fault, hint) => {
    const api = await store();
    await api.save(record(A));
    const error = {
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringContaining(`git ${DEFAULT_REF} cannot be read`),
      hint: expect.stringMatching(hint),
    };
    for (const path of [/matching-refs/, /git\/commits\//, /git\/trees\//, /git\/blobs\//]) {
      await github.fault({ ...fault, method: 'GET', path });
      await expect(api.load('.', A)).rejects.toMatchObject(error);
    }
    await github.fault({ ...fault, method: 'GET' });
    await expect(api.commits('.')).rejects.toMatchObject(error);
    expect(await api.load('.', A)).toEqual(record(A));
  });

  it('is used with the patience of the client: a cut connection loses nothing', async () => {
    const token = await github.mintToken(WRITER);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const api = await store({ connect: async () => connect(token) });
    await github.fault({ kind: 'cut', late: true, method: 'POST', path: /git\/refs$/ });
    await api.save(record(A));
    vi.restoreAllMocks();
    expect(await api.commits('.')).toEqual([A]);
  });
});

describe('which way', () => {
  it('reads by the API alone: no checkout and no git is needed', async () => {
    await (await store()).save(record(A));
    const noGit = () => Promise.reject(new Error('git was started'));
    const api = await store({ host: { ...quietHost(), git: noGit }, folder: '/nowhere' });
    expect(await api.load('.', A)).toEqual(record(A));
    expect(await api.commits('.')).toEqual([A]);
  });

  it('writes by plain git where the checkout can push', async () => {
    const { clone } = await remoteWithClones(1);
    await (await store({ folder: clone })).save(record(A));
    expect(await storeIn(clone).load('.', A)).toEqual(record(A));
    expect(await github.requests()).toEqual([]);
  });

  it('writes by the API where the checkout cannot, or is of another repository', async () => {
    const { clone, remote } = await remoteWithClones(1);
    await git(clone, 'remote', 'set-url', 'origin', `${remote}/acme/shop`);
    await (await store({ folder: clone })).save(record(A));
    await git(clone, 'remote', 'set-url', 'origin', remote.replace('acme', 'mallory'));
    await (await store({ folder: clone })).save(record(B));
    expect(await (await store()).commits('.')).toEqual([B, A]);
  });

  it('is plain git in a run without a token', async () => {
    const { clone } = await remoteWithClones(1);
    const api = await store({ folder: clone, connect: null });
    await api.save(record(A));
    expect(await api.load('.', A)).toEqual(record(A));
    expect(await github.requests()).toEqual([]);
  });
});
