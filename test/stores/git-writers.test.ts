import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_REF } from '../../src/model/baseline.ts';
import type { Host } from '../../src/model/host.ts';
import type { Keepable } from '../../src/stores/store.ts';
import { remoteWithClones, repository, storeIn } from '../support/git-remotes.ts';
import { quietHost } from '../support/measured.ts';
import { commitOf, record } from '../support/records.ts';
import { git } from '../support/temporary.ts';

const PROJECTS = ['.', 'shop', 'packages/shop'];
const WRITERS = Array.from({ length: 50 }, (_, index) =>
  record(commitOf(`writer ${index}`), PROJECTS[index % PROJECTS.length], index),
);

describe('fifty writers at once', () => {
  it('lose nothing, some in clones of their own and some in one', {
    timeout: 300_000,
  }, async () => {
    const { clones, remote, folder } = await remoteWithClones(20);
    // One clone in two has one writer, the others four.
    const clone = (turn: number) => clones[turn < 10 ? turn : 10 + (turn % 10)] ?? '';
    await Promise.all(WRITERS.map((one, turn) => storeIn(clone(turn)).save(one)));
    await git(folder, 'clone', remote, 'reader');
    await holdsAll(WRITERS, join(folder, 'reader'), remote);
  });

  it('lose nothing in a repository without a remote', { timeout: 300_000 }, async () => {
    const folder = await repository();
    await Promise.all(WRITERS.map((one) => storeIn(folder).save(one)));
    await holdsAll(WRITERS, folder, folder);
  });
});

async function holdsAll(
  records: readonly Keepable[],
  reader: string,
  keeper: string,
): Promise<void> {
  const store = storeIn(reader);
  for (const project of PROJECTS) {
    const expected = records.filter((one) => one.project === project);
    const commits = await store.commits(project);
    expect([...commits].sort()).toEqual(expected.map(({ commit }) => commit).sort());
  }
  for (const one of records.slice(0, 6)) {
    expect(await store.load(one.project, one.commit)).toEqual(one);
  }
  expect(await git(keeper, 'rev-list', '--count', DEFAULT_REF)).toBe(`${records.length}`);
  const names = (await git(keeper, 'ls-tree', '-r', '--name-only', DEFAULT_REF)).split('\n');
  const lines: string[] = [];
  for (const name of names.filter((one) => one.startsWith('index/'))) {
    lines.push(...(await git(keeper, 'show', `${DEFAULT_REF}:${name}`)).split('\n'));
  }
  const indexed = lines.map((line) => (JSON.parse(line) as { commit: string }).commit);
  expect(indexed.sort()).toEqual(records.map(({ commit }) => commit).sort());
}

describe('the slower of two writers', () => {
  it('waits by chance, reads again, and keeps both', async () => {
    const { clones } = await remoteWithClones(2);
    const [one = '', other = ''] = clones;
    const { host, sleeps } = interrupted('push', 3, (turn) =>
      storeIn(other).save(record(commitOf(`faster ${turn}`))),
    );
    await storeIn(one, { host }).save(record(commitOf('slower')));
    expect(sleeps).toEqual([0.25 * 500, 0.25 * 1_000, 0.25 * 2_000]);
    const names = ['slower', 'faster 3', 'faster 2', 'faster 1'];
    expect(await storeIn(other).commits('.')).toEqual(names.map(commitOf));
  });

  it('gives up after many tries, and says so', async () => {
    const folder = await repository();
    const { host, sleeps } = interrupted('update-ref', Number.POSITIVE_INFINITY, async () => {
      const tip = await git(folder, 'rev-parse', '--verify', '-q', DEFAULT_REF).catch(() => null);
      const parents = tip === null ? [] : ['-p', tip];
      const tree = await git(folder, 'rev-parse', tip === null ? 'HEAD^{tree}' : `${tip}^{tree}`);
      const next = await git(folder, 'commit-tree', tree, ...parents, '-m', 'faster');
      await git(folder, 'update-ref', DEFAULT_REF, next);
    });
    await expect(storeIn(folder, { host }).save(record(commitOf('a')))).rejects.toMatchObject({
      name: 'UserError',
      code: 'store-unreachable',
      message: expect.stringMatching(/in 60 tries: .*but expected/),
    });
    expect(Math.max(...sleeps)).toBe(0.25 * 8_000);
  });
});

/** A host that lets another writer in before each of the first calls of a git command. */
function interrupted(
  command: string,
  times: number,
  task: (turn: number) => Promise<void>,
): { host: Host; sleeps: number[] } {
  const host = quietHost();
  const sleeps: number[] = [];
  let turn = 0;
  return {
    sleeps,
    host: {
      ...host,
      random: () => 0.25,
      sleep: async (duration) => void sleeps.push(duration),
      async git(args, request) {
        if (args.includes(command) && turn < times) await task(++turn);
        return host.git(args, request);
      },
    },
  };
}
