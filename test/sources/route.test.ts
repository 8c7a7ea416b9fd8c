import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../support/build.ts';
import { assetAt, measureFiles, measureFolder } from '../support/measured.ts';
import { type Files, temporaryFolder } from '../support/temporary.ts';

const map = (...sources: readonly string[]) => ({ version: 3, sources, names: [], mappings: '' });

/** A single-page application as Rollup writes it, with source maps and no metadata. */
const BUILD: Files = {
  'dist/index.html': '<script type=module src=app.js></script>',
  'dist/app.js': 'import "./vendor.js"; import("./orders.js"); import("./search.js")',
  'dist/app.js.map': map('../src/main.tsx', '../src/pages/home.tsx'),
  'dist/vendor.js': 'export {}',
  'dist/orders.js': 'import "./vendor.js"; import "./dates.js"\n//# sourceMappingURL=maps/o.map',
  'dist/maps/o.map': map('../../src/pages/orders.tsx', '../../node_modules/a/pages/x.tsx'),
  'dist/dates.js': 'export {}',
  'dist/dates.js.map': map('../src/pages/dates.tsx'),
  'dist/search.js': 'export {}',
  'dist/search.js.map': map('webpack://shop/./src/pages/search.tsx'),
};

const measured = (budget: object, files = BUILD) =>
  measureFiles({ budgets: [{ route: 'src/pages/*.tsx', max: '1 MB', ...budget }] }, files);

describe('a route by the source map of its chunk', () => {
  it('is what its visit fetches beside the first load', async () => {
    const { pages, assets } = await measured({});
    expect(pages?.filter(({ kind }) => kind === 'route')).toEqual([
      {
        path: 'src/pages/orders.tsx',
        kind: 'route',
        initial: ['dist/index.html', 'dist/app.js', 'dist/vendor.js'],
        lazy: ['dist/orders.js', 'dist/dates.js'],
        unresolved: [],
      },
      expect.objectContaining({ path: 'src/pages/search.tsx', lazy: ['dist/search.js'] }),
    ]);
    expect(assets.map(({ path }) => path)).toEqual([
      'dist/dates.js',
      'dist/orders.js',
      'dist/search.js',
    ]);
  });

  it('is weighed whole with `load: all`', async () => {
    const { assets } = await measured({ route: 'src/pages/search.tsx', load: 'all' });
    expect(assets.map(({ path }) => path)).toEqual([
      'dist/app.js',
      'dist/index.html',
      'dist/search.js',
      'dist/vendor.js',
    ]);
    expect(assetAt({ assets } as never, 'dist/search.js').load).toBe('lazy');
  });

  it.each([
    ['a path from the root of a site', '/dist/search.js.map'],
    ['an address of the web', 'https://cdn.example/search.js.map'],
    ['a query', 'search.js.map?v=1'],
    ['a folder', 'maps'],
    ['a device', '/dev/zero'],
    ['a device by the way up', `${'../'.repeat(12)}dev/zero`],
    ['a NUL', 'a%00.map'],
  ])('finds the map beside a script that names %s', async (_, url) => {
    const files = { ...BUILD, 'dist/search.js': `export {}\n//# sourceMappingURL=${url}` };
    const { pages } = await measured({ route: 'src/pages/search.tsx' }, files);
    expect(pages).toContainEqual(expect.objectContaining({ path: 'src/pages/search.tsx' }));
  });

  it.each([
    ['in base 64', (text: string) => `data:application/json;base64,${btoa(text)}`],
    ['percent-encoded', (text: string) => `data:application/json,${encodeURIComponent(text)}`],
  ])('reads a map that stands in the script: %s', async (_, inline) => {
    const url = inline(JSON.stringify(map('../src/pages/inline.tsx')));
    const files = { ...BUILD, 'dist/search.js': `export {}\n//# sourceMappingURL=${url}` };
    const { pages } = await measured({ route: 'src/pages/inline.tsx' }, files);
    expect(pages).toContainEqual(
      expect.objectContaining({ path: 'src/pages/inline.tsx', lazy: ['dist/search.js'] }),
    );
  });

  it('reads no pipe that is named as a map, and waits for none', async () => {
    const budgets = { budgets: [{ route: 'src/pages/search.tsx', max: '1 MB' }] };
    const code = 'export {}\n//# sourceMappingURL=pipe.map';
    const folder = await temporaryFolder({
      ...BUILD,
      'budgets.json': budgets,
      'dist/search.js': code,
    });
    execFileSync('mkfifo', [`${folder}/dist/pipe.map`]);
    const { pages } = await measureFolder(folder);
    expect(pages).toContainEqual(expect.objectContaining({ path: 'src/pages/search.tsx' }));
  });

  it('survives maps that are none', async () => {
    const broken = { ...BUILD, 'dist/maps/o.map': '{"version":3', 'dist/search.js.map': '[]' };
    await expect(measured({}, broken)).rejects.toMatchObject({ code: 'nothing-matches' });
  });
});

it('a route that nothing names is no match, and says what would name it', async () => {
  const budgets = [
    { route: 'src/screens/*.tsx', max: '1 MB' },
    { files: 'dist/app.js', max: '1 MB' },
  ];
  const head = await measureFiles({ budgets }, BUILD);
  expect(verdictOf(head, null).findings[0]).toMatchObject({
    status: 'fail',
    reason: 'no-match',
    detail:
      "no route matches src/screens/*.tsx; source maps or the bundler's metadata name the lazy ones",
  });
});

describe('a route by the metadata of the bundler', () => {
  const manifest = {
    'index.html': {
      file: 'app.js',
      src: 'index.html',
      isEntry: true,
      dynamicImports: ['src/pages/orders.tsx'],
      css: ['app.css'],
    },
    'src/pages/orders.tsx': {
      file: 'orders.js',
      src: 'src/pages/orders.tsx',
      isDynamicEntry: true,
      imports: ['index.html'],
      css: ['orders.css'],
    },
  };
  const files: Files = {
    'dist/.vite/manifest.json': manifest,
    'dist/index.html': '<link rel=stylesheet href=app.css><script type=module src=app.js></script>',
    'dist/app.js': 'import("./orders.js")',
    'dist/app.css': 'a{}',
    'dist/orders.js': 'import "./app.js"',
    'dist/orders.js.map': map('../src/pages/other.tsx'),
    'dist/orders.css': 'b{}',
  };

  it('brings its style sheets, and needs no source map', async () => {
    const { pages, assets } = await measured({}, files);
    expect(pages?.filter(({ kind }) => kind === 'route')).toMatchObject([
      { path: 'src/pages/orders.tsx', lazy: ['dist/orders.css', 'dist/orders.js'] },
    ]);
    expect(assets.map(({ path, load }) => [path, load])).toEqual([
      ['dist/orders.css', 'lazy'],
      ['dist/orders.js', 'lazy'],
    ]);
  });

  it('gives the page the style sheet that no file names', async () => {
    const budgets = { budgets: [{ page: 'dist/index.html', load: 'lazy', max: '1 MB' }] };
    const { assets } = await measureFiles(budgets, files);
    expect(assets.map(({ path }) => path)).toEqual(['dist/orders.css', 'dist/orders.js']);
  });

  it('is an entrypoint, where the build has no HTML', async () => {
    const { 'dist/index.html': _, ...others } = files;
    const budgets = { budgets: [{ page: 'index.html', max: '1 MB' }] };
    const route = { budgets: [{ route: 'src/pages/*.tsx', load: 'all', max: '1 MB' }] };
    await expect(measureFiles(budgets, others)).rejects.toMatchObject({ code: 'nothing-matches' });
    expect((await measureFiles(route, others)).assets.map(({ path }) => path)).toEqual([
      'dist/app.css',
      'dist/app.js',
      'dist/orders.css',
      'dist/orders.js',
    ]);
  });
});

it('a route of Next.js is a page by its path', async () => {
  const budgets = { budgets: [{ page: '/checkout', max: '1 MB' }] };
  const { pages, assets } = await measureFiles(budgets, {
    '.next/build-manifest.json': {
      lowPriorityFiles: [],
      rootMainFiles: [],
      pages: { '/_app': ['static/app.js'], '/checkout': ['static/c.js', 'static/app.js'] },
    },
    '.next/static/app.js': 'x',
    '.next/static/c.js': 'x',
  });
  expect(pages).toMatchObject([{ path: '/checkout', kind: 'route' }]);
  expect(assets.map(({ path }) => path)).toEqual(['.next/static/app.js', '.next/static/c.js']);
});
