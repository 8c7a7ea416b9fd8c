import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/model/report.ts';
import { reportSchema } from '../src/model/report-schema.ts';
import { noise } from './support/binary-files.ts';
import { type Ran, fromSource as run } from './support/doors.ts';
import { type Files, git, temporaryFolder, writeFiles } from './support/temporary.ts';

const ALL = ['--config', 'packages/*/budgets.json'];

function budgets(top: object = {}, budget: object = { max: '2 kB' }) {
  return { encodings: ['raw'], budgets: [{ name: 'All', files: 'dist/*.js', ...budget }], ...top };
}

/** A package with a budget on its build of so many bytes; null: not built. */
function pack(name: string, size: number | null, file: object = budgets()): Files {
  const built = size === null ? {} : { [`packages/${name}/dist/${name}.js`]: noise(size) };
  return { [`packages/${name}/budgets.json`]: file, ...built };
}

const SKIPS = budgets({ unbuilt: 'skip' });

async function checked(cwd: string, ...args: string[]): Promise<Report & Ran> {
  const ran = await run(cwd, [...ALL, '--report', 'json', ...args]);
  expect(ran.stderr).toBe('');
  const report = JSON.parse(ran.stdout) as Report;
  expect(reportSchema.safeParse(report).error?.issues).toBeUndefined();
  return { ...ran, ...report };
}

function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

async function readJson(folder: string, path: string) {
  return JSON.parse(await readFile(join(folder, path), 'utf8'));
}

describe('several budgets files', () => {
  test('are one run with one verdict', async () => {
    const folder = await repository({
      ...pack('a', 1_000),
      ...pack('b', 3_000),
      ...pack('c', 1_000),
    });
    const { code, verdict, meta, comparison } = await checked(folder, '--base', 'none');

    expect(code).toBe(1);
    expect(verdict).toMatchObject({
      status: 'fail',
      findings: [
        { project: 'a', status: 'pass' },
        { project: 'b', status: 'fail', over: 1_000 },
        { project: 'c', status: 'pass' },
      ].map(({ project, ...rest }) => ({ ...rest, project: expect.stringMatching(project) })),
    });
    expect(comparison.base).toBeNull();
    expect(meta).toMatchObject({ project: '.', config: null, tracked: { head: 5_000, assets: 3 } });
    expect(meta.projects).toMatchObject([
      { status: 'pass', config: { file: 'packages/a/budgets.json' } },
      { status: 'fail', config: { file: 'packages/b/budgets.json', lines: { All: 6 } } },
      { status: 'pass' },
    ]);
    const { stdout } = await run(folder, [...ALL, '--base', 'none']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      '1 of 3 budgets in 3 projects is broken: packages/b › All is 1 kB over its 2 kB.',
    );
    expect(stdout.trimEnd()).toMatch(/packages\/b\/budgets\.json:6\.$/);
  });

  test('of which all hold give 0', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });

    expect(await checked(folder, '--base', 'none')).toMatchObject({
      code: 0,
      verdict: { status: 'pass' },
    });
  });

  test('named one by one are the same run as by a glob', async () => {
    const named = budgets({ project: 'first' });
    const folder = await temporaryFolder({ ...pack('a', 10, named), ...pack('b', 9_000) });
    await git(folder, 'init');
    const one = ['--config', 'packages/b/budgets.json', '--config=packages/a/budgets.json'];
    const base = ['--base', 'none', '--report', 'json'];

    const ran = await run(folder, [...one, ...base]);
    expect(ran).toEqual(await run(folder, [...ALL, ...base]));
    expect(ran.code).toBe(1);
    const { meta } = JSON.parse(ran.stdout) as Report;
    expect(meta.projects?.map(({ project }) => project)).toEqual(['first', 'packages/b']);
  });

  test('of which one file is left are a report on one, as ever', async () => {
    const folder = await temporaryFolder(pack('a', 1_000));
    const args = ['--base', 'none', '--report', 'json'];

    expect((await checked(folder, '--base', 'none')).meta.projects).toBeUndefined();
    expect(await run(folder, [...ALL, ...args])).toEqual(
      await run(folder, ['--config', 'packages/a/budgets.json', ...args]),
    );
  });

  test('of one project are refused, naming both', async () => {
    const shop = budgets({ project: 'shop' });
    const folder = await temporaryFolder({ ...pack('a', 10, shop), ...pack('b', 10, shop) });

    for (const command of [[], ['measure', '--save', 'x.json'], ['record']]) {
      expectRefusal(
        await run(folder, [...command, ...ALL]),
        'packages/a/budgets.json and packages/b/budgets.json are both of the project "shop"',
      );
    }
  });

  test('and a glob without quotes, which the shell takes apart, is explained', async () => {
    const folder = await temporaryFolder({ ...pack('a', 10), ...pack('b', 10) });
    const spread = ['--config', 'packages/a/budgets.json', 'packages/b/budgets.json'];

    expectRefusal(await run(folder, spread), 'in quotes');
    expectRefusal(await run(folder, ['--config', 'apps/*/budgets.json']), 'matches no file');
  });
});

describe('without git', () => {
  test('projects are told apart by their own names', async () => {
    const files = {
      ...pack('a', 10, budgets({ project: 'a' })),
      ...pack('b', 10, budgets({ project: 'b' })),
    };
    expect((await checked(await temporaryFolder(files), '--base', 'none')).code).toBe(0);
    const nameless = await temporaryFolder({ ...pack('a', 10), ...pack('b', 10) });
    expectRefusal(await run(nameless, ALL), '"."', 'no git checkout');
  });
});

describe('a project that is not built', () => {
  test('fails the run unless it says that it need not be', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', null) });

    const way = 'if packages/b/budgets.json says `"unbuilt": "skip"`.';
    expectRefusal(await run(folder, ALL), 'packages/b/dist/ does not exist; build first', way);
    const { stderr } = await run(folder, ['--config', 'packages/b/budgets.json']);
    expect(stderr).toContain('packages/b/dist/ does not exist; build first');
    expect(stderr).not.toContain('unbuilt');
  });

  test('is not what a pattern with a slip is', async () => {
    const slip = budgets({}, { files: 'dist/*.jss', max: '2 kB' });
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10, slip) });
    const { code, stderr } = await run(folder, ALL);

    expect(code).toBe(2);
    expect(stderr).toContain('Nothing matches dist/*.jss');
    expect(stderr).not.toContain('unbuilt');
  });

  test('is skipped where it says so, and listed in every report', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', null, SKIPS) });
    const { code, verdict, meta } = await checked(folder, '--base', 'none');

    expect({ code, status: verdict.status }).toEqual({ code: 0, status: 'pass' });
    expect(meta.projects).toHaveLength(1);
    expect(meta.skipped).toEqual([
      {
        project: 'packages/b',
        file: 'packages/b/budgets.json',
        why: 'packages/b/dist/ does not exist',
      },
    ]);
    for (const form of ['terminal', 'markdown']) {
      const { stdout } = await run(folder, [...ALL, '--base', 'none', '--report', form]);
      expect(stdout).toContain('1 of 2 projects is not built');
      expect(stdout).toContain('packages/b: packages/b/dist/ does not exist');
    }
  });

  test('is checked as soon as anything of it is there', async () => {
    const two = budgets({ unbuilt: 'skip' }, { files: ['dist/*.js', 'public/*.js'], max: '2 kB' });
    const folder = await repository({
      ...pack('a', 10),
      ...pack('b', null, two),
      'packages/b/public/x.js': noise(3_000),
    });

    expect(await checked(folder, '--base', 'none')).toMatchObject({ code: 1 });
  });

  test('is no reason to be green where all are', async () => {
    const folder = await repository({ ...pack('a', null, SKIPS), ...pack('b', null, SKIPS) });

    const words = ['Nothing was built', 'packages/a/dist/', 'packages/b/dist/'];
    expectRefusal(await run(folder, ALL), ...words);
    expectRefusal(await run(folder, ['--config', 'packages/a/budgets.json']), 'Nothing was built');
    expectRefusal(await run(folder, ['measure', '--save', 'x.json', ...ALL]), ...words);
    expectRefusal(await run(folder, ['record', ...ALL]), ...words);
  });

  test('cannot be left out by the change itself: the record of base decides', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });
    expect((await run(folder, ['record', ...ALL])).code).toBe(0);
    await rm(join(folder, 'packages/b/dist'), { recursive: true });
    await commit(folder, pack('b', null, SKIPS));

    const ran = await run(folder, [...ALL, '--base', 'HEAD~1']);
    expectRefusal(
      ran,
      'packages/b/dist/ does not exist',
      'a change cannot leave its own project out',
    );
  });

  test('is left out once base says so, and saying so is a weakened rule', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });
    expect((await run(folder, ['record', ...ALL])).code).toBe(0);
    await commit(folder, pack('b', 10, SKIPS));

    const said = await checked(folder, '--base', 'HEAD~1');
    expect(said.verdict.relaxed).toEqual([
      { project: 'packages/b', budget: null, kind: 'unbuilt-weakened', from: 'fail', to: 'skip' },
    ]);
    expect((await run(folder, ['record', ...ALL])).code).toBe(0);
    await rm(join(folder, 'packages/b/dist'), { recursive: true });
    await commit(folder, { 'README.md': 'more' });
    const left = await checked(folder, '--base', 'HEAD~1');
    expect(left.meta.skipped).toMatchObject([{ project: 'packages/b' }]);
    expect(left.code).toBe(0);
  });
});

describe('records', () => {
  test('are kept and found for each project by itself', async () => {
    const grows = budgets({}, { maxIncrease: '100 B' });
    const folder = await repository({ ...pack('a', 1_000, grows), ...pack('b', 1_000, grows) });
    const { code, stdout } = await run(folder, ['record', ...ALL]);

    expect(code).toBe(0);
    expect(stdout).toMatch(/of packages\/a in the .*\n.*of packages\/b in the /);
    await commit(folder, pack('b', 1_200, grows));
    const { verdict, comparison, meta } = await checked(folder, '--base', 'HEAD~1');
    expect(verdict.findings).toMatchObject([
      { project: 'packages/a', delta: 0, status: 'pass' },
      { project: 'packages/b', delta: 200, status: 'fail' },
    ]);
    const parent = await git(folder, 'rev-parse', 'HEAD~1');
    expect(comparison.base).toMatchObject({ commit: parent, provenance: 'exact' });
    expect(meta.projects?.map(({ base }) => base?.commit)).toEqual([parent, parent]);
  });

  test('of a dirty tree are refused for all of them', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });
    await writeFiles(folder, { 'packages/b/src.js': 'x' });

    expectRefusal(await run(folder, ['record', ...ALL]), 'packages/b/src.js');
  });

  test('that a new package cannot have yet do not fail --strict', async () => {
    const grows = budgets({}, { maxIncrease: '100 B' });
    const folder = await repository(pack('a', 1_000, grows));
    expect((await run(folder, ['record', ...ALL])).code).toBe(0);
    await commit(folder, pack('new', 1_000, grows));
    const strict = ['--base', 'HEAD~1', '--strict=inconclusive'];

    expect(await run(folder, [...ALL, ...strict])).toMatchObject({ code: 0 });
    const more = { ...grows, budgets: [...grows.budgets, { files: 'lib/*.js', maxIncrease: 1 }] };
    await commit(folder, { 'packages/a/budgets.json': more, 'packages/a/lib/x.js': 'x' });
    expect(await run(folder, [...ALL, '--base', 'HEAD~2', '--strict=inconclusive'])).toMatchObject({
      code: 1,
    });
  });
});

describe('the jobs of a matrix', () => {
  const grows = budgets({}, { maxIncrease: '100 B' });

  async function measured(folder: string, name: string): Promise<string> {
    const save = `${name}.json`;
    const config = `packages/${name}/budgets.json`;
    expect((await run(folder, ['measure', '--config', config, '--save', save])).code).toBe(0);
    return save;
  }

  test('are joined by merge, to what one job would have measured', async () => {
    const folder = await repository({ ...pack('a', 1_000), ...pack('b', 2_000) });
    const files = [await measured(folder, 'b'), await measured(folder, 'a')];

    const ran = await run(folder, ['merge', ...files, '--save', 'out/all.json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('snapshots of 2 projects are in out/all.json');
    expect((await run(folder, ['measure', ...ALL, '--save', 'one.json'])).stdout).toContain(
      'of 2 projects',
    );
    const [all, one] = [await readJson(folder, 'out/all.json'), await readJson(folder, 'one.json')];
    const plain = (file: { snapshots: object[] }) =>
      file.snapshots.map((snapshot) => ({ ...snapshot, takenAt: '' }));
    expect(plain(all)).toEqual(plain(one));
    expect(all.snapshots.map(({ project }: { project: string }) => project)).toEqual([
      'packages/a',
      'packages/b',
    ]);
  });

  test('are judged together by compare, each against its own', async () => {
    const folder = await repository({ ...pack('a', 1_000, grows), ...pack('b', 1_000, grows) });
    await run(folder, ['measure', ...ALL, '--save', 'base.json']);
    await commit(folder, { ...pack('a', 1_050, grows), ...pack('b', 1_200, grows) });
    await run(folder, ['measure', ...ALL, '--save', 'head.json']);

    const ran = await run(folder, ['compare', 'base.json', 'head.json', '--report', 'json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout).verdict.findings).toMatchObject([
      { project: 'packages/a', delta: 50, status: 'pass' },
      { project: 'packages/b', delta: 200, status: 'fail' },
    ]);
  });

  test('may have a project more or less than base, which is said', async () => {
    const folder = await repository({ ...pack('a', 10, grows), ...pack('b', 10, grows) });
    await run(folder, ['measure', ...ALL, '--save', 'base.json']);
    await rm(join(folder, 'packages/b'), { recursive: true });
    await writeFiles(folder, pack('c', 10, grows));
    await run(folder, ['measure', ...ALL, '--save', 'head.json']);

    const { code, stdout } = await run(folder, ['compare', 'base.json', 'head.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('packages/b is in base.json, and not in head.json.');
    expect(stdout).toContain('packages/c: base.json has no snapshot of packages/c.');
    // Nor does one that came alone stand for those that did not come.
    await run(folder, ['measure', '--config', 'packages/a/budgets.json', '--save', 'one.json']);
    const lone = await run(folder, ['compare', 'base.json', 'one.json']);
    expect(lone.stdout).toContain('packages/b is in base.json, and not in one.json.');
    // One snapshot is not the base of every project.
    const alone = await run(folder, ['compare', await measured(folder, 'a'), 'head.json']);
    expect(alone.stdout).toContain('packages/c: a.json has no snapshot of packages/c.');
  });

  test('cannot leave out what base has not allowed', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });
    await run(folder, ['measure', ...ALL, '--save', 'base.json']);
    await rm(join(folder, 'packages/b/dist'), { recursive: true });
    await writeFiles(folder, { 'packages/b/budgets.json': SKIPS });
    const { code, stderr } = await run(folder, ['measure', ...ALL, '--save', 'head.json']);

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'packages/b: left out, packages/b/dist/ does not exist.\n',
    });
    expectRefusal(await run(folder, ['compare', 'base.json', 'head.json']), 'packages/b');
  });

  test('are a base for check --base FILE, each for its own', async () => {
    const folder = await repository({ ...pack('a', 1_000, grows), ...pack('b', 3_000, grows) });
    await run(folder, ['measure', ...ALL, '--save', 'base.json']);
    const { verdict, code } = await checked(folder, '--base', 'base.json');

    expect(code).toBe(0);
    expect(verdict.findings.map(({ delta }) => delta)).toEqual([0, 0]);
    const one = await run(folder, ['--config', 'packages/b/budgets.json', '--base', 'base.json']);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    // Nor does one that came alone stand for those that did not come.
    await run(folder, ['measure', '--config', 'packages/a/budgets.json', '--save', 'one.json']);
    const lone = await run(folder, ['compare', 'base.json', 'one.json']);
    expect(lone.stdout).toContain('packages/b is in base.json, and not in one.json.');
    // One snapshot is not the base of every project.
    const a = await measured(folder, 'a');
    const { comparison, meta } = await checked(folder, '--base', a);
    expect(comparison.base).toBeNull();
    expect(meta.projects).toMatchObject([
      { base: { provenance: 'file' }, noBaseline: null },
      { base: null, noBaseline: 'a.json has no snapshot of packages/b.' },
    ]);
  });

  test('of two commits, or of one project, are refused, naming both files', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', 10) });
    const a = await measured(folder, 'a');
    await commit(folder, { 'README.md': 'more' });
    const b = await measured(folder, 'b');

    expectRefusal(
      await run(folder, ['merge', a, b, '--save', 'x.json']),
      'a.json is of',
      'b.json is of',
    );
    await run(folder, ['measure', ...ALL, '--save', 'both.json']);
    expectRefusal(
      await run(folder, ['merge', 'both.json', b, '--save', 'x.json']),
      'both.json and b.json both have a snapshot of packages/b',
    );
    await expect(readFile(join(folder, 'x.json'))).rejects.toThrow('ENOENT');
  });

  test.each([
    [['merge'], 'weighbridge merge a.json b.json'],
    [['merge', 'a.json'], '--save'],
    [['merge', 'gone.json', '--save', 'x.json'], 'gone.json does not exist'],
    [['merge', 'packages/a/budgets.json', '--save', 'x.json'], 'cannot be used as a snapshot'],
  ])('and %j is explained', async (args, words) => {
    expectRefusal(await run(await temporaryFolder(pack('a', 10)), args), words);
  });

  test('keep what check --save has written, with what was left out', async () => {
    const folder = await repository({ ...pack('a', 10), ...pack('b', null, SKIPS) });
    await checked(folder, '--base', 'none', '--save', 'head.json');
    const ran = await run(folder, ['merge', 'head.json', '--save', 'all.json']);

    expect(ran.stderr).toContain('packages/b: left out');
    expect(await readJson(folder, 'all.json')).toEqual(await readJson(folder, 'head.json'));
  });
});

test('fifty projects are checked in one run', async () => {
  const names = Array.from({ length: 50 }, (_, index) => `p${index}`);
  const folder = await repository(Object.assign({}, ...names.map((name) => pack(name, 100))));
  expect((await run(folder, ['record', ...ALL])).code).toBe(0);
  await commit(folder, { ...pack('p7', 2_500), 'README.md': 'x' });
  const { code, verdict, meta } = await checked(folder, '--base', 'HEAD~1');

  expect(code).toBe(1);
  expect(verdict.findings).toHaveLength(50);
  expect(meta.projects?.filter(({ status }) => status === 'fail')).toMatchObject([
    { project: 'packages/p7' },
  ]);
  expect(meta.projects?.every(({ base }) => base?.provenance === 'exact')).toBe(true);
});

/** A repository with its builds beside it, which git does not see. */
async function repository(files: Files): Promise<string> {
  const folder = await temporaryFolder({ '.gitignore': 'dist\n/*.json\nout\n', ...files });
  await git(folder, 'init');
  await commit(folder, {});
  return folder;
}

async function commit(folder: string, files: Files): Promise<void> {
  await writeFiles(folder, files);
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-m', 'change', '--allow-empty');
}
