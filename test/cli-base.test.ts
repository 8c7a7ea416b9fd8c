import { execFile, spawn } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Report } from '../src/model/report.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import { noise } from './support/binary-files.ts';
import { DOORS, type Door, type Ran } from './support/doors.ts';
import { git, temporaryFolder, writeFiles } from './support/temporary.ts';

const BUDGETS = {
  encodings: ['raw'],
  budgets: [
    { name: 'Sum', files: 'dist/**/*.js', max: '10 kB', maxIncrease: ['100 B', '5%'] },
    { name: 'Each', files: 'dist/**/*.js', each: true, max: '5 kB', maxIncrease: '50 B' },
  ],
};

async function readJson<T>(folder: string, path: string): Promise<T> {
  return JSON.parse(await readFile(join(folder, path), 'utf8')) as T;
}

/** The report of a check, with the exit code. */
async function checked(run: Door, cwd: string, ...args: string[]): Promise<Report & Ran> {
  const ran = await run(cwd, ['--report', 'json', ...args]);
  expect(ran.stderr).toBe('');
  return { ...ran, ...(JSON.parse(ran.stdout) as Report) };
}

/** A folder whose snapshot is in base.json. */
async function withBase(run: Door, files: Record<string, unknown>): Promise<string> {
  const folder = await temporaryFolder({ 'budgets.json': BUDGETS, ...files });
  expect((await run(folder, ['measure', '--save', 'base.json'])).code).toBe(0);
  return folder;
}

/** A pipe that gives a file to the first who reads it. */
async function pipeOf(file: string, pipe: string): Promise<string> {
  await promisify(execFile)('mkfifo', [pipe]);
  const writer = spawn('sh', ['-c', 'exec cat "$0" > "$1"', file, pipe], { stdio: 'ignore' });
  onTestFinished(() => void writer.kill());
  return pipe;
}

function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe.each(DOORS)('%s', (_name, run) => {
  describe('snapshots', () => {
    it('are written by measure and by check --save, and are the same', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(1_000), 'dist/b/c.js': noise(20) });
      expect((await run(folder, ['--save', 'out/head.json'])).code).toBe(0);
      const { takenAt: _, ...base } = await readJson<Snapshot>(folder, 'base.json');
      const { takenAt: __, ...head } = await readJson<Snapshot>(folder, 'out/head.json');
      expect(head).toEqual(base);
    });

    it('are valid by the published schema', async () => {
      const folder = await withBase(run, { 'dist/a.js': 'x' });
      const url = new URL('../dist/snapshot.schema.json', import.meta.url);
      const schema = JSON.parse(await readFile(url, 'utf8'));
      const validate = new Ajv({ formats: { 'date-time': true } }).compile(schema);
      validate(await readJson(folder, 'base.json'));
      expect(validate.errors ?? []).toEqual([]);
    });

    it('hold what the contract names', async () => {
      const folder = await withBase(run, { 'dist/index-BxYz12_4.js': noise(100) });
      expect(await readJson(folder, 'base.json')).toMatchObject({
        schemaVersion: 1,
        commit: null,
        project: '.',
        encoders: { levels: { gzip: 9, brotli: 11 } },
        tracked: { encodings: ['raw'] },
        budgets: [{ name: 'Sum' }, { name: 'Each' }],
        assets: [{ path: 'dist/index-BxYz12_4.js', subject: 'dist/index-[hash].js', raw: 100 }],
        measurements: [],
      });
    });

    it('are written even when a budget is broken', async () => {
      const budgets = { budgets: [{ files: 'dist/*.js', max: 1 }] };
      const folder = await temporaryFolder({ 'budgets.json': budgets, 'dist/a.js': 'xxx' });
      expect((await run(folder, ['--save', 'head.json'])).code).toBe(1);
      expect((await readJson<Snapshot>(folder, 'head.json')).assets).toHaveLength(1);
    });

    it('need a file to go to', async () => {
      const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'dist/a.js': 'x' });
      expectRefusal(await run(folder, ['measure']), '--save');
    });

    it('name the commit', async () => {
      const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'dist/a.js': 'x' });
      await git(folder, 'init');
      await git(folder, 'add', '.');
      await git(folder, 'commit', '-m', 'first');
      const commit = await git(folder, 'rev-parse', 'HEAD');
      await run(folder, ['measure', '--save', 'base.json']);
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.comparison.head.commit).toBe(commit);
      expect(report.comparison.base).toEqual({
        commit,
        provenance: 'file',
        how: null,
        distance: 0,
        isUntouched: false,
        store: 'base.json',
        run: null,
      });
    });
  });

  describe('a base', () => {
    it('that is the same has no change', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(1_000) });
      const report = await checked(run, folder, '--base', 'base.json', '--strict');
      expect(report).toMatchObject({ code: 0, verdict: { status: 'pass', relaxed: [] } });
      expect(report.comparison.changes.map(({ delta }) => delta)).toEqual([0]);
    });

    it('breaks limits on change at the very byte', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(1_000) });
      await writeFiles(folder, { 'dist/a.js': noise(1_050) });
      expect(await checked(run, folder, '--base', 'base.json')).toMatchObject({ code: 0 });
      await writeFiles(folder, { 'dist/a.js': noise(1_051) });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.code).toBe(1);
      const broken = report.verdict.findings.filter(({ status }) => status === 'fail');
      expect(broken).toMatchObject([
        { budget: 'Sum', rule: 'max-increase', limit: '5%', allowed: 50, over: 1, delta: 51 },
        { budget: 'Each', rule: 'max-increase', allowed: 50, over: 1, base: 1_000, actual: 1_051 },
      ]);
    });

    it('made of the same sources in another place serves as well', async () => {
      const there = await withBase(run, { 'dist/a.js': noise(1_000) });
      const here = await temporaryFolder({ 'budgets.json': BUDGETS, 'dist/a.js': noise(1_020) });
      const report = await checked(run, here, '--base', join(there, 'base.json'));
      expect(report.comparison.changes).toMatchObject([{ kind: 'kept', delta: 20 }]);
    });

    it('knows a chunk by its name without the hash', async () => {
      const folder = await withBase(run, {
        'dist/index-BxYz12_4.js': noise(1_000),
        'dist/vendor-CkY3_Zq9.js': noise(2_000, 2),
      });
      const dist = join(folder, 'dist');
      await rename(join(dist, 'index-BxYz12_4.js'), join(dist, 'index-DpQ7-a1R.js'));
      await writeFile(join(dist, 'index-DpQ7-a1R.js'), noise(1_040));
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report).toMatchObject({ code: 0 });
      expect(report.comparison.changes).toMatchObject([
        { kind: 'kept', subject: 'dist/index-[hash].js', base: 1_000, head: 1_040, delta: 40 },
        { kind: 'kept', subject: 'dist/vendor-[hash].js', delta: 0 },
      ]);
    });

    it('is unchanged where only a chunk was renamed', async () => {
      const build = (hash: string) => ({
        'dist/index.js': `import "./chunk-${hash}.js"; export const a = 1;`,
        [`dist/chunk-${hash}.js`]: 'export {}',
      });
      const budgets = { budgets: [{ files: 'dist/*.js', maxIncrease: 0, max: '1 kB' }] };
      const folder = await withBase(run, { ...build('BxYz12_4'), 'budgets.json': budgets });
      const head = await temporaryFolder({ ...build('CkY3_Zq9'), 'budgets.json': budgets });
      const report = await checked(run, head, '--base', join(folder, 'base.json'));
      expect(report.verdict.status).toBe('pass');
      expect(report.comparison.changes.every(({ delta }) => delta === 0)).toBe(true);
    });

    it('does not take a renamed file for a new one', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(1_000), 'dist/b.js': noise(9, 5) });
      await rename(join(folder, 'dist/a.js'), join(folder, 'dist/c.js'));
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.verdict.status).toBe('pass');
      expect(report.comparison.changes.map(({ kind, delta }) => [kind, delta])).toEqual([
        ['kept', 0],
        ['kept', 0],
      ]);
    });

    it('never makes one of two files', async () => {
      const folder = await withBase(run, {
        'dist/user-profile.js': noise(100),
        'dist/user-settings.js': noise(200, 2),
      });
      const report = await checked(run, folder, '--base', 'base.json');
      const subjects = report.comparison.changes.map(({ subject }) => subject);
      expect(subjects).toEqual(['dist/user-profile.js', 'dist/user-settings.js']);
    });

    it('says what is new, and what is gone', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(500), 'dist/b.js': noise(40, 2) });
      await rename(join(folder, 'dist/b.js'), join(folder, 'b.old'));
      await writeFiles(folder, { 'dist/n.js': noise(90, 3) });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.comparison.changes).toMatchObject([
        { kind: 'kept', subject: 'dist/a.js' },
        { kind: 'removed', subject: 'dist/b.js', base: 40, head: null },
        { kind: 'added', subject: 'dist/n.js', base: null, head: 90 },
      ]);
    });

    it('without the encoding makes a new budget, never an addition', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(500) });
      const budgets = { budgets: [{ name: 'Gz', files: 'dist/*.js', maxIncrease: 0 }] };
      await writeFiles(folder, { 'budgets.json': budgets });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.verdict.findings).toMatchObject([
        { budget: 'Gz', status: 'inconclusive', reason: 'no-baseline' },
      ]);
    });

    it('of another level is not comparable, where contents differ', async () => {
      const text = (end: string) => `${'export const word = "words"; '.repeat(40)}${end}`;
      const budget = { files: 'dist/*.js', each: true, maxIncrease: 0 };
      const files = { 'dist/a.js': text(''), 'dist/b.js': text('same') };
      const folder = await withBase(run, {
        ...files,
        'budgets.json': { levels: { gzip: 1 }, budgets: [budget] },
      });
      await writeFiles(folder, {
        'budgets.json': { budgets: [budget] },
        'dist/a.js': text('new'),
      });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.verdict.findings).toMatchObject([
        { subject: 'dist/a.js', status: 'inconclusive', reason: 'incomparable' },
        { subject: 'dist/b.js', status: 'pass', delta: 0 },
      ]);
      expect(report.verdict.findings[1]?.actual).toBe(gzipSync(text('same'), { level: 9 }).length);
    });

    it('says aloud which limits were loosened', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(500) });
      const [sum, each] = BUDGETS.budgets;
      const budgets = [{ ...sum, max: '11 kB' }, each];
      await writeFiles(folder, { 'budgets.json': { ...BUDGETS, budgets } });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report).toMatchObject({ code: 0, verdict: { status: 'warn' } });
      expect(report.verdict.relaxed).toMatchObject([{ budget: 'Sum', kind: 'limit-raised' }]);
    });

    it('that was over already warns', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(5_500) });
      const report = await checked(run, folder, '--base', 'base.json');
      expect(report.code).toBe(0);
      expect(report.verdict.findings.find(({ reason }) => reason !== null)).toMatchObject({
        budget: 'Each',
        status: 'warn',
        reason: 'already-over',
        over: 500,
      });
    });
  });

  it('reads the budgets file and base from pipes, as `<(...)` gives them', async () => {
    const folder = await withBase(run, { 'dist/a.js': noise(1_000) });
    await writeFiles(folder, { 'dist/a.js': noise(1_040) });
    const config = await pipeOf(join(folder, 'budgets.json'), join(folder, 'config.pipe'));
    const base = await pipeOf(join(folder, 'base.json'), join(folder, 'base.pipe'));
    const { code, comparison } = await checked(run, folder, '--config', config, '--base', base);

    expect(code).toBe(0);
    expect(comparison).toMatchObject({ base: { store: base }, changes: [{ delta: 40 }] });
  });

  describe('a base that cannot be used', () => {
    it('is an error where there is none', async () => {
      const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'dist/a.js': 'x' });
      expectRefusal(await run(folder, ['--base', 'none.json']), 'none.json', 'measure --save');
      expectRefusal(await run(folder, ['--base', 'dist']), 'dist');
      expectRefusal(await run(folder, ['compare', 'none.json', 'none.json']), 'none.json');
    });

    type Damage = (text: string, value: Snapshot) => unknown;
    const asset = ({ assets: [first] }: Snapshot) => first;

    it.each<[string, Damage]>([
      ['empty', () => ''],
      ['truncated', (text) => text.slice(0, -20)],
      ['with something after its end', (text) => `${text}{}`],
      ['no JSON at all', () => '<html>404</html>'],
      ['null', () => 'null'],
      ['a list', () => '[]'],
      ['another JSON file', () => '{"name":"package"}'],
      ['with a byte order mark', (text) => `\uFEFF${text}`],
      ['in UTF-16', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
      ['with NaN', (text) => text.replace('"raw":1', '"raw":NaN')],
      ['with a number out of range', (text) => text.replace('"raw":1', '"raw":1e999')],
      [
        'with a negative size',
        (_, value) => ({ ...value, assets: [{ ...asset(value), raw: -1 }] }),
      ],
      ['with half a byte', (_, value) => ({ ...value, assets: [{ ...asset(value), raw: 1.5 }] })],
      [
        'with a text as size',
        (_, value) => ({ ...value, assets: [{ ...asset(value), raw: '1' }] }),
      ],
      ['with null as size', (_, value) => ({ ...value, assets: [{ ...asset(value), raw: null }] })],
      ['without its assets', (_, value) => ({ ...value, assets: undefined })],
      ['of a newer version', (_, value) => ({ ...value, schemaVersion: 2 })],
      ['of no version', (_, value) => ({ ...value, schemaVersion: undefined })],
      ['of a version that is a text', (_, value) => ({ ...value, schemaVersion: '1' })],
      ['with a path twice', (_, value) => ({ ...value, assets: [asset(value), asset(value)] })],
      ['with a commit that is none', (_, value) => ({ ...value, commit: '--upload-pack=x' })],
      ['with a time that is none', (_, value) => ({ ...value, takenAt: 'yesterday' })],
    ])('is an error that names it: %s', async (_case, damage) => {
      const folder = await withBase(run, { 'dist/a.js': 'x' });
      const text = await readFile(join(folder, 'base.json'), 'utf8');
      const damaged = damage(text, JSON.parse(text) as Snapshot);
      await writeFiles(folder, { 'bad.json': damaged });
      expectRefusal(await run(folder, ['--base', 'bad.json']), 'bad.json');
      expectRefusal(await run(folder, ['compare', 'bad.json', 'base.json']), 'bad.json');
      expectRefusal(await run(folder, ['compare', 'base.json', 'bad.json']), 'bad.json');
    });

    it('says that a newer Weighbridge wrote it', async () => {
      const folder = await withBase(run, { 'dist/a.js': 'x' });
      const value = await readJson<Snapshot>(folder, 'base.json');
      await writeFiles(folder, { 'new.json': { ...value, schemaVersion: 2 } });
      expectRefusal(await run(folder, ['--base', 'new.json']), 'newer', 'pgrade');
    });

    it('may have keys that a later version added', async () => {
      const folder = await withBase(run, { 'dist/a.js': 'x' });
      const value = await readJson<Snapshot>(folder, 'base.json');
      await writeFiles(folder, { 'more.json': { ...value, later: 1 } });
      expect((await run(folder, ['--base', 'more.json'])).code).toBe(0);
    });
  });

  describe('compare', () => {
    it.each<[string, number, number]>([
      ['passes', 1_010, 0],
      ['fails', 1_900, 1],
    ])('%s as check --base does', async (_case, size, code) => {
      const folder = await withBase(run, { 'dist/a.js': noise(1_000) });
      await writeFiles(folder, { 'dist/a.js': noise(size), 'dist/n.js': noise(30, 7) });
      const check = await checked(run, folder, '--base', 'base.json', '--save', 'head.json');
      const compare = await run(folder, ['compare', 'base.json', 'head.json', '--report', 'json']);
      const report = JSON.parse(compare.stdout) as Report;
      expect([check.code, compare.code]).toEqual([code, code]);
      expect(report.verdict).toEqual(check.verdict);
      expect(report.comparison).toEqual(check.comparison);
    });

    it('takes two snapshots, and reads no budgets file', async () => {
      const folder = await withBase(run, { 'dist/a.js': 'x' });
      const other = await temporaryFolder({
        'base.json': await readFile(join(folder, 'base.json'), 'utf8'),
        'budgets.json': 'this is no JSON',
      });
      expect((await run(other, ['compare', 'base.json', 'base.json'])).code).toBe(0);
      for (const paths of [[], ['base.json'], ['base.json', 'base.json', 'base.json']]) {
        expectRefusal(await run(other, ['compare', ...paths]), 'compare base.json head.json');
      }
    });

    it('knows --strict, and refuses what it does not know', async () => {
      const folder = await withBase(run, { 'dist/a.js': noise(5_500) });
      const snapshots = ['compare', 'base.json', 'base.json'];
      expect((await run(folder, snapshots)).code).toBe(0);
      expect((await run(folder, [...snapshots, '--strict'])).code).toBe(1);
      expectRefusal(await run(folder, [...snapshots, '--config', 'x']), '--config');
    });
  });
});
