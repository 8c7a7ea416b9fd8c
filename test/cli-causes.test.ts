import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { DOORS } from './support/doors.ts';
import { temporaryFolder, writeFiles } from './support/temporary.ts';
import { type TracedBuild, tracedBuild } from './support/traced-build.ts';

const HOME = { name: 'Home', page: 'dist/index.html' };
const MOMENT = { packages: { moment: 4_000 } };

async function project(budgets: readonly object[], build: TracedBuild = {}): Promise<string> {
  return temporaryFolder({
    ...tracedBuild('dist', build),
    'budgets.json': { encodings: ['raw'], track: ['dist/**'], budgets },
  });
}

async function expectValid(name: string, value: unknown): Promise<void> {
  const schema = JSON.parse(await readFile(new URL(`../dist/${name}`, import.meta.url), 'utf8'));
  const { allowComments: _, allowTrailingCommas: __, ...plain } = schema;
  const validate = new Ajv({ allErrors: true, formats: { 'date-time': true } }).compile(plain);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

describe.each(DOORS)('%s on what is inside', (_name, run) => {
  it('breaks a page by a new package, says so, and is green again without it', async () => {
    const folder = await project([{ ...HOME, max: '4 kB', maxIncrease: '500 B' }]);
    await run(folder, ['measure', '--save', 'base.json']);
    await writeFiles(folder, tracedBuild('dist', MOMENT));
    const broken = await run(folder, ['--base', 'base.json']);
    await writeFiles(folder, tracedBuild('dist'));
    const mended = await run(folder, ['--base', 'base.json']);

    expect(broken.code).toBe(1);
    expect(broken.stdout.replaceAll(/\s+/g, ' ')).toContain(
      'moment is new (+4 kB), imported by web/Report.tsx',
    );
    expect(mended).toMatchObject({ code: 0, stderr: '' });
    expect(mended.stdout).not.toContain('moment');
  });

  it('writes a report and a snapshot that hold to their schemas, causes that sum', async () => {
    const folder = await project([{ ...HOME, max: '4 kB' }]);
    await run(folder, ['measure', '--save', 'base.json']);
    await writeFiles(folder, tracedBuild('dist', MOMENT));
    const args = ['--base', 'base.json', '--report', 'json', '--save', 'head.json'];
    const report = JSON.parse((await run(folder, args)).stdout);
    const snapshot = JSON.parse(await readFile(join(folder, 'head.json'), 'utf8'));
    const compared = await run(folder, ['compare', 'base.json', 'head.json', '--report', 'json']);

    await expectValid('report.schema.json', report);
    await expectValid('snapshot.schema.json', snapshot);
    expect(snapshot.pages).toMatchObject([{ path: 'dist/index.html', kind: 'file' }]);
    expect(snapshot.packages).toMatchObject([{ name: 'moment', importer: 'web/Report.tsx' }]);
    const own = report.causes.filter(({ budget }: { budget: unknown }) => budget === 'Home');
    const sum = own.reduce((all: number, { bytes }: { bytes: number }) => all + bytes, 0);
    expect(sum).toBe(4_000);
    const { causes, verdict } = JSON.parse(compared.stdout);
    expect({ causes, code: compared.code }).toEqual({ causes: report.causes, code: 1 });
    expect(verdict.findings).toEqual(report.verdict.findings);
  });

  it('allows a package not at all, and passes where it is not there', async () => {
    const budgets = [{ package: 'moment', max: 0, message: 'Use dayjs' }];
    const broken = await run(await project(budgets, MOMENT), []);

    expect((await run(await project(budgets), [])).code).toBe(0);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('Use dayjs');
  });

  it('passes where no package is there twice', async () => {
    const budgets = [{ duplicates: true, max: 0 }];
    const once = await run(await project(budgets, MOMENT), []);

    expect(once.code).toBe(0);
  });

  it('says which page, package and lazy part it does not find', async () => {
    const page = await run(await project([{ page: 'dist/hom.html', max: 1 }]), []);
    const lazy = await run(await project([{ ...HOME, load: 'lazy', max: '1 kB' }]), []);

    expect(page.code).toBe(1);
    expect(page.stdout).toContain('no page matches dist/hom.html');
    expect(lazy.code).toBe(0);
  });

  it.each(['moment', 'dist/app.js', 'Home', 'web/Report.tsx'])('explains %s', async (name) => {
    const { code, stdout } = await run(await project([{ ...HOME, max: '9 kB' }], MOMENT), [
      'explain',
      name,
    ]);

    expect(code).toBe(0);
    expect(stdout).toContain('dist/app.js');
  });

  it('explains no name that it does not know', async () => {
    const ran = await run(await project([{ ...HOME, max: '9 kB' }], MOMENT), ['explain', 'momen']);

    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('moment');
  });

  it('compares with a record of a version that knew neither pages nor modules', async () => {
    const budgets = [
      { ...HOME, max: '9 kB', maxIncrease: '1 kB' },
      { name: 'Moment', package: 'moment', max: '9 kB', maxIncrease: '1 kB' },
    ];
    const folder = await project(budgets, MOMENT);
    await run(folder, ['measure', '--save', 'base.json']);
    const {
      pages: _,
      packages: __,
      ...old
    } = JSON.parse(await readFile(join(folder, 'base.json'), 'utf8'));
    for (const asset of old.assets) {
      delete asset.modules;
      delete asset.load;
    }
    await writeFiles(folder, {
      'old.json': old,
      ...tracedBuild('dist', { ...MOMENT, own: 1_100 }),
    });
    const { code, stdout } = await run(folder, ['--base', 'old.json', '--report', 'json']);

    expect(code).toBe(0);
    const { status, findings } = JSON.parse(stdout).verdict;
    expect(status).toBe('inconclusive');
    const relative = findings.filter(({ rule }: { rule: string }) => rule === 'max-increase');
    expect(relative).toMatchObject([
      { budget: 'Home', status: 'inconclusive', reason: 'no-baseline' },
      { budget: 'Moment', status: 'inconclusive', reason: 'no-baseline' },
    ]);
  });

  it('tells the causes of several projects apart, in one run and in merged ones', async () => {
    const budgets = { encodings: ['raw'], budgets: [{ ...HOME, max: '9 kB' }] };
    const files = (own: TracedBuild) => ({
      ...tracedBuild('a/dist', own),
      ...tracedBuild('b/dist', { own: 900 }),
    });
    const folder = await temporaryFolder({
      ...files({}),
      'a/budgets.json': { project: 'a', ...budgets },
      'b/budgets.json': { project: 'b', ...budgets },
    });
    const configs = ['--config', 'a/budgets.json', '--config', 'b/budgets.json'];
    await run(folder, [...configs, '--base', 'none', '--save', 'base.json']);
    await writeFiles(folder, files(MOMENT));
    const args = [...configs, '--base', 'base.json', '--report', 'json', '--save', 'head.json'];
    const whole = await run(folder, args);
    expect(whole.stderr).toBe('');
    const report = JSON.parse(whole.stdout);
    const compared = await run(folder, ['compare', 'base.json', 'head.json', '--report', 'json']);

    await expectValid('report.schema.json', report);
    const named = report.causes.filter((one: { package: unknown }) => one.package === 'moment');
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named.map((one: { project: string }) => one.project))).toEqual(new Set(['a']));
    expect(JSON.parse(compared.stdout).causes).toEqual(report.causes);
  });
});
