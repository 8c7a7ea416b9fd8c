import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSnapshot } from '../src/core/snapshot-text.ts';
import type { Report } from '../src/model/report.ts';
import type { Snapshot } from '../src/model/snapshot.ts';
import { asset, budget, bytes, snapshot, waiver } from './support/build.ts';
import { DOORS, type Door, type Ran } from './support/doors.ts';
import { git, temporaryFolder, writeFiles } from './support/temporary.ts';

const BUDGETS = {
  track: ['dist/*.js'],
  budgets: [
    { name: 'App', files: 'dist/app.js', encoding: 'raw', max: '3 kB', maxIncrease: '500 B' },
  ],
};

/** A head that would be green by its own rules. */
function head(raw: number, facts: Partial<Snapshot> = {}): string {
  const own = snapshot({
    budgets: [budget({ name: 'App', files: 'dist/app.js', max: 99_000 })],
    waivers: [waiver({ budget: 'App', until: '2999-01-01' })],
    assets: [asset('dist/app.js', { raw })],
  });
  return formatSnapshot({ ...own, commit: 'f'.repeat(40), ...facts });
}

async function delivered(run: Door, cwd: string, ...args: string[]): Promise<Report & Ran> {
  const ran = await run(cwd, ['deliver', '--from', 'head.json', '--report', 'json', ...args]);
  expect(ran.stderr).toBe('');
  return { ...ran, ...(JSON.parse(ran.stdout) as Report) };
}

function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe.each(DOORS)('%s deliver', (_, run) => {
  it('judges by the budgets here, never by those of the snapshot', async () => {
    const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'head.json': head(3_400) });
    const { code, verdict } = await delivered(run, folder, '--base', 'none');

    expect(code).toBe(1);
    expect(verdict.findings).toMatchObject([
      { budget: 'App', rule: 'max', status: 'fail', over: 400 },
      { budget: 'App', rule: 'max-increase', status: 'inconclusive' },
    ]);
  });

  it('compares with a snapshot that is named', async () => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'head.json': head(2_900),
      'base.json': head(2_000),
    });
    const { verdict } = await delivered(run, folder, '--base', 'base.json');

    expect(verdict.findings.map(({ status }) => status)).toEqual(['pass', 'fail']);
  });

  it('compares with the record of where the snapshot left the branch', async () => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      '.gitignore': 'dist\n*.json\n!budgets.json\n',
    });
    await git(folder, 'init', '--quiet');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '-m', 'base');
    await writeFiles(folder, { 'dist/app.js': bytes(2_000) });
    expect((await run(folder, ['record'])).stderr).toBe('');
    const base = await git(folder, 'rev-parse', 'HEAD');
    await git(folder, 'commit', '--quiet', '--allow-empty', '-m', 'head');
    const commit = await git(folder, 'rev-parse', 'HEAD');
    await git(folder, 'update-ref', 'refs/heads/change', commit);
    await git(folder, 'reset', '--quiet', '--hard', base);
    await writeFiles(folder, { 'head.json': head(2_900, { commit }) });
    const { comparison, verdict } = await delivered(run, folder);

    expect(comparison.base).toMatchObject({ commit: base, provenance: 'exact' });
    expect(verdict.status).toBe('fail');
  });

  it('says what is missing where the snapshot names a commit that is not here', async () => {
    const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'head.json': head(2_900) });
    const { meta, verdict } = await delivered(run, folder);

    expect(verdict.status).toBe('inconclusive');
    expect(meta.noBaseline).toContain('git');
  });

  it('judges several in one report, and fails with the worst', async () => {
    const two = { ...BUDGETS, project: 'two' };
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'two/budgets.json': two,
      'one.json': head(2_000),
      'two.json': head(3_400, { project: 'two' }),
    });
    const from = ['--from', 'two.json', '--from', 'one.json'];
    const configs = ['--config', 'budgets.json', '--config', 'two/budgets.json'];
    const ran = await run(folder, ['deliver', ...from, ...configs, '--base', 'none']);

    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('1 of 2 budgets in 2 projects is broken: two › App');
  });

  it.each([
    [[], 'needs a snapshot to judge'],
    [['head.json'], 'needs a snapshot to judge'],
    [['--from', 'head.json', 'more.json'], '"more.json" is more than'],
    [['--from', 'gone.json'], 'gone.json does not exist'],
    [['--from', 'evil.json'], 'control character'],
    [['--from', 'other.json'], 'is of the project "other"'],
    [['--from', 'head.json', '--from', 'head.json'], 'Two snapshots are of the project'],
  ])('%j is refused', async (args, words) => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'head.json': head(1),
      'evil.json': head(1).replaceAll('dist/app.js', 'dist/\\u001b[2Japp.js'),
      'other.json': head(1, { project: 'other' }),
    });
    expectRefusal(await run(folder, ['deliver', ...args]), words);
  });

  it('takes a file of several projects apart', async () => {
    const set = {
      schemaVersion: 1,
      snapshots: [head(2_000), head(1, { project: 'x' })].map((text) => JSON.parse(text)),
    };
    const folder = await temporaryFolder({ 'budgets.json': BUDGETS, 'head.json': set });

    expectRefusal(await run(join(folder), ['deliver', '--from', 'head.json']), '"x"');
  });

  /** What a run writes that has left projects out. */
  const setOf = (skipped: readonly unknown[], ...texts: string[]) => ({
    schemaVersion: 1,
    skipped,
    snapshots: texts.map((text) => JSON.parse(text)),
  });
  const skip = (facts: Readonly<Record<string, unknown>> = {}) => ({
    project: 'docs',
    file: 'docs/budgets.json',
    why: 'dist is empty',
    ...facts,
  });

  it('lists what the run has left out, beside a project alone as well', async () => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'head.json': setOf([skip()], head(2_000)),
    });
    const { code, verdict, meta } = await delivered(run, folder, '--base', 'none');
    const shown = await run(folder, ['deliver', '--from', 'head.json', '--base', 'none']);

    expect({ code, status: verdict.status }).toEqual({ code: 0, status: 'inconclusive' });
    expect(meta.skipped).toEqual([skip()]);
    expect(shown.stdout).toContain('docs: dist is empty');
  });

  it('passes only where the budgets here allow to leave it out', async () => {
    const own = { track: ['dist/*.js'], budgets: [] };
    const files = (unbuilt: string) => ({
      'budgets.json': own,
      'docs/budgets.json': { ...own, project: 'docs', unbuilt },
      'head.json': setOf([skip()], head(2_000)),
    });
    const configs = ['--config', 'budgets.json', '--config', 'docs/budgets.json'];
    const folder = await temporaryFolder(files('skip'));
    const allowed = await delivered(run, folder, ...configs, '--base', 'none');
    expect(allowed).toMatchObject({ code: 0, verdict: { status: 'pass' }, meta: { notes: [] } });

    const strict = await temporaryFolder(files('fail'));
    const { code, verdict, meta } = await delivered(run, strict, ...configs, '--base', 'none');
    expect({ code, status: verdict.status }).toEqual({ code: 0, status: 'inconclusive' });
    expect(meta.notes.join()).toContain('which the budgets here do not allow');
    const from = ['deliver', '--from', 'head.json', '--base', 'none'];
    expect((await run(strict, [...from, ...configs, '--strict'])).code).toBe(1);
  });

  it('leaves nothing out that another file has', async () => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'docs/budgets.json': { ...BUDGETS, project: 'docs' },
      'head.json': setOf([skip()], head(2_000)),
      'docs.json': head(2_000, { project: 'docs' }),
    });
    const configs = ['--config', 'budgets.json', '--config', 'docs/budgets.json'];
    const args = ['--from', 'docs.json', ...configs, '--base', 'none'];
    const { meta } = await delivered(run, folder, ...args);

    expect(meta.projects).toHaveLength(2);
    expect(meta.skipped).toBeUndefined();
  });

  it.each([
    [[skip({ why: 'no \u001b[2J' })], 'control character'],
    [[skip({ project: 'a\nb' })], 'control character'],
    [[skip({ file: 'a'.repeat(301) })], 'longer than 300 characters'],
    [Array.from({ length: 201 }, () => skip()), 'more than 200 projects'],
  ])('refuses to list %#', async (skipped, words) => {
    const folder = await temporaryFolder({
      'budgets.json': BUDGETS,
      'head.json': setOf(skipped, head(2_000)),
    });
    expectRefusal(await run(folder, ['deliver', '--from', 'head.json']), words);
  });
});
