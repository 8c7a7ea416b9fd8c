import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config/load.ts';
import { measure } from '../src/measure.ts';
import { measureFiles, measureFolder, quietHost } from './support/measured.ts';
import { git, temporaryFolder } from './support/temporary.ts';

describe('when nothing matches anything', () => {
  it.each([
    [{ budgets: [{ files: 'dist/**/*.js', max: '1 kB' }] }],
    [{ budgets: [{ files: 'dist/assets/index-[hash].js', max: '1 kB' }] }],
    [{ budgets: [{ files: './dist/app.js', max: '1 kB' }] }],
    [{ budgets: [{ files: ['!dist/b.js', 'dist/*.js'], max: '1 kB' }] }],
    [{ track: 'dist/**', budgets: [] }],
    [{ budgets: [{ files: 'dist/{a,b}.js', max: '1 kB', severity: 'warn' }] }],
  ])('says that the folder is missing, and to build first: %j', async (budgets) => {
    await expect(measureFiles(budgets, { 'src/a.js': 'x' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('dist/ does not exist; build first'),
    });
  });

  it('names the patterns where the folder is there', async () => {
    const budgets = { budgets: [{ files: 'dist/*.js', max: '1 kB' }] };
    await expect(measureFiles(budgets, { 'dist/a.css': 'x' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('dist/*.js'),
    });
  });

  it.each([
    [{ page: 'dist/indx.html' }, 'dist/index.html'],
    [{ import: '*', from: 'tiny-fmd' }, 'tiny-fmt'],
    [{ import: '*', from: 'tiny-fmt/daet' }, 'tiny-fmt/date'],
    [{ import: '*', from: './dist/tiny.js' }, './dist/tinny.js'],
  ])('suggests what nearly has the name: %j', async (subject, meant) => {
    const files = {
      'package.json': {
        name: 'tiny-fmt',
        exports: { '.': './dist/tinny.js', './date': './dist/tinny.js', './*': './dist/*.js' },
      },
      'dist/index.html': '<p>',
      'dist/tinny.js': 'export const a = 1;',
    };
    const budgets = { budgets: [{ ...subject, max: '1 kB' }] };
    await expect(measureFiles(budgets, files)).rejects.toMatchObject({
      code: 'nothing-matches',
      hint: expect.stringContaining(`Did you mean "${meant}"? Build first, or mend`),
    });
  });

  it.each([
    [
      'my-lib',
      { exports: { '.': { types: './dist/a.d.ts', import: './dist/a.js' } } },
      'dist/a.js',
    ],
    ['my-lib', { exports: './dist/a.js' }, 'dist/a.js'],
    ['my-lib', { exports: { import: './dist/a.js' } }, 'dist/a.js'],
    ['my-lib', { main: 'dist/a.js' }, 'dist/a.js'],
    ['my-lib', { module: './dist/a.mjs' }, 'dist/a.mjs'],
    ['my-lib/b', { exports: { '.': './dist/a.js', './b': './dist/b.js' } }, 'dist/b.js'],
    ['./b', { exports: { '.': './dist/a.js', './b': './dist/b.js' } }, 'dist/b.js'],
  ])('says which file %s of a library is to be built: %j', async (from, facts, file) => {
    const files = { 'package.json': { name: 'my-lib', ...facts }, 'dist/a.d.ts': '' };
    const budgets = { budgets: [{ import: '*', from, max: '1 kB' }] };
    await expect(measureFiles(budgets, files)).rejects.toMatchObject({
      code: 'nothing-matches',
      message: `package.json leads ${from} to ${file}, which does not exist; build first.`,
      hint: expect.not.stringContaining('Did you mean'),
    });
  });

  it('suggests nothing where nothing is near', async () => {
    const budgets = { budgets: [{ page: 'dist/checkout.html', max: '1 kB' }] };
    await expect(measureFiles(budgets, { 'dist/a.html': '' })).rejects.toMatchObject({
      hint: expect.stringMatching(/^Build first/),
    });
  });

  it('names the missing folder of a package', async () => {
    const budgets = { budgets: [{ files: 'packages/app/dist/*.js', max: '1 kB' }] };
    await expect(measureFiles(budgets, { 'packages/app/src/a.js': 'x' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('packages/app/dist/ does not exist; build first'),
    });
  });

  it('shows brackets as they were written', async () => {
    const budgets = { budgets: [{ files: 'dist/[id].js', max: '1 kB' }] };
    await expect(measureFiles(budgets, { 'dist/a.css': 'x' })).rejects.toThrow(/dist\/\[id\]\.js/);
  });

  it('is fine where every budget is optional', async () => {
    const budgets = { budgets: [{ files: 'dist/*.js', max: '1 kB', optional: true }] };
    expect((await measureFiles(budgets, {})).assets).toEqual([]);
  });

  it('is not said when something else was found', async () => {
    const budgets = {
      budgets: [
        { files: 'dist/*.js', max: '1 kB' },
        { custom: 'm.json', metric: 'start', max: '1 s' },
      ],
    };
    const files = { 'm.json': [{ metric: 'start', value: 1, unit: 's' }] };
    expect((await measureFiles(budgets, files)).measurements).toHaveLength(1);
  });
});

describe('a snapshot', () => {
  const budgets = { budgets: [{ files: 'dist/*.js', max: '1 kB' }] };

  it('knows the commit, and the project by its folder', async () => {
    const folder = await temporaryFolder({
      'packages/app/dist/a.js': 'x',
      'packages/app/budgets.json': budgets,
    });
    await git(folder, 'init');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '-m', 'first');
    const commit = await git(folder, 'rev-parse', 'HEAD');
    const snapshot = await measureFolder(`${folder}/packages/app`);
    expect(snapshot).toMatchObject({ commit, project: 'packages/app' });
  });

  it('has no commit outside of git, and the name that the file gives', async () => {
    const named = { project: 'shop', ...budgets };
    const snapshot = await measureFiles(named, { 'dist/a.js': 'x' });
    expect(snapshot).toMatchObject({ commit: null, project: 'shop' });
    expect((await measureFiles(budgets, { 'dist/a.js': 'x' })).project).toBe('.');
  });

  it("finds files relative to the budgets file's folder", async () => {
    const folder = await temporaryFolder({ 'app/dist/a.js': 'x', 'app/b.json': budgets });
    const host = quietHost();
    const config = await loadConfig('app/b.json', folder, host);
    const { snapshot } = await measure(config, host, null);
    expect(snapshot.assets.map(({ path }) => path)).toEqual(['dist/a.js']);
  });

  it('has the names that a manifest of Vite gives', async () => {
    const manifest = { 'src/main.ts': { file: 'assets/index-BxYz12_4.js', src: 'src/main.ts' } };
    const snapshot = await measureFiles(
      { budgets: [{ files: 'dist/assets/*.js', max: '1 kB' }] },
      { 'dist/.vite/manifest.json': manifest, 'dist/assets/index-BxYz12_4.js': 'x' },
    );
    expect(snapshot.assets).toMatchObject([
      { subject: 'dist/assets/index-[hash].js', origin: 'src/main.ts' },
    ]);
  });

  it('knows hashes that webpack tells, in names and in contents, whatever they look like', async () => {
    const built = (hash: string) => ({
      'dist/app.js': `import('./lazy.${hash}.js')`,
      [`dist/lazy.${hash}.js`]: 'export {}',
      'stats.json': {
        chunks: [],
        assets: [{ name: 'app.js' }, { name: `lazy.${hash}.js`, info: { contenthash: hash } }],
      },
    });
    const config = { budgets: [{ files: 'dist/*.js', max: '1 kB' }] };
    const base = await measureFiles(config, built('12345'));
    const head = await measureFiles(config, built('fee1d'));
    const contents = ({ assets }: typeof base) =>
      assets.map(({ subject, content }) => [subject, content]);
    expect(contents(head)).toEqual(contents(base));
    expect(head.assets.map(({ subject }) => subject)).toEqual([
      'dist/app.js',
      'dist/lazy.[hash].js',
    ]);
  });
});
