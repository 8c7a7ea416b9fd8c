import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import type { Client } from '../../src/github/client.ts';
import { readRun } from '../../src/github/context.ts';
import type { Host } from '../../src/model/host.ts';
import { artifactStore } from '../../src/stores/artifact.ts';
import { artifactName } from '../../src/stores/artifact-name.ts';
import type { Keepable, Store, StoreContext } from '../../src/stores/store.ts';
import { asset } from '../support/build.ts';
import { FORK } from '../support/github/defaults.ts';
import { type Github, type NewArtifact, READ, startGithub } from '../support/github/github.ts';
import type { ArtifactSeed, Permissions, RunSeed } from '../support/github/protocol.ts';
import { zip } from '../support/github/zip.ts';
import { hostileZip, oneEntry } from '../support/hostile-zip.ts';
import { quietHost } from '../support/measured.ts';
import { commitOf, record } from '../support/records.ts';
import { storeContract } from '../support/store-contract.ts';
import { git, temporaryFolder } from '../support/temporary.ts';

let github: Github;
let connect: (token: string) => Client;

beforeAll(async () => {
  github = await startGithub();
  // Read when the client's module is loaded, as in a run.
  vi.stubEnv('GITHUB_API_URL', github.apiUrl);
  ({ connect } = await import('../../src/github/client.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await github.close();
});
beforeEach(async () => {
  await github.reset();
  vi.stubEnv('ACTIONS_RUNTIME_TOKEN', undefined);
  vi.stubEnv('ACTIONS_RESULTS_URL', undefined);
  // What GitHub's client tells of each of its steps.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(async () => {
  vi.restoreAllMocks();
  expect(await github.violations()).toEqual([]);
});

const RUN = readRun(
  { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: '1' },
  '{}',
);
const COMMIT = commitOf('base');
const NAME = artifactName('shop', COMMIT);

async function context(
  given: Partial<StoreContext> = {},
  permissions: Permissions = READ,
): Promise<StoreContext> {
  const token = await github.mintToken(permissions);
  const world = { host: quietHost(), folder: '/repo', run: RUN, branch: 'main' };
  return { ...world, connect: async () => connect(token), ...given };
}

async function open(given: Partial<StoreContext> = {}, permissions = READ): Promise<Store> {
  return artifactStore(await context(given, permissions));
}

const text = (size = 1_000) => formatSnapshot(record(COMMIT, 'shop', size));

/** An artifact of the record of `COMMIT`; by default of a push to the base branch. */
async function add(
  run: Partial<RunSeed> = {},
  given: Partial<NewArtifact> & { readonly size?: number } = {},
): Promise<ArtifactSeed> {
  const { id: runId } = await github.addRun({ headSha: COMMIT, ...run });
  const files = { 'snapshot.json': text(given.size) };
  return github.addArtifact({ name: NAME, files, ...given, runId } as NewArtifact);
}

/** Sets what the runner sets for the steps of a run. */
async function enter(runId: number): Promise<void> {
  for (const [name, value] of Object.entries(await github.runtime(runId))) vi.stubEnv(name, value);
}

async function saveInRunOf(store: Store, snapshot: Keepable): Promise<void> {
  const { id } = await github.addRun({ headSha: snapshot.commit });
  await enter(id);
  await store.save(snapshot);
}

async function operations(): Promise<(string | null)[]> {
  return (await github.requests()).map(({ operation }) => operation);
}

storeContract('artifact', async () => {
  const store = await open();
  // One process has one run: those of several runs take turns here.
  let last = Promise.resolve();
  const save = (snapshot: Keepable) => {
    const done = last.then(() => saveInRunOf(store, snapshot));
    last = done.catch(() => {});
    return done;
  };
  const damage = async (project: string, commit: string, bytes: Uint8Array) => {
    const { id: runId } = await github.addRun({ headSha: commit });
    const createdAt = new Date().toISOString();
    const archive = zip({ 'snapshot.json': bytes });
    await github.addArtifact({
      name: artifactName(project, commit),
      runId,
      createdAt,
      zip: archive,
    });
  };
  return { store: { ...store, save }, damage };
});

describe('the name', () => {
  it('is readable, and tells a hash where the project is no plain name', () => {
    const commit = 'c'.repeat(40);
    expect(artifactName('shop', commit)).toBe(`weighbridge-shop-${commit}`);
    expect(artifactName('.', commit)).toBe(`weighbridge-.-${commit}`);
    expect(artifactName('packages/shop', commit)).toMatch(
      /^weighbridge-packages-shop--[0-9a-f]{16}-c+$/,
    );
    expect(artifactName('重量', commit)).toMatch(/^weighbridge-project--[0-9a-f]{16}-c+$/);
  });

  it('of one project is never the beginning of another project’s', async () => {
    const store = await open();
    const other = `shop-${commitOf('x')}`;
    await add({}, { name: artifactName(other, COMMIT) });
    expect(await store.commits('shop')).toEqual([]);
    expect(await store.commits(other)).toEqual([COMMIT]);
  });
});

describe('a record', () => {
  it('is found in one look-up, and comes from another origin that is sent no token', async () => {
    await add();
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop'));
    expect(await operations()).toEqual([
      'actions/list-artifacts-for-repo',
      'actions/get-workflow-run',
      'actions/download-artifact',
    ]);
  });

  it.each(['push', 'schedule', 'workflow_dispatch'])('is taken from a %s run', async (event) => {
    await add({ event });
    expect(await (await open()).load('shop', COMMIT)).not.toBeNull();
  });

  it('is the newest where runs were repeated or scheduled', async () => {
    await add({}, { size: 1, createdAt: '2025-01-01T00:00:00Z' });
    await add({ event: 'schedule' }, { size: 3, createdAt: '2025-03-01T00:00:00Z' });
    await add({}, { size: 2, createdAt: '2025-02-01T00:00:00Z' });
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop', 3));
  });

  it('is taken from a merge queue once its commit is in the base branch', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    await git(folder, 'init');
    const commit = async (name: string) => {
      await git(folder, 'commit', '--allow-empty', '-m', name);
      return git(folder, 'rev-parse', 'HEAD');
    };
    await commit('first');
    await git(folder, 'checkout', '-b', 'gh-readonly-queue/main/pr-7');
    const queued = await commit('queued');
    await github.push(folder);
    const { id: runId } = await github.addRun({
      event: 'merge_group',
      headBranch: 'gh-readonly-queue/main/pr-7',
      headSha: queued,
    });
    const files = { 'snapshot.json': formatSnapshot(record(queued, 'shop')) };
    await github.addArtifact({ name: artifactName('shop', queued), runId, files });
    const store = await open();
    expect(await store.load('shop', queued)).toBeNull();
    await git(folder, 'checkout', 'main');
    await git(folder, 'merge', '--ff-only', queued);
    await github.push(folder);
    expect(await store.load('shop', queued)).toEqual(record(queued, 'shop'));
    await commit('later');
    await github.push(folder);
    expect(await store.load('shop', queued)).toEqual(record(queued, 'shop'));
  });

  it('is none where a merge queue’s commit is unknown to the base branch', async () => {
    await add({ event: 'merge_group' });
    expect(await (await open()).load('shop', COMMIT)).toBeNull();
  });
});

describe('nobody else’s artifact is a record', () => {
  it.each<[string, Partial<RunSeed>]>([
    ['a fork’s pull request', { event: 'pull_request', headRepository: FORK }],
    ['a push to main of a fork', { headRepository: FORK }],
    ['a pull request from main into release', { event: 'pull_request' }],
    ['a privileged run of a pull request', { event: 'pull_request_target' }],
    ['a run that another run has started', { event: 'workflow_run' }],
    ['another branch', { headBranch: 'release' }],
    ['a run by hand on another branch', { event: 'workflow_dispatch', headBranch: 'feature' }],
    ['a run of another commit', { headSha: commitOf('other') }],
  ])('%s: it is as good as absent', async (_, run) => {
    await add(run);
    expect(await (await open()).load('shop', COMMIT)).toBeNull();
    expect(await operations()).not.toContain('actions/download-artifact');
  });

  it('and one of a deleted fork, or of a run that was deleted, is none either', async () => {
    const files = { 'snapshot.json': text() };
    await github.addArtifact({ name: NAME, runId: 999_999, files });
    const { id } = await github.addRun({ headSha: COMMIT });
    await github.addArtifact({ name: NAME, runId: id, files });
    await github.fault({ kind: 'not-found', path: /\/actions\/runs\// });
    expect(await (await open()).load('shop', COMMIT)).toBeNull();
  });

  it('however many of them are newer than ours', async () => {
    await add({}, { createdAt: '2024-01-01T00:00:00Z' });
    const fork = await github.addRun({ headSha: COMMIT, headRepository: FORK });
    for (let count = 0; count < 120; count += 1) {
      await github.addArtifact({ name: NAME, runId: fork.id, files: { 'snapshot.json': '{}' } });
    }
    await add({ event: 'pull_request' }, { createdAt: '2026-01-01T00:00:00Z' });
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop'));
  });

  it('nor is any of them a commit that is known', async () => {
    await add({ headRepository: FORK });
    await add({ headSha: commitOf('other') });
    expect(await (await open()).commits('shop')).toEqual([]);
  });
});

describe('expired is another thing than absent', () => {
  const gone = {
    name: 'UserError',
    code: 'record-expired',
    message: expect.stringContaining(NAME),
    hint: expect.stringMatching(/schedule/),
  };

  it('by the listing', async () => {
    await add({}, { expired: true });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(gone);
    await expect((await open()).commits('shop')).rejects.toMatchObject(gone);
  });

  it('but not while another commit has a record', async () => {
    await add({}, { expired: true });
    const other = commitOf('other');
    await add({ headSha: other }, { name: NAME.replace(COMMIT, other) });
    expect(await (await open()).commits('shop')).toEqual([other]);
  });

  it('between the listing and the download', async () => {
    await add();
    await github.fault({ kind: 'gone', path: /\/zip$/ });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(gone);
  });

  it('unless a later run has renewed it, or an earlier one kept it for longer', async () => {
    const at = (month: number) => ({ createdAt: `2025-0${month}-01T00:00:00Z` });
    await add({}, { expired: true, ...at(3) });
    await add({ event: 'schedule' }, { size: 2, ...at(2) });
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop', 2));
  });

  it('and a fork’s expired one is absent', async () => {
    await add({ headRepository: FORK }, { expired: true });
    expect(await (await open()).load('shop', COMMIT)).toBeNull();
  });
});

describe('damage is told from absence', () => {
  const bad = (words: RegExp) => ({
    name: 'UserError',
    code: 'snapshot-damaged',
    message: expect.stringMatching(words),
    hint: expect.stringMatching(/./),
  });

  it('a digest that is another’s', async () => {
    await add({}, { digest: `sha256:${'0'.repeat(64)}` });
    const load = (await open()).load('shop', COMMIT);
    await expect(load).rejects.toMatchObject(bad(/what was downloaded is not what was uploaded/));
  });

  it('one from before digests is read all the same', async () => {
    await add({}, { digest: null });
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop'));
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['no zip', Buffer.from('no zip'), /no whole zip archive/],
    ['another file', oneEntry({ name: 'report.json' }), /does not hold snapshot\.json/],
    [
      'more files than one',
      hostileZip({ entries: ['a', 'b'].map((name) => ({ name, content: '' })) }),
      /holds 2 files/,
    ],
    ['a bomb', oneEntry({ content: ' '.repeat(8_000_001) }), /more than 8000000 bytes/],
    ['an archive too large', Buffer.alloc(8_100_000), /archive is over 8064000 bytes/],
  ])('%s', async (_, archive, words) => {
    await add({}, { zip: archive });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(bad(words));
  });

  it('an archive too large is not even asked for', async () => {
    await add({}, { zip: Buffer.alloc(8_100_000) });
    await (await open()).load('shop', COMMIT).catch(() => {});
    expect(await operations()).not.toContain('actions/download-artifact');
  });
});

describe('a permission that is missing', () => {
  const denied = (hint: RegExp) => ({
    name: 'UserError',
    code: 'store-unreachable',
    hint: expect.stringMatching(hint),
  });

  it('is named where artifacts cannot be listed', async () => {
    const store = await open({}, { contents: 'read' });
    await expect(store.load('shop', COMMIT)).rejects.toMatchObject(denied(/actions: read/));
    await expect(store.commits('shop')).rejects.toMatchObject(denied(/actions: read/));
  });

  it.each(['forbidden', 'not-found'] as const)('is named where it reads as %s', async (kind) => {
    await github.fault({ kind });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(
      denied(/actions: read/),
    );
  });

  it('is named where the listing is public and the download is not', async () => {
    await add();
    await github.fault({ kind: 'forbidden', path: /\/zip$/ });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(
      denied(/actions: read/),
    );
  });

  it('is another one where a merge queue’s commit is looked for', async () => {
    await add({ event: 'merge_group' });
    await github.fault({ kind: 'forbidden', path: /\/compare\// });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(
      denied(/contents: read/),
    );
  });

  it('is not what a bad token or a limit is called', async () => {
    await github.fault({ kind: 'unauthorized' });
    await expect((await open()).commits('shop')).rejects.toMatchObject(denied(/token/));
    await github.fault({ kind: 'primary-rate-limit', resetInSeconds: 3_600 });
    await expect((await open()).commits('shop')).rejects.toMatchObject(denied(/later/));
  });

  it('nor what the storage behind the redirect refuses', async () => {
    await add();
    await github.fault({ kind: 'forbidden', path: /^\/artifact\.zip/ });
    const refused = { code: 'store-unreachable', message: expect.stringMatching(/storage.*403/) };
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject(refused);
  });
});

describe('where there is no GitHub to ask', () => {
  it.each<[string, Partial<StoreContext>, RegExp]>([
    ['no run', { run: null }, /`file` or `git`/],
    ['no token', { connect: null }, /`token`/],
    ['no base branch', { branch: null }, /"branch"/],
  ])('%s: what to do is said', async (_, given, hint) => {
    const error = { code: 'store-unreachable', hint: expect.stringMatching(hint) };
    await expect((await open(given)).load('shop', COMMIT)).rejects.toMatchObject(error);
  });
});

describe('GitHub’s bad days', () => {
  it.each<[string, Parameters<Github['fault']>[0]]>([
    ['502 for the listing', { kind: 'server-error', status: 502, path: /artifacts\?/ }],
    ['429 for the run', { kind: 'too-many-requests', path: /actions\/runs/ }],
    ['a cut connection', { kind: 'cut', path: /\/zip$/ }],
    ['503 of the storage', { kind: 'server-error', status: 503, path: /^\/artifact\.zip/ }],
    ['a storage that is cut', { kind: 'cut', path: /^\/artifact\.zip/ }],
    ['a download cut in the middle', { kind: 'cut', late: true, path: /^\/artifact\.zip/ }],
  ])('are survived: %s', async (_, fault) => {
    await add();
    await github.fault(fault);
    expect(await (await open()).load('shop', COMMIT)).toEqual(record(COMMIT, 'shop'));
  });

  it('are told when they last, and never as damage or absence', async () => {
    await add();
    await github.fault({ kind: 'cut', late: true, path: /^\/artifact\.zip/, times: 9 });
    await expect((await open()).load('shop', COMMIT)).rejects.toMatchObject({
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringContaining(NAME),
    });
  });
});

describe('commits', () => {
  it('are found among hundreds of other artifacts', async () => {
    const other = await github.addRun();
    await add({}, { createdAt: '2024-01-01T00:00:00Z' });
    for (let count = 0; count < 130; count += 1) {
      await github.addArtifact({ name: `coverage-${count}`, runId: other.id, files: { a: 'b' } });
    }
    expect(await (await open()).commits('shop')).toEqual([COMMIT]);
  });

  async function addOthers(count: number): Promise<void> {
    const other = await github.addRun();
    for (let index = 0; index < count; index += 1) {
      await github.addArtifact({ name: 'coverage', runId: other.id, files: {} });
    }
  }

  it('are looked for in five pages at most; beyond them they are out of sight, not absent', async () => {
    await add({}, { createdAt: '2024-01-01T00:00:00Z' });
    await addOthers(500);
    await expect((await open()).commits('shop')).rejects.toMatchObject({
      name: 'UserError',
      code: 'records-out-of-sight',
      message: 'acme/shop has more than 500 artifacts, and none of the newest is a record of shop.',
      hint: 'Let the workflow run on every push to main.',
    });
    expect(await operations()).toHaveLength(5);
    expect(await (await open()).load('shop', COMMIT)).not.toBeNull();
    // One that is in sight is worth naming, whatever lies beyond.
    await add({ event: 'schedule' }, { createdAt: '2099-01-01T00:00:00Z' });
    expect(await (await open()).commits('shop')).toEqual([COMMIT]);
  });

  it('are none where all five pages were looked at and there is no sixth', async () => {
    await addOthers(500);
    expect(await (await open()).commits('shop')).toEqual([]);
  });

  it('of all projects of a run are found by one listing', async () => {
    await add();
    const client = connect(await github.mintToken(READ));
    const share = { connect: async () => client };
    const stores = [await open(share), await open(share)];
    const found = await Promise.all(
      stores.flatMap((store) => ['shop', 'docs'].map((project) => store.commits(project))),
    );
    expect(found).toEqual([[COMMIT], [], [COMMIT], []]);
    expect(await operations()).toEqual(['actions/list-artifacts-for-repo']);
  });
});

describe('saving', () => {
  const snapshot = record(COMMIT, 'shop');

  async function artifacts(): Promise<{ name: string; digest: string | null }[]> {
    const client = connect(await github.mintToken(READ));
    const place = { owner: 'acme', repo: 'shop' };
    const { data } = await client.rest.actions.listArtifactsForRepo(place);
    return data.artifacts.map(({ name, digest }) => ({ name, digest: digest ?? null }));
  }

  it('uploads one artifact with a digest, and leaves no file behind', async () => {
    const folders: string[] = [];
    const real = quietHost();
    const temporaryFolder = async () => {
      const folder = await real.temporaryFolder();
      folders.push(folder);
      return folder;
    };
    const host: Host = { ...real, temporaryFolder };
    await saveInRunOf(await open({ host }), snapshot);
    expect(await artifacts()).toEqual([
      { name: NAME, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    ]);
    expect(folders).toHaveLength(1);
    expect(await real.kind(folders[0] ?? '')).toBeNull();
  });

  it('replaces the record of another step of the same run', async () => {
    const store = await open();
    const { id } = await github.addRun({ headSha: COMMIT });
    await enter(id);
    await store.save(record(COMMIT, 'shop', 1));
    await store.save(record(COMMIT, 'shop', 2));
    expect(await store.load('shop', COMMIT)).toEqual(record(COMMIT, 'shop', 2));
    expect(await artifacts()).toHaveLength(1);
  });

  it('keeps one whole record where two jobs of a run write at the same time', async () => {
    const store = await open();
    const { id } = await github.addRun({ headSha: COMMIT });
    await enter(id);
    const both = [record(COMMIT, 'shop', 1), record(COMMIT, 'shop', 2)];
    await Promise.all(both.map((one) => store.save(one)));
    expect(both).toContainEqual(await store.load('shop', COMMIT));
  });

  it('folds away what GitHub’s client tells', async () => {
    await saveInRunOf(await open(), snapshot);
    const log = vi.mocked(process.stdout.write).mock.calls.map(([line]) => String(line));
    expect(log[0]).toContain(`::group::Upload ${NAME}`);
    expect(log.at(-1)).toContain('::endgroup::');
  });

  it('needs what only the steps of the Action have', async () => {
    const error = {
      code: 'store-unreachable',
      message: expect.stringContaining('ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL'),
      hint: expect.stringMatching(/GitHub Enterprise Server/),
    };
    await expect((await open()).save(snapshot)).rejects.toMatchObject(error);
  });

  it('says so on GitHub Enterprise Server, whatever its runner sets', async () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example.org');
    const error = { code: 'store-unreachable', hint: expect.stringMatching(/Enterprise Server/) };
    await expect(saveInRunOf(await open(), snapshot)).rejects.toMatchObject(error);
    vi.stubEnv('GITHUB_SERVER_URL', undefined);
  });

  it('refuses what could not be loaded again', async () => {
    const assets = Array.from({ length: 40_000 }, (_, index) => asset(`dist/${index}.js`));
    const error = { code: 'record-too-large', hint: expect.stringMatching(/track/) };
    await expect(saveInRunOf(await open(), { ...snapshot, assets })).rejects.toMatchObject(error);
  });

  it('survives a bad moment of the service, and tells a lasting one', async () => {
    await github.fault({ kind: 'server-error', status: 503, path: /CreateArtifact/ });
    await saveInRunOf(await open(), snapshot);
    expect(await artifacts()).toHaveLength(1);
    await github.fault({ kind: 'forbidden', path: /CreateArtifact/ });
    await expect(saveInRunOf(await open(), snapshot)).rejects.toMatchObject({
      code: 'store-unreachable',
      message: expect.stringMatching(/could not be uploaded: Failed to CreateArtifact.*403/),
    });
  });
});
