import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { measure } from '../../src/measure.ts';
import { MOST_UNRESOLVED } from '../../src/model/page.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { measureFiles, quietHost } from '../support/measured.ts';
import { type Files, temporaryFolder } from '../support/temporary.ts';

const HOME = { budgets: [{ page: 'dist/index.html', max: '1 MB' }] };

async function pageOf(files: Files, budgets: unknown = HOME) {
  const snapshot: Snapshot = await measureFiles(budgets, files);
  const page = snapshot.pages?.find(({ path }) => path === 'dist/index.html');
  if (page === undefined) throw new Error('the page was not found');
  const names = (paths: readonly string[]) =>
    paths.map((path) => path.replace(/^dist\//, '')).toSorted();
  const [initial, lazy] = [names(page.initial), names(page.lazy)];
  return { initial: initial.filter((name) => name !== 'index.html'), lazy, page };
}

/** A page of one line of HTML beside files that are empty or have the text that is given. */
function beside(html: string, files: readonly string[] | Files): Files {
  const given = Array.isArray(files)
    ? Object.fromEntries(files.map((name) => [name, 'x']))
    : (files as Files);
  const inDist = Object.entries(given).map(([name, text]) => [`dist/${name}`, text]);
  return { 'dist/index.html': html, ...Object.fromEntries(inDist) };
}

describe('what a page loads at once', () => {
  it('is its HTML, what it names, and what that imports statically', async () => {
    const files = {
      'app.css': '@import "base.css"; body { background: url("img/a.png") }',
      'base.css': '@font-face { src: url(f.woff2) format("woff2"), url(f.woff) }',
      'f.woff2': 'x',
      'f.woff': 'x',
      'img/a.png': 'x',
      'app.js': 'import "./vendor.js"; import(`./lazy.js`)',
      'vendor.js': 'export const a = 1',
      'lazy.js': 'export * from "./deep.js"',
      'deep.js': 'export {}',
    };
    const html = '<link rel=stylesheet href=/app.css><script type=module src="./app.js"></script>';
    const { initial, lazy, page } = await pageOf(beside(html, files));
    expect(page.initial).toContain('dist/index.html');
    expect(initial).toEqual(['app.css', 'app.js', 'base.css', 'f.woff2', 'img/a.png', 'vendor.js']);
    expect(lazy).toEqual(['deep.js', 'lazy.js']);
    expect(page.unresolved).toEqual([]);
  });

  it.each([
    ['a classic script', '<script src=a.js></script>'],
    ['async', '<script async src=a.js></script>'],
    ['defer', '<script defer src=a.js></script>'],
    ['a module', '<SCRIPT TYPE="module" SRC="a.js"></SCRIPT>'],
    ['modulepreload', '<link rel="modulepreload" href=a.js>'],
    ['preload as script', '<link rel=preload as=script href=a.js>'],
    ['preload as fetch', '<link rel=preload as=fetch crossorigin href=a.js>'],
    ['an inline module', '<script type=module>import "./a.js"</script>'],
    ['an entity in the address', '<script src="a&#46;js"></script>'],
    ['query and fragment', '<script src="a.js?v=1#x"></script>'],
    ['a style sheet', '<link rel="Stylesheet" href=a.js>'],
    ['an image', '<img src=a.js>'],
    ['a srcset', '<img srcset="a.js 1x, b.js 2x" src=c.js>'],
    ['a picture', '<picture><source srcset="a.js 1x"><source srcset=b.js><img src=c.js></picture>'],
    ['a poster', '<video poster=a.js src=b.js></video>'],
    ['a film that plays by itself', '<video autoplay src=a.js></video>'],
    ['an inline style', '<style>@import url(a.js);</style>'],
    ['a style attribute', '<p style="background: url(\'a.js\')">'],
    ['a svg image', '<svg><use href="a.js#icon"/></svg>'],
    ['no closing tag', '<div><p><script src=a.js>'],
  ])('%s', async (_, html) => {
    const { initial } = await pageOf(beside(html, ['a.js', 'b.js', 'c.js']));
    expect(initial).toEqual(['a.js']);
  });

  it.each([
    ['nomodule', '<script nomodule src=a.js></script>'],
    ['an alternate style sheet', '<link rel="alternate stylesheet" href=a.js>'],
    ['a disabled style sheet', '<link rel=stylesheet disabled href=a.js>'],
    ['inside noscript', '<noscript><link rel=stylesheet href=a.js></noscript>'],
    ['inside a template', '<template><script src=a.js></script></template>'],
    ['inside a comment', '<!-- <script src=a.js></script> -->'],
    ['data, not a script', '<script type="application/json">{"a":"import \'./a.js\'"}</script>'],
    ['another host', '<script src="https://example.org/other.js"></script>'],
    ['an icon', '<link rel=icon href=a.js>'],
  ])('is not %s', async (_, html) => {
    const { initial, lazy, page } = await pageOf(beside(html, ['a.js']));
    expect([initial, lazy, page.unresolved]).toEqual([[], [], []]);
  });

  it.each([
    ['a print style', '<link rel=stylesheet media=print href=a.js>'],
    ['prefetch', '<link rel=prefetch href=a.js>'],
    ['a lazy image', '<img loading=lazy src=a.js>'],
    ['a film', '<video src=a.js></video>'],
  ])('but later: %s', async (_, html) => {
    const { initial, lazy } = await pageOf(beside(html, ['a.js']));
    expect([initial, lazy]).toEqual([[], ['a.js']]);
  });

  it('is not another page of the build', async () => {
    const html = '<a href=b.html>b</a><iframe src=b.html></iframe><link rel=prefetch href=b.html>';
    const { initial, lazy, page } = await pageOf(beside(html, { 'b.html': '<script src=b.js>' }));
    expect([initial, lazy, page.unresolved]).toEqual([[], [], []]);
  });
});

describe('what a page loads later', () => {
  it('is what a runtime of webpack finds by the hashes of its chunks', async () => {
    const files = {
      'main.3f2a91c0.js': 'r.u=e=>e+"."+{179:"a81bc5d0",426:"9e0f7d2c"}[e]+".chunk.js"',
      '179.a81bc5d0.chunk.js': 'x',
      '426.9e0f7d2c.chunk.js': 'x',
      '500.77aa12bb.chunk.js': 'x',
    };
    const { lazy } = await pageOf(beside('<script src=main.3f2a91c0.js></script>', files));
    expect(lazy).toEqual(['179.a81bc5d0.chunk.js', '426.9e0f7d2c.chunk.js']);
  });

  it('is what Vite lists for its preloads, styles too', async () => {
    const entry =
      'const m=["assets/orders-CkEUwAw3.js","assets/orders-DzUrBi7C.css"];import("./orders-CkEUwAw3.js")';
    const files = {
      'assets/index-gokrC-B2.js': entry,
      'assets/orders-CkEUwAw3.js': 'export{}',
      'assets/orders-DzUrBi7C.css': 'a{}',
    };
    const html = '<script type=module src=/assets/index-gokrC-B2.js></script>';
    const { lazy } = await pageOf(beside(html, files));
    expect(lazy).toEqual(['assets/orders-CkEUwAw3.js', 'assets/orders-DzUrBi7C.css']);
  });

  it('is what an import map names, and what its names lead to', async () => {
    const html = `<script type=importmap>{"imports":{"a1":"./a.js","b2":"./b.js"}}</script>
      <script type=module src=app.js></script>`;
    const files = { 'app.js': 'import "a1"', 'a.js': 'export{}', 'b.js': 'export{}' };
    const { initial, lazy, page } = await pageOf(beside(html, files));
    expect([initial, lazy, page.unresolved]).toEqual([['a.js', 'app.js'], ['b.js'], []]);
  });

  it('is what the scopes of an import map lead to, by where the importing script is', async () => {
    const map = {
      imports: { dep: './dep-2.js' },
      scopes: {
        '/old/': { dep: './dep-1.js', 'kit/': './kit-1/' },
        './old/deep/': { dep: './dep-0.js' },
        '/old/one.js': { only: './only.js' },
        '/none/': { dep: './dep-9.js' },
      },
    };
    const html = `<script type=importmap>${JSON.stringify(map)}</script>
      <script type=module src=app.js></script>`;
    const imported = (app: string) => ({
      'app.js': app,
      'old/a.js': 'import "dep"; import "kit/x.js"',
      'old/deep/b.js': 'import "dep"; import "kit/x.js"',
      'old/one.js': 'import "only"',
      ...Object.fromEntries(
        ['dep-0.js', 'dep-1.js', 'dep-2.js', 'dep-9.js', 'kit-1/x.js', 'only.js'].map((name) => [
          name,
          'export{}',
        ]),
      ),
    });
    const initialOf = async (app: string) =>
      (await pageOf(beside(html, imported(app)))).initial.filter((name) =>
        /dep|kit|only/.test(name),
      );

    expect(await initialOf('import "dep"')).toEqual(['dep-2.js']);
    expect(await initialOf('import "./old/a.js"')).toEqual(['dep-1.js', 'kit-1/x.js']);
    expect(await initialOf('import "./old/deep/b.js"')).toEqual(['dep-0.js', 'kit-1/x.js']);
    expect(await initialOf('import "./old/one.js"')).toEqual(['only.js']);
    const { page } = await pageOf(beside(html, imported('import "only"')));
    expect(page.broken).toEqual(['only']);
    expect(page.lazy).toContain('dist/dep-9.js');
  });

  it('is a worker by its name', async () => {
    const files = { 'app.js': 'new Worker("worker.js")', 'worker.js': 'x', 'other.js': 'x' };
    expect((await pageOf(beside('<script src=app.js></script>', files))).lazy).toEqual([
      'worker.js',
    ]);
  });

  it('is the file in the folder that is named, where two have one name', async () => {
    const files = { 'app.js': 'load("b/chunk.js")', 'a/chunk.js': 'x', 'b/chunk.js': 'x' };
    expect((await pageOf(beside('<script src=app.js></script>', files))).lazy).toEqual([
      'b/chunk.js',
    ]);
  });

  it('is never what is loaded at once as well', async () => {
    const files = { 'app.js': 'import "./a.js"; import("./a.js")', 'a.js': 'import "./app.js"' };
    const { initial, lazy } = await pageOf(beside('<script type=module src=app.js>', files));
    expect([initial, lazy]).toEqual([['a.js', 'app.js'], []]);
  });
});

describe('addresses', () => {
  it.each([
    ['a public path', '<script src=/shop/app/assets/a.js></script>'],
    ['a host of a CDN', '<script src="https://cdn.example.org/v12/assets/a.js"></script>'],
    ['a host without a scheme', '<script src="//cdn.example.org/assets/a.js"></script>'],
    ['a base', '<base href="/shop/"><script src="assets/a.js"></script>'],
    ['a base on another host', '<base href="https://x.org/y/"><script src="assets/a.js"></script>'],
    ['an encoded name', '<script src="/assets/%61.js"></script>'],
  ])('%s before the path in the build', async (_, html) => {
    const { initial } = await pageOf(beside(html, ['assets/a.js', 'a/a.js']));
    expect(initial).toEqual(['assets/a.js']);
  });

  it('of a page in a folder lead from the root, and from the folder', async () => {
    const budgets = { budgets: [{ page: 'dist/blog/a.html', max: '1 MB' }] };
    const { pages } = await measureFiles(budgets, {
      'dist/blog/a.html': '<script src=/app.js></script><script src=./own.js></script>',
      'dist/app.js': 'x',
      'dist/blog/own.js': 'x',
    });
    expect(pages?.[0]?.initial).toEqual(['dist/blog/a.html', 'dist/app.js', 'dist/blog/own.js']);
  });

  it('that lead nowhere are listed, and said', async () => {
    const html = '<script src=/env.js></script><img src="gone.png"><script type=module src=a.js>';
    const { page } = await pageOf(beside(html, { 'a.js': 'import "react"; import "./b.js"' }));
    expect(page.unresolved).toEqual(['/env.js', 'gone.png', 'react', './b.js']);
  });

  it('of scripts and styles of the first load that lead nowhere are told from others', async () => {
    const html =
      '<script type=module src=/a.js?v=1></script><link rel=stylesheet href=b.css><img src=c.png>' +
      "<script type=module>import 'react'; import('lodash');</script>";
    const { page } = await pageOf(beside(html, ['x.js']));
    expect(page.unresolved).toEqual(['/a.js?v=1', 'b.css', 'c.png', 'react', 'lodash']);
    expect(page.broken).toEqual(['/a.js?v=1', 'b.css', 'react']);
  });

  it('of many are cut, and one more of those that break it says so', async () => {
    const scripts = (count: number) =>
      Array.from({ length: count }, (_, index) => `<script src=/env/${index}.js></script>`).join(
        '',
      );
    const counts = async (count: number) => {
      const { page } = await pageOf(beside(scripts(count), []));
      return [page.unresolved.length, page.broken?.length];
    };
    expect(await counts(MOST_UNRESOLVED)).toEqual([MOST_UNRESOLVED, MOST_UNRESOLVED]);
    expect(await counts(MOST_UNRESOLVED + 30)).toEqual([MOST_UNRESOLVED, MOST_UNRESOLVED + 1]);
  });

  it('of all scripts that lead nowhere are no page that is not there', async () => {
    const budgets = { budgets: [{ page: 'dist/index.html', types: ['script'], max: '1 kB' }] };
    const { page } = await pageOf(beside('<script src=/a.js></script>', []), budgets);
    expect(page.broken).toEqual(['/a.js']);
  });

  it('that lead elsewhere on purpose are not', async () => {
    const html = `<script src="https://example.org/a.js"></script><img src="data:image/png;base64,AA">
      <img src="blob:x"><link rel=prefetch href="/about"><p style="fill: url(#g)">`;
    expect((await pageOf(beside(html, []))).page.unresolved).toEqual([]);
  });
});

describe('what is weighed', () => {
  const files = beside(
    '<link rel=stylesheet href=a.css><script src=a.js></script><img src=a.png>',
    {
      'a.css': 'a{}',
      'a.js': 'import("./b.js")',
      'b.js': 'x',
      'a.png': 'x',
      'c.js': 'x',
    },
  );
  const paths = async (budget: object, others: object = {}) =>
    (
      await measureFiles(
        { budgets: [{ page: 'dist/index.html', max: 1, ...budget }], ...others },
        files,
      )
    ).assets.map(({ path }) => path.slice(5));

  it('is what budgets on pages count, and nothing else', async () => {
    expect(await paths({})).toEqual(['a.css', 'a.js', 'a.png', 'index.html']);
    expect(await paths({ types: ['script', 'stylesheet'] })).toEqual(['a.css', 'a.js']);
    expect(await paths({ types: ['script'], load: 'lazy' })).toEqual(['b.js']);
    expect(await paths({ types: ['script'], load: 'all' })).toEqual(['a.js', 'b.js']);
  });

  it('is weighed once, in all encodings that are asked for', async () => {
    const budgets = [
      { page: 'dist/index.html', types: ['script'], encoding: 'brotli', max: '1 MB' },
      { name: 'b', files: 'dist/a.js', encoding: 'gzip', max: '1 MB' },
    ];
    const { assets, tracked } = await measureFiles(
      { budgets, track: 'none', encodings: [] },
      files,
    );
    expect(assets).toHaveLength(1);
    expect(assets[0]).toMatchObject({ gzip: expect.any(Number), brotli: expect.any(Number) });
    expect(tracked.encodings).toEqual(['brotli', 'gzip']);
  });

  it('has its class, also where no budget speaks of pages', async () => {
    const snapshot = await measureFiles({ budgets: [{ files: 'dist/*.js', max: '1 MB' }] }, files);
    expect(snapshot.assets.map(({ path, load }) => [path, load])).toEqual([
      ['dist/a.js', 'initial'],
      ['dist/b.js', 'lazy'],
      ['dist/c.js', undefined],
    ]);
    expect(snapshot.pages).toHaveLength(1);
  });

  it('has none from the page that a bundler starts with', async () => {
    const snapshot = await measureFiles(
      { budgets: [{ files: 'app/dist/*.js', max: '1 MB' }] },
      {
        'app/package.json': { name: 'app' },
        'app/index.html': '<script type=module src=/src/a.js></script>',
        'app/src/a.js': 'x',
        'app/dist/a.js': 'x',
      },
    );
    expect(snapshot.pages).toBeUndefined();
    expect(snapshot.assets[0]?.load).toBeUndefined();
  });
});

describe('a class that a budget asks for', () => {
  const budgets = { budgets: [{ files: '**/dist/*.js', load: 'initial', max: '1 kB' }] };
  const loaded = ({ assets }: Snapshot) => assets.filter(({ load }) => load === 'initial').length;

  it('is known in all folders, however many they are', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => index);
    const files = numbers.flatMap((index) => [
      [`packages/p${index}/dist/a.js`, `${index}`],
      [`packages/p${index}/dist/index.html`, '<script src=a.js></script>'],
      [`packages/p${index}/package.json`, `{"name":"p${index}"}`],
    ]);
    const snapshot = await measureFiles(budgets, Object.fromEntries(files));
    expect(loaded(snapshot)).toBe(60);
    expect(snapshot.hasMorePages).toBeUndefined();
  });

  it('is known of all pages, however many they are', async () => {
    const numbers = Array.from({ length: 130 }, (_, index) => index);
    const files = numbers.flatMap((index) => [
      [`dist/a${index}.js`, `${index}`],
      [`dist/p${index}.html`, `<script src=a${index}.js></script>`],
    ]);
    const snapshot = await measureFiles(budgets, Object.fromEntries(files));
    expect(loaded(snapshot)).toBe(130);
    expect(snapshot.hasMorePages).toBeUndefined();
  });

  it('is known where there is no page at all', async () => {
    const snapshot = await measureFiles(budgets, { 'dist/a.js': '1' });
    expect(snapshot.hasMorePages).toBeUndefined();
  });

  const measuredIn = async (folders: number) => {
    const paths = Array.from({ length: folders }, (_, index) => `${index}.js`);
    const classed = { files: '*/a.js', load: 'initial', max: '1 kB', optional: true };
    const folder = await temporaryFolder({
      ...Object.fromEntries(paths.map((path) => [`${path}/a.js`, path])),
      'budgets.json': {
        encodings: ['raw'],
        budgets: [{ name: 'All', files: '*/a.js', max: 1 }, classed],
      },
    });
    const host = quietHost();
    return measure(await loadConfig(null, folder, host), host, null);
  };

  it('is known in as many folders as are looked into', async () => {
    const { snapshot, notes } = await measuredIn(2_000);
    expect(snapshot.hasMorePages).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('is not known where more folders hold files than are looked into', async () => {
    const { snapshot, notes } = await measuredIn(2_001);
    expect(snapshot.hasMorePages).toBe(true);
    expect(notes).toEqual([
      expect.stringMatching(/^2000 of \d+ folders were looked into for pages/),
    ]);
  });
});

describe('what a user should know', () => {
  const notesOf = async (files: Files, budgets: unknown = HOME) => {
    const folder = await temporaryFolder({ ...files, 'budgets.json': budgets });
    const host = quietHost();
    return (await measure(await loadConfig(null, folder, host), host, null)).notes;
  };

  it('references that lead nowhere, the first of them by name', async () => {
    const html = ['a', 'b', 'c', 'd'].map((name) => `<script src=/${name}.js></script>`).join('');
    expect(await notesOf(beside(html, []))).toEqual([
      'dist/index.html refers to 4 files that are not in the build, and counted nowhere: /a.js, /b.js, /c.js and 1 more. What only the server has can be named in `ignore` of the budget.',
    ]);
  });

  it('pictures that lead nowhere, which keep no limit from holding', async () => {
    expect(await notesOf(beside('<img src=/a.png>', []))).toEqual([
      'dist/index.html refers to a file that is not in the build, and counted nowhere: /a.png.',
    ]);
  });

  it('references that a budget leaves out, and those that it does not', async () => {
    const html = ['config', 'flags', 'a']
      .map((name) => `<script src=/${name}.js></script>`)
      .join('');
    const one = { page: 'dist/index.html', max: '1 MB', ignore: ['/config.js', '/fl*.js'] };
    expect(await notesOf(beside(html, ['a.js']), { budgets: [one] })).toEqual([
      'dist/index.html: 2 references left out, as `ignore` says: /config.js, /flags.js.',
    ]);
    const two = { ...one, name: 'Two', ignore: ['/config.js'] };
    expect(await notesOf(beside(html, ['a.js']), { budgets: [one, two] })).toEqual([
      'dist/index.html refers to a file that is not in the build, and counted nowhere: /flags.js. What only the server has can be named in `ignore` of the budget.',
      'dist/index.html: 2 references left out, as `ignore` says: /config.js, /flags.js.',
    ]);
  });

  it('patterns that leave out nothing: what is in the build counts', async () => {
    const ignore = ['/confg.js', '/a.js', '/config.js'];
    const html = '<script src=/a.js></script><script src=/config.js?v=1></script>';
    const budgets = { budgets: [{ page: 'dist/index.html', max: '1 MB', ignore }] };
    const idle = (name: string) =>
      `dist/index.html: \`ignore\` names ${name}, which leaves out nothing: no reference of that name leads out of the build.`;
    expect(await notesOf(beside(html, ['a.js']), budgets)).toEqual([
      'dist/index.html: 1 reference left out, as `ignore` says: /config.js?v=1.',
      idle('/confg.js'),
      idle('/a.js'),
    ]);
  });

  it('style sheets that nothing names: esbuild and rollup write them beside lazy chunks', async () => {
    const files = { 'app.js': 'import("./b.js")', 'b.js': 'x', 'b.css': 'x' };
    const html = '<script type=module src=app.js></script>';
    expect(await notesOf(beside(html, files))).toEqual([
      'No page and no script names this style sheet, so no page counts any of it: dist/b.css.',
    ]);
  });

  it('nothing, where no budget speaks of pages', async () => {
    const html = '<script src=/a.js></script><script src=/gone.js></script>';
    const budgets = { budgets: [{ files: 'dist/*.js', max: '1 kB' }] };
    expect(await notesOf(beside(html, ['a.js', 'b.css']), budgets)).toEqual([]);
  });
});
