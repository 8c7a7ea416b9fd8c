import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.ts';
import { reportSchema } from '../src/model/report-schema.ts';
import { bytes } from './support/build.ts';
import { type Ran, fromSource as run } from './support/doors.ts';
import { type Files, git, temporaryFolder, writeFiles } from './support/temporary.ts';

const ALL = ['--config', 'packages/*/budgets.json'];
const LIMITS = { max: '10 kB', maxIncrease: '500 B' };

function budgets(top: object = {}, limits: object = LIMITS) {
  return { encodings: ['raw'], budgets: [{ name: 'All', files: 'dist/*.js', ...limits }], ...top };
}

function pack(name: string, size: number, file: object = budgets()): Files {
  return {
    [`packages/${name}/budgets.json`]: file,
    [`packages/${name}/dist/app.js`]: bytes(size, name),
  };
}

/** A clone with records of its one commit, on a branch. */
async function recorded(files: Files, ...config: string[]) {
  const folder = await temporaryFolder({ '.gitignore': 'dist\n', ...files });
  await git(folder, 'init', '--quiet');
  const base = await commit(folder);
  expect(await run(folder, ['record', ...config])).toMatchObject({ code: 0, stderr: '' });
  await git(folder, 'checkout', '--quiet', '-b', 'feature');
  return { folder, base };
}

async function commit(folder: string, files: Files = {}): Promise<string> {
  await writeFiles(folder, files);
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'change');
  return git(folder, 'rev-parse', 'HEAD');
}

async function checked(folder: string, ...args: string[]): Promise<Report & Ran> {
  const ran = await run(folder, [...args, '--report', 'json']);
  expect(ran.stderr).toBe('');
  const report = JSON.parse(ran.stdout) as Report;
  expect(reportSchema.safeParse(report).error?.issues).toBeUndefined();
  return { ...ran, ...report };
}

async function move(folder: string, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(folder, to)), { recursive: true });
  await rename(join(folder, from), join(folder, to));
}

const remove = (folder: string, path: string) =>
  rm(join(folder, path), { recursive: true, force: true });

describe('a budgets file that a change removes', () => {
  const files = { ...pack('a', 1_000), ...pack('b', 2_000) };

  it('is a loosening of all its limits, in every report', async () => {
    const { folder, base } = await recorded(files, ...ALL);
    await remove(folder, 'packages/b/budgets.json');
    const { code, verdict, meta, comparison } = await checked(folder, ...ALL);

    expect({ code, status: verdict.status }).toEqual({ code: 0, status: 'warn' });
    expect(verdict.relaxed).toEqual([
      { project: 'packages/b', budget: 'All', kind: 'budget-removed', from: null, to: null },
    ]);
    expect(verdict.findings.map(({ project }) => project)).toEqual(['packages/a', 'packages/a']);
    expect(comparison.base?.commit).toBe(base);
    expect(meta.projects).toMatchObject([
      { project: 'packages/a', status: 'pass' },
      { project: 'packages/b', status: 'warn', isGone: true },
    ]);
    const markdown = (await run(folder, [...ALL, '--report', 'markdown'])).stdout;
    expect(markdown).toContain('The budget in 1 project holds, and 1 limit was loosened');
    expect(markdown).toContain('#### ⚠️ packages/b: its budgets file is gone');
    expect(markdown).toContain('All: the budget was removed');
    expect(markdown).toContain('Base has packages/b/budgets.json, which is gone');
    const terminal = (await run(folder, ALL)).stdout;
    expect(terminal).toContain('packages/b');
    expect(terminal).toContain('the budget was removed');
  });

  it('is red where base forbids it, whatever the others say', async () => {
    const strict = budgets({ relaxing: 'fail' });
    const { folder } = await recorded({ ...pack('a', 1_000), ...pack('b', 1, strict) }, ...ALL);
    await remove(folder, 'packages/b');
    const { code, verdict } = await checked(folder, ...ALL);

    expect({ code, status: verdict.status }).toEqual({ code: 1, status: 'fail' });
  });

  it('is named without a record of its own, by what base has written', async () => {
    const { folder } = await recorded(files, '--config', 'packages/a/budgets.json');
    await remove(folder, 'packages/b');
    const { verdict } = await checked(folder, ...ALL);

    expect(verdict.relaxed).toMatchObject([{ project: 'packages/b', kind: 'budget-removed' }]);
  });

  it('is not missed where the project goes on, under another name or in another place', async () => {
    const { folder } = await recorded(files, ...ALL);
    await writeFiles(folder, pack('b', 2_000, budgets({ project: 'shop' })));
    await move(folder, 'packages/a', 'packages/first');
    const { verdict, meta } = await checked(folder, ...ALL);

    expect(verdict).toMatchObject({ status: 'pass', relaxed: [] });
    expect(meta.projects?.map(({ project }) => project)).toEqual(['shop', 'packages/first']);
  });

  it('is not looked for where each file was named, or no base was wanted', async () => {
    const { folder } = await recorded(files, ...ALL);
    await remove(folder, 'packages/b');

    const one = await checked(folder, '--config', 'packages/a/budgets.json');
    expect(one.verdict).toMatchObject({ status: 'pass', relaxed: [] });
    expect((await checked(folder, ...ALL, '--base', 'none')).verdict.relaxed).toEqual([]);
  });

  it('is named where base is a file of all projects', async () => {
    const { folder } = await recorded(files, ...ALL);
    await run(folder, ['measure', ...ALL, '--save', 'base.json']);
    await remove(folder, 'packages/b');
    const { verdict } = await checked(folder, ...ALL, '--base', 'base.json');

    expect(verdict.relaxed).toMatchObject([{ project: 'packages/b', kind: 'budget-removed' }]);
  });
});

describe('a budgets file that a change moves', () => {
  const grown = { 'libs/shop/dist/app.js': bytes(1_600, 'shop') };
  const shop = pack('shop', 1_000);

  it('with its folder finds its records', async () => {
    const { folder, base } = await recorded(shop, '--config', 'packages/shop/budgets.json');
    await move(folder, 'packages/shop', 'libs/shop');
    await writeFiles(folder, grown);
    const found = await checked(folder, '--config', 'libs/shop/budgets.json');

    expect(found).toMatchObject({ code: 1, verdict: { status: 'fail' } });
    expect(found.comparison.base).toMatchObject({ commit: base, provenance: 'exact' });
    expect(found.verdict.findings).toContainEqual(expect.objectContaining({ delta: 600 }));
    expect(found.meta.notes).toEqual([
      'Base has the records of this project as "packages/shop", whose budgets file was packages/shop/budgets.json.',
    ]);
  });

  it('alone finds them as well: what it speaks of stays where it is', async () => {
    const files = { 'budgets.json': budgets(), 'dist/app.js': bytes(1_000) };
    const { folder, base } = await recorded(files);
    await remove(folder, 'budgets.json');
    const away = { ...budgets(), budgets: [{ name: 'All', files: '../dist/*.js', ...LIMITS }] };
    await writeFiles(folder, { 'config/budgets.json': away, 'dist/app.js': bytes(1_600) });
    const found = await checked(folder, '--config', 'config/budgets.json');

    expect(found.comparison.base).toMatchObject({ commit: base });
    expect(found.verdict).toMatchObject({ status: 'fail', relaxed: [] });
    expect(found.verdict.findings).toContainEqual(
      expect.objectContaining({ rule: 'max-increase', delta: 600 }),
    );
  });

  it('beside others finds its own, by its folder or by what is in it', async () => {
    const other = budgets({}, { max: '9 MB', maxIncrease: '1 kB', message: 'Ask the docs team.' });
    const files = { ...shop, ...pack('docs', 3_000, other), ...pack('kept', 10) };
    const { folder } = await recorded(files, ...ALL);
    await move(folder, 'packages/shop', 'libs/shop');
    await move(folder, 'packages/docs', 'libs/manual');
    const all = ['--config', 'packages/*/budgets.json', '--config', 'libs/*/budgets.json'];
    const found = await checked(folder, ...all);

    expect(found.verdict).toMatchObject({ status: 'pass', relaxed: [] });
    const notes = found.meta.projects?.map(({ project, notes: said }) => [project, said.join()]);
    expect(notes).toEqual([
      ['libs/manual', expect.stringContaining('as "packages/docs"')],
      ['libs/shop', expect.stringContaining('as "packages/shop"')],
      ['packages/kept', ''],
    ]);
  });

  it('and that may be one of several is not guessed at: what to do is said', async () => {
    const { folder } = await recorded({ ...shop, ...pack('twin', 900) }, ...ALL);
    await move(folder, 'packages/shop', 'libs/one');
    await remove(folder, 'packages/twin');
    const found = await checked(folder, '--config', 'libs/one/budgets.json');

    expect(found.comparison.base).toBeNull();
    expect(found.meta.noBaseline).toContain(
      'packages/shop/budgets.json, packages/twin/budgets.json are gone: if this project was one of them, write the name that it had there into its budgets file, as `project`.',
    );
    await writeFiles(folder, { 'libs/one/budgets.json': budgets({ project: 'packages/shop' }) });
    const named = await checked(folder, '--config', 'libs/one/budgets.json');
    expect(named.comparison.base).toMatchObject({ provenance: 'exact' });
  });

  it('is not taken for one that is there still', async () => {
    const { folder } = await recorded(shop, '--config', 'packages/shop/budgets.json');
    await writeFiles(folder, pack('copy', 1_000));
    const found = await checked(folder, '--config', 'packages/copy/budgets.json');

    expect(found.comparison.base).toBeNull();
    expect(found.meta.noBaseline).not.toContain('gone');
  });
});
