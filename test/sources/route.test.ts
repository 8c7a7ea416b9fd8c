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

describe('the style sheets of a route without metadata', () => {
  const NAMED = '["assets/shared-b.js","assets/orders-a.js","assets/orders-c.css"]';
  const vite = (main: string, others: Files = {}): Files => ({
    'dist/index.html': '<script type=module src=/assets/main.js></script>',
    'dist/assets/main.js': main,
    'dist/assets/orders-a.js': 'import "./shared-b.js"',
    'dist/assets/orders-a.js.map': map('../../src/pages/orders.tsx'),
    'dist/assets/orders-c.css': 'b{}',
    'dist/assets/search-d.js': 'export {}',
    'dist/assets/search-d.js.map': map('../../src/pages/search.tsx'),
    'dist/assets/shared-b.js': 'export {}',
    ...others,
  });
  const deps = (names: string) =>
    `const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=${names})))=>i.map(i=>d[i]);`;
  const SEARCH = 'p(()=>import("./search-d.js"),[])';
  const routesIn = (files: Files, budget: object = {}) =>
    measured({ each: true, max: '1 kB', ...budget }, files);

  it.each([
    ['by index', `${deps(NAMED)}p(()=>import("./orders-a.js"),__vite__mapDeps([1,0,2]));${SEARCH}`],
    [
      'by index, with a name taken out of it',
      `${deps(NAMED)}p(async()=>{let{a}=await import(\`./orders-a.js\`);return{a}},__vite__mapDeps([1,0,2]));${SEARCH}`,
    ],
    [
      'without the scripts',
      `${deps('["assets/orders-c.css"]')}p(()=>import("./orders-a.js").then(a=>a.b),__vite__mapDeps([0]));${SEARCH}`,
    ],
    [
      'as Vite 5.0 does',
      `function __vite__mapDeps(i){if(!__vite__mapDeps.viteFileDeps){__vite__mapDeps.viteFileDeps = ${NAMED}}return i}p(()=>import("./orders-a.js"),__vite__mapDeps([1,0,2]),import.meta.url);${SEARCH}`,
    ],
    [
      'as Vite 4 does',
      `p(()=>import("./orders-a.js"),["./orders-a.js","./orders-c.css"],import.meta.url);${SEARCH}`,
    ],
  ])('are those that scripts of Vite fetch with it: %s', async (_, main) => {
    const head = await routesIn(vite(main));
    expect(head.pages?.filter(({ kind }) => kind === 'route')).toEqual([
      {
        path: 'src/pages/orders.tsx',
        kind: 'route',
        initial: ['dist/index.html', 'dist/assets/main.js'],
        lazy: ['dist/assets/orders-a.js', 'dist/assets/shared-b.js', 'dist/assets/orders-c.css'],
        unresolved: [],
      },
      expect.objectContaining({
        path: 'src/pages/search.tsx',
        lazy: ['dist/assets/search-d.js'],
      }),
    ]);
    expect(verdictOf(head, null).status).toBe('pass');
  });

  it('of no script of Vite are of no route, where a script names them', async () => {
    const main = `${deps(NAMED)}p(()=>import("./orders-a.js"),__vite__mapDeps([1,0,2]));${SEARCH}`;
    const head = await routesIn(vite(main, { 'dist/themes/dark.css': 'a{}' }));
    expect(verdictOf(head, null).status).toBe('pass');
  });

  const UNTOLD = 'import("./orders-a.js");import("./search-d.js");';
  it.each([
    ['that a script names', `${UNTOLD}load("assets/orders-c.css")`],
    ['that nothing names', UNTOLD],
    [
      'by names that are computed',
      `${deps('[x("orders-c.css")]')}p(()=>import("./orders-a.js"),__vite__mapDeps([0]));${SEARCH}`,
    ],
  ])('leave it open what it weighs: %s', async (_, main) => {
    const files = vite(main);
    expect(verdictOf(await routesIn(files), null).findings).toMatchObject([
      {
        status: 'inconclusive',
        subject: 'src/pages/orders.tsx',
        detail:
          "source maps do not tell whether dist/assets/orders-c.css belongs to src/pages/orders.tsx, so it is not counted; the bundler's metadata does (Vite: `build.manifest: true`, webpack: stats.json)",
      },
      { status: 'inconclusive', subject: 'src/pages/search.tsx' },
    ]);
    for (const spared of [{ types: ['script'] }, { load: 'initial' }]) {
      expect(verdictOf(await routesIn(files, spared), null).status).toBe('pass');
    }
    expect(verdictOf(await routesIn(files, { max: '1 B' }), null).status).toBe('fail');
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
