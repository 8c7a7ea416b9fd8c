import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BaseCommit } from '../../src/baseline/base-commit.ts';
import { climb, type Ladder } from '../../src/baseline/ladder.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configOfBase } from '../../src/config/of-base.ts';
import type { Config } from '../../src/model/config.ts';
import * as events from '../support/github/events.ts';
import { runOf } from '../support/github/run-of.ts';
import { quietHost } from '../support/measured.ts';
import { memoryStore, storeError } from '../support/memory-store.ts';
import { commitOf, record } from '../support/records.ts';
import { git, writeFiles } from '../support/temporary.ts';

const host = quietHost();
/** The commit that is base; the others lie before it. */
const BASE = 24;
/** Of all commits but the first, the one that touches `src`. */
const TOUCHES = 20;

let folder: string;
const commits: string[] = [];

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-ladder-')));
  await git(folder, 'init', '--quiet');
  const budget = { name: 'All', files: 'dist/*.js', max: '1 kB', maxIncrease: 0 };
  await writeFiles(folder, { 'budgets.json': { encodings: ['raw'], budgets: [budget] } });
  await writeFiles(folder, { '.gitignore': 'dist\n' });
  for (let turn = 0; turn <= BASE; turn += 1) {
    const path = turn === 0 || turn === TOUCHES ? 'src/app.js' : 'docs/notes.md';
    await writeFiles(folder, { [path]: 'x'.repeat(100 + turn) });
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', `C${turn}`);
    commits.push(await git(folder, 'rev-parse', 'HEAD'));
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The commit so many commits before base. */
function back(distance: number): string {
  return commits[BASE - distance] ?? '';
}

const kept = (distance: number, size = distance) => record(back(distance), '.', size);

interface Settings {
  readonly build?: string | null;
  readonly limits?: Config['budgets'][number]['limits'];
}

interface Asked extends Partial<Omit<Ladder, 'config' | 'scene' | 'base'>>, Settings {
  readonly base?: Partial<BaseCommit>;
  readonly event?: events.RunnerEvent;
  readonly branch?: string;
}

async function climbed({ event, build = null, limits, branch, ...given }: Asked) {
  const written = await loadConfig(null, folder, host);
  const baseline = { ...written.baseline, build, branch: branch ?? null };
  const budgets = written.budgets.map((one) => ({ ...one, limits: limits ?? one.limits }));
  const config = { ...written, baseline, budgets };
  const run = event === undefined ? null : runOf(event);
  const said: string[] = [];
  const found = await climb(
    {
      project: '.',
      prefix: '',
      stores: [memoryStore()],
      scene: { host, folder, run, connect: null },
      config,
      building: {
        readConfig: (at) => configOfBase(config, at, host),
        onOutput: (text) => said.push(text),
      },
      ...given,
      base: { commit: back(0), how: 'merge-base', branch: 'main', ...given.base },
    },
    host,
  );
  return { ...found, said: said.join('') };
}

const BUILD = 'echo built && mkdir -p dist && cp src/app.js dist/app.js';
const DAMAGED = storeError('snapshot-damaged', 'The record is no JSON.', 'Save it again.');
const UNREACHABLE = storeError(
  'store-unreachable',
  'The artifacts of acme/shop cannot be listed: the token lacks the permission `actions: read`.',
  'Add `permissions: { actions: read }` to the job.',
);
const EXPIRED = storeError('record-expired', 'The artifact has expired.', 'Run it again.');
const FAULTS = [
  ['damaged', DAMAGED],
  ['unreachable', UNREACHABLE],
  ['expired', EXPIRED],
  ['newer', storeError('snapshot-newer', 'A newer Weighbridge wrote it.', 'Upgrade.')],
] as const;

describe('the record of base itself', () => {
  it('is exact, with the store that served it and what base is to head', async () => {
    const store = memoryStore({ kind: 'git', name: 'git refs/x', records: [kept(0), kept(1)] });
    const found = await climbed({ stores: [store], base: { how: 'queue' } });
    expect(found).toMatchObject({
      baseline: {
        snapshot: kept(0),
        provenance: 'exact',
        how: 'queue',
        distance: 0,
        isUntouched: false,
        store: 'git refs/x',
      },
      absence: null,
      notes: [],
      isAdoption: false,
    });
  });

  it('is the first store’s that has it, in their order', async () => {
    const stores = [
      memoryStore({ name: 'empty' }),
      memoryStore({ name: 'second', records: [kept(0, 2)] }),
      memoryStore({ name: 'third', records: [kept(0, 3)] }),
    ];
    const { baseline } = await climbed({ stores });
    expect(baseline).toMatchObject({ store: 'second', snapshot: kept(0, 2) });
    const turned = await climbed({ stores: stores.toReversed() });
    expect(turned.baseline).toMatchObject({ store: 'third', snapshot: kept(0, 3) });
  });

  it('of another project is none', async () => {
    const store = memoryStore({ records: [record(back(0), 'shop')] });
    expect(await climbed({ stores: [store] })).toMatchObject({ baseline: null, isAdoption: true });
  });

  it.each(FAULTS)('gives way to the next store’s where it is %s, and says so', async (_, fault) => {
    const broken = memoryStore({ name: 'first', broken: { [back(0)]: fault } });
    const found = await climbed({ stores: [broken, memoryStore({ records: [kept(0)] })] });
    expect(found.baseline).toMatchObject({ provenance: 'exact', store: 'file' });
    expect(found.notes).toEqual([`Store first: ${fault.message} ${fault.hint}`]);
  });

  it('never hides a bug of ours behind the next rung', async () => {
    const bug = new TypeError('undefined is not a function');
    const stores = [memoryStore({ down: bug }), memoryStore({ records: [kept(0)] })];
    await expect(climbed({ stores })).rejects.toBe(bug);
  });
});

describe('base built anew', () => {
  it('comes from base’s files, by base’s rules', async () => {
    const found = await climbed({ build: BUILD, base: { commit: back(4) } });
    expect(found).toMatchObject({
      baseline: { provenance: 'rebuilt', distance: 0, how: 'merge-base' },
      absence: null,
      notes: [],
      isAdoption: false,
    });
    const { snapshot } = found.baseline ?? {};
    expect(snapshot).toMatchObject({ commit: back(4), project: '.', budgets: [{ name: 'All' }] });
    expect(snapshot?.assets).toMatchObject([{ path: 'dist/app.js', raw: 100 + TOUCHES }]);
    expect(found.said).toContain('built');
  });

  it('goes before an ancestor’s record, and after base’s own', async () => {
    const ancestor = await climbed({ build: BUILD, stores: [memoryStore({ records: [kept(1)] })] });
    expect(ancestor.baseline?.provenance).toBe('rebuilt');
    const own = await climbed({ build: BUILD, stores: [memoryStore({ records: [kept(0)] })] });
    expect(own).toMatchObject({ baseline: { provenance: 'exact' }, said: '' });
  });

  it('is for limits on changes: without one nothing is built, and the words do not ask for it', async () => {
    const found = await climbed({ build: BUILD, limits: {} });
    expect(found).toMatchObject({ baseline: null, said: '', isAdoption: true });
    expect(found.absence).not.toContain('--build');
    expect(found.absence).toContain('`maxIncrease`');
    const decrease = { maxDecrease: [{ percent: 1, text: '1%' }] };
    expect((await climbed({ build: BUILD, limits: decrease })).baseline).not.toBeNull();
  });

  it('gives way to an ancestor where it fails, with what the build said', async () => {
    const stores = [memoryStore({ records: [kept(1)] })];
    const found = await climbed({ build: 'echo first; echo no such tool; exit 3', stores });
    expect(found.baseline).toMatchObject({ provenance: 'ancestor', distance: 1 });
    expect(found.notes).toEqual([
      `Base ${back(0).slice(0, 8)} could not be built: \`echo first; echo no such tool; exit 3\` ended with code 3: no such tool. The command has to work in a fresh clone of that commit: no ignored file is there.`,
    ]);
  });

  it('that fails is no adoption, and never "no baseline yet"', async () => {
    const found = await climbed({ build: 'exit 3' });
    expect(found).toMatchObject({ baseline: null, isAdoption: false });
    expect(found.absence).toMatch(/^No usable record of base, `[0-9a-f]{7}`\. .*ended with code 3/);
  });
});

describe('what was built anew is kept', () => {
  const stores = () => [
    memoryStore({ kind: 'artifact' }),
    memoryStore({ kind: 'git' }),
    memoryStore({ kind: 'file' }),
  ];
  /** Kinds of the stores that have a record afterwards. */
  async function keptIn(asked: Asked): Promise<string[]> {
    const asStores = stores();
    const found = await climbed({ build: BUILD, stores: asStores, ...asked });
    expect(found.baseline?.provenance).toBe('rebuilt');
    return asStores.filter(({ records }) => records.size > 0).map(({ kind }) => kind);
  }

  it('on this machine, so that the next run finds it', async () => {
    const store = memoryStore();
    await climbed({ build: BUILD, stores: [store] });
    const next = await climbed({ build: BUILD, stores: [store] });
    expect(next).toMatchObject({
      baseline: { provenance: 'exact', snapshot: { kept: { verdict: null, run: null } } },
      said: '',
    });
  });

  it.each([
    ['a pull request', events.pullRequest()],
    ['a fork’s pull request', events.forkPullRequest()],
    ['a merge queue', events.mergeGroup()],
    ['a push to another branch', events.push({ ref: 'refs/heads/feature' })],
    ['a run by hand of another branch', events.workflowDispatch({ ref: 'refs/heads/feature' })],
    ['a deployment', events.deploymentStatus()],
    ['a call from outside', events.repositoryDispatch()],
  ])('%s: nowhere, as its command may be the change’s own', async (_, event) => {
    expect(await keptIn({ event })).toEqual([]);
  });

  it('on somebody’s machine: in no store that others read', async () => {
    expect(await keptIn({})).toEqual(['file']);
  });

  it.each([
    ['a push to the base branch', events.push()],
    ['a schedule', events.schedule()],
  ])(
    '%s: for others too, but never as an artifact, which would not be believed',
    async (_, event) => {
      expect(await keptIn({ event })).toEqual(['git']);
    },
  );

  it('or else it is said why not, and serves all the same', async () => {
    const full = memoryStore({ down: storeError('store-unreachable', 'The disk is full.') });
    const found = await climbed({ build: BUILD, stores: [full] });
    expect(found.baseline?.provenance).toBe('rebuilt');
    expect(found.notes).toEqual(['Store file: The disk is full.']);
  });
});

describe('the nearest ancestor', () => {
  it.each([1, 7, 20])('serves from %i commits back', async (distance) => {
    const found = await climbed({ stores: [memoryStore({ records: [kept(distance)] })] });
    expect(found).toMatchObject({
      baseline: { provenance: 'ancestor', distance, snapshot: kept(distance), how: 'merge-base' },
      absence: null,
      notes: [],
      isAdoption: false,
    });
  });

  it('does not serve from further back', async () => {
    const found = await climbed({ stores: [memoryStore({ records: [kept(21)] })] });
    expect(found).toMatchObject({ baseline: null, notes: [], isAdoption: false });
    expect(found.absence).toContain('nor of the 20 commits before it');
    expect(found.absence).not.toContain('No baseline yet');
  });

  it('is the nearest of all stores’, whichever record is newer', async () => {
    const stores = [
      memoryStore({ records: [kept(5), kept(9)] }),
      memoryStore({ name: 'other', records: [kept(3)] }),
    ];
    const { baseline } = await climbed({ stores });
    expect(baseline).toMatchObject({ distance: 3, store: 'other' });
  });

  it('is no commit that comes after base, nor one of another line', async () => {
    const records = [kept(0), record(commitOf('elsewhere'))];
    const { baseline } = await climbed({
      stores: [memoryStore({ records })],
      base: { commit: back(2) },
    });
    expect(baseline).toBeNull();
  });

  it('is as good as base’s own where nothing below the folder has changed since', async () => {
    const found = (prefix: string, distance: number) =>
      climbed({ prefix, stores: [memoryStore({ records: [kept(distance)] })] });
    const untouched = BASE - TOUCHES;
    expect((await found('src', untouched)).baseline?.isUntouched).toBe(true);
    expect((await found('src', untouched + 1)).baseline?.isUntouched).toBe(false);
    expect((await found('docs', 1)).baseline?.isUntouched).toBe(false);
    expect((await found('', 1)).baseline?.isUntouched).toBe(false);
  });

  const records = FAULTS.filter(([, { code }]) => code !== 'store-unreachable');
  it.each(records)('is the next one where the nearest is %s, and it is said', async (_, fault) => {
    const store = memoryStore({ records: [kept(6)], broken: { [back(2)]: fault } });
    const found = await climbed({ stores: [store] });
    expect(found.baseline).toMatchObject({ provenance: 'ancestor', distance: 6 });
    expect(found.notes).toEqual([`Store file: ${fault.message} ${fault.hint}`]);
  });

  it('is the next store’s where one cannot be reached, which is asked no second time', async () => {
    let asked = 0;
    const ask = async () => {
      asked += 1;
      throw UNREACHABLE;
    };
    const down = { ...memoryStore({ kind: 'artifact' }), load: ask, commits: ask };
    const found = await climbed({ stores: [down, memoryStore({ records: [kept(2)] })] });
    expect(found.baseline).toMatchObject({ provenance: 'ancestor', distance: 2, store: 'file' });
    expect(found.notes).toEqual([`Store artifact: ${UNREACHABLE.message} ${UNREACHABLE.hint}`]);
    expect(asked).toBe(1);
  });
});

describe('no record at all', () => {
  it('is adoption, in words that say where the first one comes from', async () => {
    const asked = { stores: [memoryStore(), memoryStore({ kind: 'git' })] };
    expect(await climbed(asked)).toMatchObject({
      baseline: null,
      absence: expect.stringMatching(
        /^No baseline yet: make one with `npx weighbridge check --build "npm ci/,
      ),
      notes: [],
      isAdoption: true,
    });
    const base = { branch: 'trunk' };
    const run = { ...asked, base, event: events.push({ ref: 'refs/heads/trunk' }) };
    expect((await climbed(run)).absence).toBe(
      'No baseline yet: comparisons start after the first run on trunk.',
    );
  });

  it('is no adoption where any store has any record of the project', async () => {
    const some = memoryStore({ records: [record(commitOf('long ago'))] });
    const found = await climbed({ stores: [memoryStore(), some], event: events.pullRequest() });
    expect(found.isAdoption).toBe(false);
    expect(found.absence).toMatch(
      /^No record of base, `[0-9a-f]{7}`, nor of the 20 .*: let the workflow run on every push to main\.$/,
    );
  });

  it.each(FAULTS)('is no adoption where base’s record is %s', async (_, fault) => {
    const found = await climbed({ stores: [memoryStore({ broken: { [back(0)]: fault } })] });
    expect(found).toMatchObject({ baseline: null, notes: [], isAdoption: false });
    expect(found.absence).toContain(`${fault.message} ${fault.hint}`);
    expect(found.absence).not.toContain('No baseline yet');
  });

  it('names the permission, once, where a store cannot be reached', async () => {
    const found = await climbed({
      stores: [memoryStore({ kind: 'artifact', down: UNREACHABLE })],
      event: events.pullRequest(),
    });
    expect(found).toMatchObject({ baseline: null, notes: [], isAdoption: false });
    expect(found.absence).toContain('Add `permissions: { actions: read }` to the job.');
    expect(found.absence).not.toContain('No baseline yet');
  });

  it('says of a pull request into a branch that keeps no records how to mend it', async () => {
    const event = events.pullRequest({ baseRef: 'release/1' });
    const base = { branch: 'release/1' };
    const { absence } = await climbed({ event, base });
    expect(absence).toMatch(/^No baseline yet: only pushes to main keep records\. /);
    expect(absence).toContain('`"baseline": { "branch": "release/1" }`');
    expect(absence).not.toContain('first run on');
    const named = await climbed({ event, base, branch: 'release/1' });
    expect(named.absence).toContain('after the first run on release/1');
  });
});
