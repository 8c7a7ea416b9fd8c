import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store } from '../../src/stores/store.ts';
import { digest } from './build.ts';
import { commitOf, DISTINCT_PROJECTS, damagesOf, record, WHOLE } from './records.ts';

export { commitOf, record } from './records.ts';

/** A store over an empty memory of its own. */
export interface Opened {
  readonly store: Store;
  /** A second writer on the same memory; default: the store itself. */
  readonly other?: Store;
  /** Overwrites the bytes of a record that is there. */
  damage?(project: string, commit: string, bytes: Uint8Array): Promise<void>;
  /** Lets the memory's clock go on, so that the next record is newer; default: 20 ms of waiting. */
  later?(): Promise<void>;
  close?(): Promise<void>;
}

/** What every store promises, whatever it keeps its records in. */
export function storeContract(name: string, open: () => Promise<Opened>): void {
  const opened = async () => {
    const one = await open();
    onTestFinished(() => one.close?.());
    const later = () => new Promise<void>((done) => setTimeout(done, 20));
    return { other: one.store, later, ...one };
  };

  describe(`${name}: the contract of every store`, () => {
    remembers(opened);
    tellsApart(opened);
    refusesDamage(opened);
    sharesMemory(opened);
  });
}

type Open = () => Promise<Opened & Required<Pick<Opened, 'other' | 'later'>>>;

function remembers(open: Open): void {
  it('has a name', async () => {
    expect((await open()).store.name).toMatch(/^\w/);
  });

  it('gives back a snapshot as it was saved, with who kept it', async () => {
    const { store, other } = await open();
    await store.save(WHOLE);
    expect(await store.load(WHOLE.project, WHOLE.commit)).toEqual(WHOLE);
    expect(await other.load(WHOLE.project, WHOLE.commit)).toEqual(WHOLE);
  });

  it('gives back one that nobody judged, and one of a longer commit id', async () => {
    const { store } = await open();
    const long = { ...record(digest('sha256 repository')), kept: { verdict: null, run: null } };
    await store.save(long);
    expect(await store.load('.', long.commit)).toEqual(long);
    expect(await store.commits('.')).toEqual([long.commit]);
  });

  it('has null for what is absent, and no commits while nothing is kept', async () => {
    const { store } = await open();
    expect(await store.load('.', commitOf('a'))).toBeNull();
    expect(await store.commits('.')).toEqual([]);
    await store.save(record(commitOf('a')));
    expect(await store.load('.', commitOf('b'))).toBeNull();
    expect(await store.load('shop', commitOf('a'))).toBeNull();
    expect(await store.commits('shop')).toEqual([]);
  });

  it('names the commits, the newest record first', async () => {
    const { store, later } = await open();
    const [first, second, third] = ['first', 'second', 'third'].map(commitOf) as Three;
    for (const commit of [second, first, third]) {
      await store.save(record(commit));
      await later();
    }
    expect(await store.commits('.')).toEqual([third, first, second]);
  });

  it('puts a record in the place of an older one of the same commit', async () => {
    const { store, other, later } = await open();
    await store.save(record(commitOf('a'), '.', 1_000));
    await later();
    await other.save(record(commitOf('a'), '.', 2_000));
    expect(await store.load('.', commitOf('a'))).toEqual(record(commitOf('a'), '.', 2_000));
    expect(await store.commits('.')).toEqual([commitOf('a')]);
  });
}

type Three = [string, string, string];

function tellsApart(open: Open): void {
  it('never shares a record between two projects', async () => {
    const { store } = await open();
    const commit = commitOf('a');
    for (const [size, project] of DISTINCT_PROJECTS.entries()) {
      expect(await store.load(project, commit), JSON.stringify(project)).toBeNull();
      await store.save(record(commit, project, size));
    }
    for (const [size, project] of DISTINCT_PROJECTS.entries()) {
      expect(await store.load(project, commit)).toEqual(record(commit, project, size));
      expect(await store.commits(project)).toEqual([commit]);
    }
  });

  it('has no record for a commit that is none', async () => {
    const { store } = await open();
    await store.save(record(commitOf('a'), 'a'));
    for (const commit of ['', '.', '..', '../a', `../a/${commitOf('a')}`, 'main', '*']) {
      expect(await store.load('.', commit), JSON.stringify(commit)).toBeNull();
      expect(await store.load('a', commit), JSON.stringify(commit)).toBeNull();
    }
  });
}

function refusesDamage(open: Open): void {
  const commit = commitOf('damaged');
  const damaged = async (bytes: string | Uint8Array) => {
    const { damage, ...opened } = await open();
    if (damage === undefined) throw new Error('this store was opened without a way to damage it');
    await opened.store.save(record(commit));
    await opened.store.save(record(commitOf('beside')));
    await damage('.', commit, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
    return opened;
  };

  it.each(damagesOf(commit))(
    'throws for a record that %s, and never takes it for absent',
    async (_, bytes) => {
      const { store, other } = await damaged(bytes);
      const error = {
        name: 'UserError',
        code: 'snapshot-damaged',
        hint: expect.stringMatching(/./),
      };
      await expect(store.load('.', commit)).rejects.toMatchObject(error);
      await expect(other.load('.', commit)).rejects.toMatchObject(error);
    },
  );

  it('asks for an upgrade where a newer Weighbridge wrote the record', async () => {
    const newer = { ...record(commit), schemaVersion: 2, assets: 'in another form' };
    const { store } = await damaged(JSON.stringify(newer));
    await expect(store.load('.', commit)).rejects.toMatchObject({
      name: 'UserError',
      code: 'snapshot-newer',
      hint: expect.stringMatching(/upgrade/i),
    });
  });

  it('serves the other records, and lists, while one is damaged', async () => {
    const { store } = await damaged('');
    expect(await store.load('.', commitOf('beside'))).toEqual(record(commitOf('beside')));
    expect(await store.commits('.')).toContain(commitOf('beside'));
  });

  it('is mended by a save of the same commit', async () => {
    const { store, later } = await damaged('{');
    await later();
    await store.save(record(commit));
    expect(await store.load('.', commit)).toEqual(record(commit));
  });
}

function sharesMemory(open: Open): void {
  it('loses nothing when several write at the same time', async () => {
    const { store, other } = await open();
    const records = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, size) =>
      record(commitOf(name), size % 3 === 0 ? 'shop' : '.', size),
    );
    await Promise.all(records.map((one, turn) => (turn % 2 ? other : store).save(one)));
    for (const one of records) expect(await store.load(one.project, one.commit)).toEqual(one);
    for (const project of ['shop', '.']) {
      const expected = records.filter((one) => one.project === project).map((one) => one.commit);
      expect([...(await other.commits(project))].sort()).toEqual(expected.sort());
    }
  });

  it('keeps one of two records whole when both are written at the same time', async () => {
    const { store, other } = await open();
    const [one, two] = [record(commitOf('a'), '.', 1), record(commitOf('a'), '.', 2)];
    await Promise.all([store.save(one), other.save(two)]);
    const found = await store.load('.', commitOf('a'));
    expect([one, two]).toContainEqual(found);
    expect(await other.load('.', commitOf('a'))).toEqual(found);
    expect(await store.commits('.')).toEqual([commitOf('a')]);
  });
}
