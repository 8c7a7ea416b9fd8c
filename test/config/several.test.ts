import { describe, expect, test } from 'vitest';
import { loadConfigs } from '../../src/config/load.ts';
import { memoryHost } from '../support/memory-host.ts';

const FILE = JSON.stringify({ track: 'dist/*.js' });
const named = (project: string) => JSON.stringify({ project, track: 'dist/*.js' });

function load(files: Readonly<Record<string, string>>, ...names: string[]) {
  const distinct = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text === FILE ? named(path) : text]),
  );
  return loadConfigs(names, '/repo', memoryHost(distinct));
}

const filesOf = async (...asked: Parameters<typeof load>) =>
  (await load(...asked)).map(({ file }) => file);

const TREE = {
  'packages/b/budgets.json': FILE,
  'packages/a/budgets.json': FILE,
  'packages/a/node_modules/x/budgets.json': FILE,
  'apps/web/budgets.jsonc': FILE,
  'apps/web/package.json': '{}',
  'apps/admin/package.json': JSON.stringify({ weighbridge: { project: 'admin', track: 'x/*.js' } }),
};

describe('--config', () => {
  test('takes a glob, by path', async () => {
    expect(await filesOf(TREE, 'packages/*/budgets.json')).toEqual([
      'packages/a/budgets.json',
      'packages/b/budgets.json',
    ]);
  });

  test('takes several, each once, in an order that does not depend on theirs', async () => {
    const all = ['apps/web/budgets.jsonc', 'packages/a/budgets.json', 'packages/b/budgets.json'];

    expect(await filesOf(TREE, ...all)).toEqual(all);
    expect(await filesOf(TREE, ...all.toReversed(), 'packages/*/*.json', ...all)).toEqual(all);
  });

  test('leaves the packages of others alone, unless they are named', async () => {
    expect(await filesOf(TREE, '**/budgets.json')).toEqual([
      'packages/a/budgets.json',
      'packages/b/budgets.json',
    ]);
    expect(await filesOf(TREE, 'packages/*/node_modules/*/budgets.json')).toHaveLength(1);
  });

  test('takes a package.json that a glob matches only where it names us', async () => {
    expect(await filesOf(TREE, 'apps/*/package.json')).toEqual(['apps/admin/package.json']);
    await expect(load(TREE, 'apps/web/package.{json,yaml}')).rejects.toThrow('matches no file');
  });

  test('takes brackets literally where a file of just that name exists', async () => {
    expect(
      await filesOf({ '[id]/budgets.json': FILE, 'i/budgets.json': FILE }, '[id]/budgets.json'),
    ).toEqual(['[id]/budgets.json']);
  });

  test.each(['packages/*', 'none/*/budgets.json', '{x,y}.json'])(
    'refuses a glob that matches nothing: %s',
    async (glob) => {
      await expect(load(TREE, 'packages/a/budgets.json', glob)).rejects.toMatchObject({
        code: 'no-config',
        message: `--config ${glob} matches no file.`,
        hint: expect.stringContaining('quotes'),
      });
    },
  );

  test('refuses a missing file beside others', async () => {
    await expect(load(TREE, 'packages/*/budgets.json', 'gone.json')).rejects.toThrow(
      'gone.json does not exist.',
    );
  });

  test('looks in the working directory where none is named', async () => {
    expect(await filesOf({ 'budgets.json': FILE })).toEqual(['budgets.json']);
  });
});

test('two files of one project are refused, naming both', async () => {
  const twins = { 'a/budgets.json': named('shop'), 'b/budgets.json': named('shop') };

  await expect(load(twins, '*/budgets.json')).rejects.toMatchObject({
    code: 'same-project',
    message: 'a/budgets.json and b/budgets.json are both of the project "shop".',
  });
  const folder = { 'budgets.json': '{ "track": "a" }', 'more.json': '{ "track": "b" }' };
  await expect(load(folder, 'budgets.json', 'more.json')).rejects.toThrow(
    'budgets.json and more.json are both of the project ".".',
  );
});

test('the problems of all files are said at once', async () => {
  const broken = {
    'a/budgets.json': '{ "tarck": 1 }',
    'b/budgets.json': '{',
    'c/budgets.json': FILE,
  };

  await expect(load(broken, '*/budgets.json')).rejects.toMatchObject({
    message: expect.stringMatching(/a\/budgets\.json:1:3 tarck: .*\n(?:.*\n)*b\/budgets\.json:1/),
    hint: expect.stringContaining('2 budgets files'),
  });
});
