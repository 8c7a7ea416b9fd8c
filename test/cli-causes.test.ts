import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { DOORS } from './support/doors.ts';
import { type Files, temporaryFolder, writeFiles } from './support/temporary.ts';
import { type TracedBuild, tracedBuild } from './support/traced-build.ts';

const HOME = { name: 'Home', page: 'dist/index.html' };
const HOLDS = { files: 'dist/*', max: '9 kB' };
const VITE = { devDependencies: { vite: '8.0.0' } };
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

  it('breaks by a package that is there twice, named, and passes where none is', async () => {
    const budgets = [{ duplicates: true, max: 0 }];
    const nested = { packages: { ...MOMENT.packages, 'calendar/node_modules/moment': 3_000 } };
    const once = await run(await project(budgets, MOMENT), []);
    const twice = await run(await project(budgets, nested), ['--report', 'json']);

    expect(once.code).toBe(0);
    expect(twice.code).toBe(1);
    expect(JSON.parse(twice.stdout).verdict.findings).toMatchObject([
      { metric: 'duplicates', actual: 1, allowed: 0, detail: expect.stringContaining('moment') },
    ]);
  });

  it('names the one option that would tell what is inside, where a budget asks for it', async () => {
    const { 'dist/app.js.map': _, ...closed } = tracedBuild('dist');
    const script = closed['dist/app.js']?.replace(/\n.*$/, '');
    const page = { ...closed, 'dist/app.js': script, 'dist/app.css': 'a{b:c}' };
    const ofVite = { ...page, 'package.json': VITE };
    const [package_, files] = await Promise.all([
      project([{ package: 'moment', max: 0 }, HOLDS]),
      project([HOLDS]),
    ]);
    for (const folder of [package_, files]) {
      await rm(join(folder, 'dist'), { recursive: true });
      await writeFiles(folder, ofVite);
    }
    const asked = await run(package_, []);
    await run(files, ['measure', '--save', 'base.json']);
    await writeFiles(files, { 'dist/app.css': 'a{b:c;d:e}' });
    const unasked = await run(files, ['--base', 'base.json']);

    expect(asked.code).toBe(1);
    expect(asked.stdout.replaceAll(/\s+/g, ' ')).toContain(
      "No source map says what is inside dist/app.js: set `build: { sourcemap: 'hidden' }` in vite.config.js",
    );
    expect(unasked.code).toBe(0);
    await writeFiles(package_, { 'dist/app.js.map': '{"version":3' });
    await writeFiles(package_, { 'dist/app.js': `${script}\n//# sourceMappingURL=app.js.map` });
    const damaged = await run(package_, []);

    // What is wrong with the map that there is says it all.
    expect(damaged.stdout.replaceAll(/\s+/g, ' ')).toContain('are missing or damaged');
    expect(damaged.stdout).not.toContain('No source map says');
    expect(unasked.stdout).toContain('dist/app.css');
    expect(unasked.stdout).not.toContain('source map');
  });

  it('says which page it does not find', async () => {
    const page = await run(await project([{ page: 'dist/hom.html', max: 1 }]), []);

    expect(page.code).toBe(1);
    expect(page.stdout).toContain('no page matches dist/hom.html');
  });

  it('weighs what a page loads later, to the byte, and nothing where it loads nothing', async () => {
    const findingsOf = async (max: number, late: Files) => {
      const folder = await project([{ ...HOME, load: 'lazy', max }]);
      await writeFiles(folder, late);
      const { code, stdout } = await run(folder, ['--report', 'json']);
      return { code, findings: JSON.parse(stdout).verdict.findings };
    };
    const late = { 'dist/app.js': "import('./late.js');", 'dist/late.js': 'x'.repeat(2_000) };

    expect(await findingsOf(2_000, late)).toMatchObject({ code: 0, findings: [{ actual: 2_000 }] });
    expect(await findingsOf(1_999, late)).toMatchObject({
      code: 1,
      findings: [{ status: 'fail', actual: 2_000, over: 1 }],
    });
    expect(await findingsOf(0, {})).toMatchObject({ code: 0, findings: [{ actual: 0 }] });
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
    const alone = ['a', 'b'].map((name) => `${name}.json`);
    for (const file of alone) {
      const config = file.replace('.json', '/budgets.json');
      await run(folder, ['measure', '--config', config, '--save', file]);
    }
    await run(folder, ['merge', ...alone, '--save', 'merged.json']);
    const merged = await run(folder, ['compare', 'base.json', 'merged.json', '--report', 'json']);

    await expectValid('report.schema.json', report);
    const named = report.causes.filter((one: { package: unknown }) => one.package === 'moment');
    expect(named.length).toBeGreaterThan(0);
    expect(new Set(named.map((one: { project: string }) => one.project))).toEqual(new Set(['a']));
    expect(JSON.parse(compared.stdout).causes).toEqual(report.causes);
    expect(JSON.parse(merged.stdout).causes).toEqual(report.causes);
  });
});
