import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOORS, fromDist } from './support/doors.ts';
import { type Files, temporaryFolder, writeFiles } from './support/temporary.ts';

const CORE = { import: '{ a }', from: './dist/index.js' };
const SOURCE = (length: number) =>
  `export const a = '${'a'.repeat(length)}'; export const b = '${'b'.repeat(5_000)}';`;

async function library(limits: object, files: Files = {}): Promise<string> {
  const folder = await temporaryFolder({
    'package.json': { name: 'my-lib', exports: './dist/index.js' },
    'dist/index.js': SOURCE(1_000),
    'budgets.json': { encodings: ['raw'], budgets: [{ ...CORE, ...limits }] },
    ...files,
  });
  await mkdir(join(folder, 'node_modules'));
  await symlink(resolve('node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  return folder;
}

describe.each(DOORS)('%s on imports', (_name, run) => {
  it('passes within the limit, and fails above it by the name of what is imported', async () => {
    expect((await run(await library({ max: '1.1 kB' }), [])).code).toBe(0);
    const { code, stdout } = await run(await library({ max: '1 kB' }), []);
    expect(code).toBe(1);
    expect(stdout).toContain('import { a } from "./dist/index.js"');
  });

  it('holds growth against base, to the byte', async () => {
    const folder = await library({ maxIncrease: '10 B' });
    await run(folder, ['measure', '--save', 'base.json']);
    const check = () => run(folder, ['--base', 'base.json', '--report', 'json']);
    expect((await check()).code).toBe(0);
    await writeFiles(folder, { 'dist/index.js': SOURCE(1_011) });
    const { code, stdout } = await check();
    expect(code).toBe(1);
    const { verdict, comparison } = JSON.parse(stdout);
    expect(verdict.findings).toMatchObject([{ rule: 'max-increase', delta: 11, over: 1 }]);
    expect(comparison.changes).toMatchObject([{ kind: 'kept', metric: 'size.raw', delta: 11 }]);
    // One row: the budget's own, which has the name of what is imported.
    const told = await run(folder, ['--base', 'base.json', '--report', 'markdown']);
    expect(told.stdout.match(/^\|.*dist\/index\.js/gm)).toHaveLength(1);
  });

  it.each([
    ['a syntax error', 'export const = 1', 'dist/index.js:1:14 cannot be bundled'],
    [
      'a missing export',
      'export const c = 1',
      './dist/index.js has no export "a". Did you mean "c"? It exports c.',
    ],
  ])('says where %s is, and makes no report', async (_case, source, words) => {
    const folder = await library({ max: 1 }, { 'dist/index.js': source });
    const { code, stdout, stderr } = await run(folder, []);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(words);
    expect(stderr).not.toContain('has a bug');
  });
});

it('without esbuild the command that installs it is named', async () => {
  const folder = await temporaryFolder({
    'dist/index.js': SOURCE(1),
    'budgets.json': { budgets: [{ ...CORE, max: 1 }] },
  });
  const { code, stderr } = await fromDist(folder, []);
  expect(code).toBe(2);
  expect(stderr).toContain('npm install --save-dev esbuild');
});
