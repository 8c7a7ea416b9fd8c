import { describe, expect, it } from 'vitest';
import { layoutsOf, routeOf } from '../../src/bundlers/next-routes.ts';
import { factsOf } from '../support/metadata.ts';

const APP = {
  pages: {
    '/layout': ['static/chunks/main-1.js', 'static/chunks/app/layout-2.js'],
    '/(shop)/layout': ['static/chunks/app/shop-3.js', 'static/css/shop.css'],
    '/(shop)/cart/page': ['static/chunks/main-1.js', 'static/chunks/app/cart-4.js'],
    '/page': ['static/chunks/main-1.js'],
    '/api/hello/route': ['static/chunks/main-1.js'],
  },
};
const NAMES = ['main-1.js', 'app/layout-2.js', 'app/shop-3.js', 'app/cart-4.js', 'app/lazy-5.js'];
const STATIC = [...NAMES.map((name) => `static/chunks/${name}`), 'static/css/shop.css'];
const inNext = (folder: string) => STATIC.map((path) => folder + path);

describe('the app router of Next.js', () => {
  it('pulls in what its layouts and its page do', async () => {
    const { routes } = await factsOf({ '.next/app-build-manifest.json': APP }, inNext('.next/'));
    expect(routes).toEqual([
      {
        path: '/cart',
        kind: 'route',
        initial: [
          '.next/static/chunks/app/cart-4.js',
          '.next/static/chunks/app/layout-2.js',
          '.next/static/chunks/app/shop-3.js',
          '.next/static/chunks/main-1.js',
          '.next/static/css/shop.css',
        ],
        lazy: [],
        unresolved: [],
      },
      {
        path: '/',
        kind: 'route',
        initial: ['.next/static/chunks/app/layout-2.js', '.next/static/chunks/main-1.js'],
        lazy: [],
        unresolved: [],
      },
    ]);
  });

  it('is known in an exported folder too', async () => {
    const files = { '.next/app-build-manifest.json': APP };
    const { routes } = await factsOf(files, inNext('out/_next/'));
    expect(routes?.[1]?.initial).toContain('out/_next/static/chunks/main-1.js');
  });

  it('of Turbopack is told by two files, of scripts and of stylesheets', async () => {
    const stats = [
      { route: '/cart', firstLoadChunkPaths: ['.next/static/chunks/main-1.js'] },
      { route: '/', firstLoadChunkPaths: [] },
    ];
    const client = {
      clientModules: {},
      entryCSSFiles: { '[project]/app/page': [{ path: 'static/css/shop.css', inlined: false }] },
    };
    const files = {
      '.next/diagnostics/route-bundle-stats.json': stats,
      '.next/server/app/(shop)/cart/page_client-reference-manifest.js': `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/cart/page"] = ${JSON.stringify(client)};\n`,
    };
    const { routes } = await factsOf(files, inNext('.next/'));
    // Nothing is known of a route none of whose files was measured.
    expect(routes).toEqual([
      {
        path: '/cart',
        kind: 'route',
        initial: ['.next/static/chunks/main-1.js', '.next/static/css/shop.css'],
        lazy: [],
        unresolved: [],
      },
    ]);
  });

  it('imports dynamically what react-loadable says', async () => {
    const loadable = {
      'src/app.jsx -> ./pages/report': { id: 1, files: ['static/chunks/app/lazy-5.js'] },
      'src/app.jsx -> next/gone': { id: 2, files: ['static/chunks/gone.js'] },
    };
    const files = { '.next/react-loadable-manifest.json': loadable };
    const { dynamicEntries } = await factsOf(files, inNext('.next/'));
    expect(dynamicEntries).toMatchObject([
      { path: 'src/pages/report', initial: ['.next/static/chunks/app/lazy-5.js'] },
    ]);
  });
});

it('the pages router of Next.js pulls in what every page does, and its own', async () => {
  const build = {
    polyfillFiles: ['static/chunks/polyfills.js'],
    lowPriorityFiles: [],
    rootMainFiles: [],
    pages: { '/_app': ['static/chunks/main-1.js'], '/cart': ['static/chunks/app/cart-4.js'] },
  };
  const { routes } = await factsOf({ '.next/build-manifest.json': build }, inNext('.next/'));
  expect(routes).toMatchObject([
    {
      path: '/cart',
      initial: ['.next/static/chunks/app/cart-4.js', '.next/static/chunks/main-1.js'],
    },
  ]);
});

describe('what Next.js copies into a build', () => {
  const build = (file: string) => ({
    polyfillFiles: [file],
    lowPriorityFiles: [],
    pages: { '/_app': [] },
  });

  it('is a module of its own package', async () => {
    const files = { '.next/build-manifest.json': build('static/chunks/main-1.js') };
    const { wholes } = await factsOf(files, inNext('.next/'));
    expect(Object.fromEntries(wholes ?? [])).toEqual({
      '.next/static/chunks/main-1.js':
        'node_modules/next/dist/build/polyfills/polyfill-nomodule.js',
    });
  });

  it('is nothing that was not measured', async () => {
    const files = { '.next/build-manifest.json': build('static/chunks/gone.js') };
    const { wholes } = await factsOf(files, inNext('.next/'));
    expect(wholes?.size).toBe(0);
  });
});

describe('addresses of the app router', () => {
  it.each([
    ['/page', '/'],
    ['/(store)/shop/@main/[id]/page', '/shop/[id]'],
    ['/feed/(.)photo/page', '/feed/(.)photo'],
    ['/_not-found/page', '/_not-found'],
    ['/layout', null],
    ['/api/route', null],
    [undefined, null],
  ])('%s is %s', (entry, route) => {
    expect(routeOf(entry)).toBe(route);
  });

  it('stand in the layouts of their folders', () => {
    expect(layoutsOf('/shop/page')).toEqual([
      '/layout',
      '/template',
      '/shop/layout',
      '/shop/template',
    ]);
  });
});
