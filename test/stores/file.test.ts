import { mkdir, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoreChoice } from '../../src/model/baseline.ts';
import type { Host } from '../../src/model/host.ts';
import { fileStore } from '../../src/stores/file.ts';
import { openStore } from '../../src/stores/index.ts';
import type { StoreContext } from '../../src/stores/store.ts';
import { quietHost } from '../support/measured.ts';
import { memoryHost } from '../support/memory-host.ts';
import { commitOf, DISTINCT_PROJECTS, record } from '../support/records.ts';
import { storeContract } from '../support/store-contract.ts';
import { git, temporaryFolder } from '../support/temporary.ts';

function context(folder: string, host: Host = quietHost()): StoreContext {
  return { host, folder, run: null, branch: null, connect: null };
}

/** The folder that holds the records of `.`, as it is named on every system. */
const ROOT_PROJECT = '%2e';

const damage = (folder: string) => (_: string, commit: string, bytes: Uint8Array) =>
  writeFile(join(folder, ROOT_PROJECT, `${commit}.json`), bytes);

storeContract('file, in a folder that is named', async () => {
  const folder = await temporaryFolder();
  return {
    store: fileStore('records', context(folder)),
    other: fileStore(join(folder, 'records'), context('/elsewhere')),
    damage: damage(join(folder, 'records')),
  };
});

storeContract('file, in the git folder of two worktrees', async () => {
  const { main, tree } = await worktrees();
  return {
    store: fileStore(null, context(main)),
    other: fileStore(null, context(join(tree, 'packages/shop'))),
    damage: damage(join(main, '.git/weighbridge')),
  };
});

async function worktrees(): Promise<{ main: string; tree: string }> {
  const folder = await temporaryFolder({ 'main/packages/shop/a.txt': 'x' });
  const [main, tree] = [join(folder, 'main'), join(folder, 'tree')];
  await git(main, 'init');
  await git(main, 'add', '.');
  await git(main, 'commit', '-m', 'first');
  await git(main, 'worktree', 'add', '--detach', tree, 'HEAD');
  return { main, tree };
}

describe('the git folder', () => {
  it('holds the records: git status stays clean, and git itself stays well', async () => {
    const { main, tree } = await worktrees();
    await fileStore(null, context(tree)).save(record(commitOf('a')));
    expect(await readdir(join(main, '.git/weighbridge', ROOT_PROJECT))).toHaveLength(1);
    for (const folder of [main, tree]) {
      expect(await git(folder, 'status', '--porcelain', '--ignored')).toBe('');
    }
    await git(main, 'gc', '--prune=now');
    await git(main, 'fsck', '--strict');
    await git(main, 'worktree', 'remove', tree);
    expect(await fileStore(null, context(main)).commits('.')).toEqual([commitOf('a')]);
  });

  it('is found without git itself', async () => {
    const { main } = await worktrees();
    const noGit = () => Promise.reject(new Error('git was started'));
    const store = fileStore(null, context(main, { ...quietHost(), git: noGit }));
    await store.save(record(commitOf('a')));
    expect(await store.load('.', commitOf('a'))).toEqual(record(commitOf('a')));
  });

  it('is there for nobody outside git: nothing is kept, and a save says where it could be', async () => {
    const folder = await temporaryFolder();
    const store = fileStore(null, context(folder));
    expect(await store.load('.', commitOf('a'))).toBeNull();
    expect(await store.commits('.')).toEqual([]);
    await expect(store.save(record(commitOf('a')))).rejects.toMatchObject({
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringContaining(folder),
      hint: expect.stringContaining('"stores": [{ "file": ".weighbridge" }]'),
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the bound', () => {
  it('is a hundred records a project: the oldest goes', async () => {
    const folder = await temporaryFolder();
    const store = fileStore(folder, context(folder));
    const ages = Array.from({ length: 103 }, (_, age) => commitOf(`age ${age}`));
    await keepAged(join(folder, ROOT_PROJECT), ages);
    await store.save(record(commitOf('shop'), 'shop'));
    await store.save(record(commitOf('new')));
    expect(await store.commits('.')).toEqual([commitOf('new'), ...ages.slice(0, 99)]);
    expect(await store.commits('shop')).toEqual([commitOf('shop')]);
    await store.save(record(commitOf('newer')));
    expect(await store.commits('.')).toHaveLength(100);
    expect(await store.load('.', ages[98] ?? '')).toBeNull();
  });

  it('never takes the record just written, though the others be of the future', async () => {
    const folder = await temporaryFolder();
    const store = fileStore(folder, context(folder));
    const ages = Array.from({ length: 100 }, (_, age) => commitOf(`age ${age}`));
    await keepAged(join(folder, ROOT_PROJECT), ages, Date.now() / 1_000 + 86_400);
    await store.save(record(commitOf('new')));
    expect(await store.commits('.')).toEqual([...ages.slice(0, 99), commitOf('new')]);
  });

  it('touches nothing that is no record', async () => {
    const foreign = [
      'notes.json',
      'README.md',
      `${commitOf('a')}.txt`,
      `${commitOf('a')}.json.bak`,
    ];
    const folder = await temporaryFolder(
      Object.fromEntries(foreign.map((name) => [`${ROOT_PROJECT}/${name}`, 'mine'])),
    );
    const ages = Array.from({ length: 120 }, (_, age) => commitOf(`age ${age}`));
    await keepAged(join(folder, ROOT_PROJECT), ages);
    await fileStore(folder, context(folder)).save(record(commitOf('new')));
    const names = await readdir(join(folder, ROOT_PROJECT));
    expect(names).toEqual(expect.arrayContaining(foreign));
    expect(names).toHaveLength(100 + foreign.length);
  });

  it('holds while several writers save and remove at the same time', async () => {
    const folder = await temporaryFolder();
    const ages = Array.from({ length: 100 }, (_, age) => commitOf(`age ${age}`));
    await keepAged(join(folder, ROOT_PROJECT), ages);
    const added = Array.from({ length: 20 }, (_, index) => commitOf(`new ${index}`));
    await Promise.all(
      added.map((commit) => fileStore(folder, context(folder)).save(record(commit))),
    );
    const commits = await fileStore(folder, context(folder)).commits('.');
    expect(commits).toHaveLength(100);
    expect(commits).toEqual(expect.arrayContaining(added));
  });

  it('is no reason to fail: a record that another writer has removed, or that will not go', async () => {
    const folder = await temporaryFolder();
    const host = quietHost();
    const gone = commitOf('age 3');
    const modified = async (path: string) => {
      if (path.includes(gone)) await rm(path, { force: true });
      return host.modified(path);
    };
    const remove = () => Promise.reject(Object.assign(new Error('busy'), { code: 'EBUSY' }));
    const store = fileStore(folder, context(folder, { ...host, modified, remove }));
    await keepAged(
      join(folder, ROOT_PROJECT),
      Array.from({ length: 110 }, (_, age) => commitOf(`age ${age}`)),
    );
    await store.save(record(commitOf('new')));
    expect(await store.load('.', commitOf('new'))).toEqual(record(commitOf('new')));
    expect(await store.commits('.')).not.toContain(gone);
  });
});

/** Records by age, each a minute older than the one before. */
async function keepAged(folder: string, commits: readonly string[], newest = 1_700_000_000) {
  await mkdir(folder, { recursive: true });
  for (const [age, commit] of commits.entries()) {
    const path = join(folder, `${commit}.json`);
    await writeFile(path, 'aged');
    await utimes(path, newest - 60 * age, newest - 60 * age);
  }
}

describe('the folder of a project', () => {
  it('is told apart where names are short, know no case, and some belong to devices', async () => {
    const folder = await temporaryFolder();
    const store = fileStore(folder, context(folder));
    const devices = ['COM1', 'com1', 'aux'];
    const units = ['\ud800', '\ufffd', '\udc00', '\u9122', '\u009122', '%u9122'];
    const projects = [...DISTINCT_PROJECTS, ...devices, ...units];
    for (const project of projects) await store.save(record(commitOf('a'), project));
    const names = await readdir(folder);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(projects.length);
    for (const name of names) expect(name).toMatch(/^(?!(?:con|aux|com1)$)[a-z0-9_%~-]{1,100}$/);
  });
});

describe('a folder that cannot be used', () => {
  it('is not worded as an absent record', async () => {
    const folder = await temporaryFolder({ records: 'a file', [`loop/${ROOT_PROJECT}/a`]: '' });
    const path = join(folder, 'loop', ROOT_PROJECT, `${commitOf('a')}.json`);
    await symlink(path, path);
    const unreachable = {
      name: 'UserError',
      code: 'store-unreachable',
      hint: expect.stringMatching(/./),
    };
    const loop = fileStore('loop', context(folder));
    await expect(loop.load('.', commitOf('a'))).rejects.toMatchObject(unreachable);
    const file = fileStore('records', context(folder));
    await expect(file.save(record(commitOf('a')))).rejects.toMatchObject(unreachable);
  });
});

describe('the registry', () => {
  it('opens the store of a choice', async () => {
    const host = memoryHost({}, { checkout: { root: '/repo', prefix: '', commit: null } });
    const choices: readonly StoreChoice[] = [{ kind: 'file', folder: null }];
    for (const choice of choices) {
      const store = await openStore(choice, context('/repo', host));
      await store.save(record(commitOf('a')));
    }
    expect([...host.files.keys()]).toEqual([
      `/repo/.git/weighbridge/${ROOT_PROJECT}/${commitOf('a')}.json`,
    ]);
  });
});
