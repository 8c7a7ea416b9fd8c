import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { noise } from './support/binary-files.ts';
import { DOORS, type Ran } from './support/doors.ts';
import { type Files, git, temporaryFolder } from './support/temporary.ts';

const WORKFLOW = '.github/workflows/budgets.yml';
const text = (length: number) => noise(length).toString('base64');

const BUILD = {
  'dist/index.html': '<script src="/assets/index-BxYz12_4.js"></script>',
  'dist/assets/index-BxYz12_4.js': text(9_000),
  'dist/assets/index-BxYz12_4.js.map': text(20_000),
  'dist/assets/index-CkY3_Zq9.css': text(700),
};

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly with?: Record<string, unknown>;
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, { readonly steps: readonly Step[] }>;
}

/** The real one, as it is installed for these tests. */
async function withEsbuild(files: Files): Promise<string> {
  const folder = await temporaryFolder(files);
  await mkdir(join(folder, 'node_modules'));
  await symlink(resolve('node_modules/esbuild'), join(folder, 'node_modules/esbuild'));
  return folder;
}

async function workflowIn(folder: string): Promise<Workflow> {
  return parse(await readFile(join(folder, WORKFLOW), 'utf8')) as Workflow;
}

async function stepsIn(folder: string): Promise<readonly Step[]> {
  return Object.values((await workflowIn(folder)).jobs).flatMap(({ steps }) => steps);
}

async function budgetsIn(folder: string) {
  return JSON.parse(await readFile(join(folder, 'budgets.json'), 'utf8'));
}

function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe.each(DOORS)('%s init', (_name, run) => {
  it('writes budgets that pass right away, and a workflow', async () => {
    const folder = await temporaryFolder(BUILD);
    const ran = await run(folder, ['init']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('budgets.json');
    expect(ran.stdout).toContain(WORKFLOW);
    const check = await run(folder, ['--report', 'json']);
    expect(check.code).toBe(0);
    const { verdict } = JSON.parse(check.stdout);
    const absolute = verdict.findings.filter(({ rule }: { rule: string }) => rule === 'max');
    expect(absolute.length).toBeGreaterThanOrEqual(2);
    for (const { status, actual, allowed } of absolute) {
      expect(status).toBe('pass');
      expect(allowed / actual).toBeGreaterThanOrEqual(1.045);
      expect(allowed / actual).toBeLessThan(1.07);
    }
    expect((await readdir(folder)).sort()).toEqual(['.github', 'budgets.json', 'dist']);
  });

  it('writes a file that is valid by the published schema', async () => {
    const folder = await temporaryFolder(BUILD);
    await run(folder, ['init']);
    const url = new URL('../dist/budgets.schema.json', import.meta.url);
    const {
      allowComments: _,
      allowTrailingCommas: __,
      ...schema
    } = JSON.parse(await readFile(url, 'utf8'));
    const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);
    validate(await budgetsIn(folder));
    expect(validate.errors ?? []).toEqual([]);
    expect((await budgetsIn(folder)).$schema).toBe(
      'https://unpkg.com/weighbridge@1/dist/budgets.schema.json',
    );
  });

  it('budgets what the page loads at once', async () => {
    const folder = await temporaryFolder(BUILD);
    await run(folder, ['init']);
    expect((await budgetsIn(folder)).budgets[0]).toMatchObject({
      name: 'Home, initial load',
      page: 'dist/index.html',
      types: ['script', 'stylesheet'],
    });
  });

  it('leaves out a page that loads nothing of the build', async () => {
    const folder = await temporaryFolder({ ...BUILD, 'dist/index.html': '<h1>Soon</h1>' });
    await run(folder, ['init']);
    const { budgets } = await budgetsIn(folder);
    expect(budgets.map(({ name }: { name: string }) => name)).toEqual(['All script', 'All styles']);
  });

  it('passes with its own snapshot as base, too', async () => {
    const folder = await temporaryFolder(BUILD);
    await run(folder, ['init']);
    await run(folder, ['measure', '--save', 'base.json']);
    expect((await run(folder, ['--base', 'base.json', '--strict'])).code).toBe(0);
  });

  it.each([
    ['of one tiny file', { 'dist/a.js': 'x' }],
    ['of an empty file', { 'dist/a.js': '' }],
    ['of styles only', { 'build/a.css': 'a{}' }],
    ['of modules', { 'out/a.mjs': 'export {}' }],
    ['of Next.js', { '.next/static/chunks/main-0123456789abcdef.js': text(900) }],
    ['with brackets in names', { 'dist/[id].js': text(50), 'dist/(shop)/[[...all]].js': text(40) }],
  ])('passes for a build %s', async (_case, files) => {
    const folder = await temporaryFolder(files);
    expect(await run(folder, ['init'])).toMatchObject({ code: 0, stderr: '' });
    expect((await run(folder, [])).code).toBe(0);
  });

  it('lets a small total change by a few lines, and has limits in whole bytes', async () => {
    const folder = await temporaryFolder({ 'dist/a.css': `a{color:#${'123'.repeat(2)}}` });
    await run(folder, ['init']);
    const [{ max, maxIncrease, ignoreBelow }] = (await budgetsIn(folder)).budgets;
    expect(max).toMatch(/^\d+ B$/);
    expect({ maxIncrease, ignoreBelow }).toEqual({ maxIncrease: '2%', ignoreBelow: '500 B' });
  });

  it('lets a large total change by its percent alone', async () => {
    const folder = await temporaryFolder({ 'dist/a.css': text(60_000) });
    await run(folder, ['init']);
    const [{ maxIncrease, ignoreBelow }] = (await budgetsIn(folder)).budgets;
    expect({ maxIncrease, ignoreBelow }).toEqual({ maxIncrease: '2%', ignoreBelow: undefined });
  });

  it('limits the growth of a page, and not that of sums, which grow by what is lazy', async () => {
    const folder = await temporaryFolder(BUILD);
    await run(folder, ['init']);
    const { budgets } = await budgetsIn(folder);
    const growth = budgets.map(({ maxIncrease }: { maxIncrease?: string }) => maxIncrease ?? null);
    expect(growth).toEqual(['2%', null, null]);
  });

  it('of a library has a budget on what importing it costs', async () => {
    const library = { name: 'my-lib', type: 'module', exports: './dist/index.js' };
    const files = {
      'package.json': library,
      'dist/index.js': `export const a = '${text(2_000)}';`,
    };
    const folder = await withEsbuild(files);
    expect(await run(folder, ['init'])).toMatchObject({ code: 0, stderr: '' });
    const { budgets } = await budgetsIn(folder);
    expect(budgets.at(-1)).toMatchObject({ name: 'All of my-lib', import: '*', from: 'my-lib' });
    expect(budgets.at(-1).max).toMatch(/^\d\.\d+ kB$/);
    expect((await run(folder, [])).code).toBe(0);
  });

  it('of a library for Node says so', async () => {
    const files = {
      'package.json': { name: '@my/tool', main: 'dist/index.js' },
      'dist/index.js': "export { join } from 'node:path';",
    };
    const folder = await withEsbuild(files);
    await run(folder, ['init']);
    const { budgets } = await budgetsIn(folder);
    expect(budgets.at(-1)).toMatchObject({ import: '*', from: '@my/tool', platform: 'node' });
  });

  it.each([
    ['a page is built', { name: 'a', main: 'dist/a.js' }, { 'dist/index.html': '' }],
    ['others import nothing', { name: 'a' }, {}],
    [
      'it cannot be bundled',
      { name: 'a', main: 'dist/a.js' },
      { 'dist/a.js': "import 'left-pad'" },
    ],
    ['package.json is broken', '{', {}],
  ])('has no such budget where %s', async (_case, manifest, more) => {
    const files = { 'package.json': manifest, 'dist/a.js': 'export const a = 1', ...more };
    const folder = await withEsbuild(files);
    expect(await run(folder, ['init'])).toMatchObject({ code: 0, stderr: '' });
    const { budgets } = await budgetsIn(folder);
    expect(budgets).toMatchObject([{ name: 'All script' }]);
  });

  it('writes a workflow that runs on pull requests, with no more than it needs', async () => {
    const folder = await temporaryFolder(BUILD);
    await run(folder, ['init']);
    const { on, permissions } = await workflowIn(folder);
    expect(Object.keys(on)).toEqual(expect.arrayContaining(['pull_request', 'push']));
    expect(permissions).toMatchObject({ contents: 'read', 'pull-requests': 'write' });
    const steps = await stepsIn(folder);
    expect(steps.some(({ uses }) => uses?.startsWith('actions/checkout@'))).toBe(true);
    expect(steps.some(({ uses }) => uses === 'weighbridge/weighbridge@v1')).toBe(true);
  });

  const SCRIPTS = { 'package.json': { scripts: { build: 'vite build' } } };
  const TODO = 'package.json has no script "build": fill in there how to build.';

  it.each([
    [
      'a lock file and a script',
      { ...SCRIPTS, 'package-lock.json': '{}' },
      'npm ci && npm run build',
    ],
    ['no lock file', SCRIPTS, 'npm install && npm run build'],
    ['no script', { 'package.json': { scripts: {} }, 'package-lock.json': '{}' }, 'npm ci'],
    ['no script that can be read', { 'package.json': '{"scripts"' }, 'npm install'],
    ['neither', {}, 'npm install'],
  ])('runs what is there, and says what is to be filled in: %s', async (_case, files, line) => {
    const folder = await temporaryFolder({ ...BUILD, ...files });
    const { stdout } = await run(folder, ['init']);
    const lines = (await stepsIn(folder)).flatMap((step) => step.run ?? []);
    expect(lines).toEqual([line]);
    const text = await readFile(join(folder, WORKFLOW), 'utf8');
    const isBuilt = line.endsWith('build');
    expect(stdout.includes(TODO)).toBe(!isBuilt);
    expect(text.includes('      # Fill in how to build')).toBe(!isBuilt);
    expect(text.includes('      # - run: npm run build\n')).toBe(!isBuilt);
  });

  it('in a second folder of a repository says what its workflow does not check', async () => {
    const packages = ['app', 'ap', 'web'].flatMap((name) =>
      Object.entries(BUILD).map(([path, data]) => [`packages/${name}/${path}`, data]),
    );
    const folder = await temporaryFolder(Object.fromEntries(packages));
    await git(folder, 'init');
    const initOf = (name: string) => run(folder, ['init', '--cwd', `packages/${name}`]);
    expect((await initOf('app')).stdout).not.toContain('does not check');
    for (const name of ['ap', 'web']) {
      expect((await initOf(name)).stdout).toContain(
        `It does not check packages/${name} yet: build that there too, and give the action \`config: packages/*/budgets.json\` in place of \`working-directory\`.`,
      );
    }
  });

  it('says nothing of the kind where the workflow checks all that are beside it', async () => {
    const entries = Object.entries(BUILD).map(([path, data]) => [`packages/app/${path}`, data]);
    const all = 'with:\n  config: packages/*/budgets.json\n';
    const folder = await temporaryFolder({ ...Object.fromEntries(entries), [WORKFLOW]: all });
    await git(folder, 'init');
    const { stdout } = await run(folder, ['init', '--cwd', 'packages/app']);
    expect(stdout).toContain(`Left ${WORKFLOW} as it is.\nNext`);
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['package-lock.json', 'npm ci'],
  ])('builds with what %s says', async (lock, words) => {
    const folder = await temporaryFolder({ ...BUILD, [lock]: '' });
    await run(folder, ['init']);
    expect((await stepsIn(folder)).some(({ run: line }) => line?.includes(words))).toBe(true);
  });

  it('in a folder of a repository puts the workflow at the root, and names the folder', async () => {
    const files = Object.entries(BUILD).map(([path, data]) => [`packages/app/${path}`, data]);
    const folder = await temporaryFolder(Object.fromEntries(files));
    await git(folder, 'init');
    expect((await run(folder, ['init', '--cwd', 'packages/app'])).code).toBe(0);
    const steps = await stepsIn(folder);
    const folders = steps.flatMap((step) => [
      step['working-directory'],
      step.with?.['working-directory'],
    ]);
    expect(new Set(folders.filter((one) => one !== undefined))).toEqual(new Set(['packages/app']));
    expect((await budgetsIn(join(folder, 'packages/app'))).budgets.length).toBeGreaterThan(0);
  });

  // macOS has /tmp and /var as symlinks: git names the real root.
  it('through a symlink to the repository finds the root all the same', async () => {
    const folder = await temporaryFolder(BUILD);
    await git(folder, 'init');
    const elsewhere = await temporaryFolder();
    await symlink(folder, join(elsewhere, 'link'));
    expect((await run(join(elsewhere, 'link'), ['init'])).code).toBe(0);
    expect(JSON.stringify(await workflowIn(folder))).not.toContain('..');
  });

  it.each([
    ['budgets.json', '{}'],
    ['budgets.jsonc', '{}'],
    ['weighbridge.config.mjs', ''],
    ['weighbridge.config.ts', ''],
    ['package.json', '{ "weighbridge": { "budgets": [] } }'],
  ])('never overwrites: %s', async (name, content) => {
    const folder = await temporaryFolder({ ...BUILD, [name]: content });
    expectRefusal(await run(folder, ['init']), name, 'never overwrites');
    expect(await readFile(join(folder, name), 'utf8')).toBe(content);
    expect((await readdir(folder)).sort()).toEqual(['dist', name].sort());
  });

  it('leaves a workflow that is there', async () => {
    const folder = await temporaryFolder({ ...BUILD, [WORKFLOW]: 'name: mine\n' });
    expect((await run(folder, ['init'])).code).toBe(0);
    expect(await readFile(join(folder, WORKFLOW), 'utf8')).toBe('name: mine\n');
  });

  it('refuses without a build, and writes nothing', async () => {
    const folder = await temporaryFolder({ 'src/a.js': 'x', 'dist/readme.txt': '' });
    expectRefusal(await run(folder, ['init']), 'build first');
    expect((await readdir(folder)).sort()).toEqual(['dist', 'src']);
  });

  it('refuses what it does not take', async () => {
    const folder = await temporaryFolder(BUILD);
    expectRefusal(await run(folder, ['init', 'dist']), 'dist');
    expectRefusal(await run(folder, ['init', '--force']), '--force');
  });
});
