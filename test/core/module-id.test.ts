import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId } from '../../src/core/module-id.ts';
import { packageOf } from '../../src/core/package-of.ts';

const place = { root: '/home/ana/shop', folder: '/home/ana/shop/dist/assets' };

describe('a canonical id', () => {
  it.each([
    ['Rollup, Vite, rolldown', '../../src/app.tsx', 'src/app.tsx'],
    ['Vite, a query', '../../src/App.vue?vue&type=script&setup=true&lang.ts', 'src/App.vue'],
    ['Rollup, of a package', '../../node_modules/react/index.js', 'node_modules/react/index.js'],
    [
      'Rollup, CommonJS',
      '\0/home/ana/shop/node_modules/react/index.js?commonjs-module',
      'node_modules/react/index.js',
    ],
    [
      'Rollup, CommonJS, relative',
      '../../\0/home/ana/shop/node_modules/react/index.js?commonjs-es-import',
      'node_modules/react/index.js',
    ],
    ['Rollup, a plugin`s', '../../\0virtual:icons/home', 'virtual:icons/home'],
    ['Rollup, a plugin`s without a scheme', '\0icons/home', 'icons/home'],
    ['Vite, a plugin`s', 'virtual:uno.css', 'virtual:uno.css'],
    ['webpack', 'webpack://shop/./src/app.tsx', 'src/app.tsx'],
    ['webpack, without ./', 'webpack://shop/src/app.tsx', 'src/app.tsx'],
    ['webpack, a scoped name', 'webpack://@ana/shop/./src/app.tsx', 'src/app.tsx'],
    ['webpack, no name', 'webpack:///./src/app.tsx', 'src/app.tsx'],
    ['webpack, no name nor ./', 'webpack:///src/app.tsx', 'src/app.tsx'],
    ['webpack, twice', 'webpack://shop/./src/app.tsx?4c1a', 'src/app.tsx'],
    [
      'webpack, hoisted',
      'webpack://shop/../../node_modules/react/index.js',
      '../../node_modules/react/index.js',
    ],
    ['Next, a layer', 'webpack://_N_E/(app-pages-browser)/./src/app/page.tsx', 'src/app/page.tsx'],
    ['Next, a route group', 'webpack://_N_E/./app/(shop)/page.tsx', 'app/(shop)/page.tsx'],
    ['Next, its own', 'webpack://_N_E/../../src/client/link.tsx', '../../src/client/link.tsx'],
    ['Turbopack', 'turbopack:///[project]/src/app/[id]/page.tsx', 'src/app/[id]/page.tsx'],
    ['Turbopack, an ident', '[project]/src/a.ts [app-client] (ecmascript)', 'src/a.ts'],
    ['Parcel', '../../src/index.js', 'src/index.js'],
    ['esbuild, Windows', 'C:\\shop\\src\\app.ts', 'shop/src/app.ts'],
    ['Angular', 'angular:script/global:styles.js', 'angular:script/global:styles.js'],
    ['a file URL', 'file:///home/ana/shop/src/a%20b.ts', 'src/a b.ts'],
    ['an absolute path', '/home/ana/shop/src/app.ts', 'src/app.ts'],
    ['beside the root', '/home/ana/ui/src/button.ts', '../ui/src/button.ts'],
    ['elsewhere', '/app/src/app.ts', 'app/src/app.ts'],
    ['elsewhere, a package', '/app/node_modules/a/b.js', 'node_modules/a/b.js'],
    [
      'Yarn PnP',
      '../../.yarn/cache/lodash-npm-4.17.21-6382451519-8.zip/node_modules/lodash/lodash.js',
      '.yarn/cache/lodash-npm-4.17.21-6382451519-8.zip/node_modules/lodash/lodash.js',
    ],
    [
      'Yarn PnP, a virtual copy',
      '/home/ana/shop/.yarn/__virtual__/react-dom-virtual-8f1a/0/cache/react-dom-npm-18.2.0-dd675bca1c-8.zip/node_modules/react-dom/index.js',
      '.yarn/__virtual__/react-dom-virtual-8f1a/cache/react-dom-npm-18.2.0-dd675bca1c-8.zip/node_modules/react-dom/index.js',
    ],
    [
      'Yarn PnP, the cache of a home folder',
      '/home/ana/.yarn/berry/cache/ms-npm-2.1.3-81ff3cfac1-10.zip/node_modules/ms/index.js',
      '.yarn/berry/cache/ms-npm-2.1.3-81ff3cfac1-10.zip/node_modules/ms/index.js',
    ],
    [
      'Yarn PnP, a virtual copy in a home folder',
      '/home/ana/shop/.yarn/__virtual__/a-virtual-1/3/ana/.yarn/berry/cache/a-npm-1.0.0-81ff3cfac1-10.zip/node_modules/a/i.js',
      '.yarn/__virtual__/a-virtual-1/berry/cache/a-npm-1.0.0-81ff3cfac1-10.zip/node_modules/a/i.js',
    ],
    [
      'Yarn PnP, a workspace',
      '/home/ana/shop/.yarn/__virtual__/ui-virtual-1/1/packages/ui/src/a.ts',
      'packages/ui/src/a.ts',
    ],
  ])('%s: %s', (_, source, id) => {
    expect(canonicalId(source, place)).toBe(id);
  });

  it.each([
    ['webpack stats', './src/app.tsx + 44 modules', 'src/app.tsx'],
    [
      'webpack stats, loaders',
      './node_modules/babel-loader/lib/index.js??ruleSet[1]!./src/app.tsx',
      'src/app.tsx',
    ],
    [
      'webpack stats, styles',
      'css ./node_modules/css-loader/dist/cjs.js!./src/app.css|0|||}',
      'src/app.css',
    ],
    [
      'webpack stats, an identifier',
      'javascript/esm|/home/ana/shop/src/app.tsx|6a1f',
      'src/app.tsx',
    ],
    ['esbuild`s metafile', 'src/app.ts', 'src/app.ts'],
    ['esbuild`s metafile, a namespace', 'svg:src/a.svg', 'svg:src/a.svg'],
  ])('%s, of a folder that the bundler ran in: %s', (_, source, id) => {
    expect(canonicalId(source, { ...place, folder: place.root })).toBe(id);
  });

  it.each([
    'webpack/runtime/chunk loaded',
    'webpack://shop/webpack/bootstrap',
    'webpack://shop/(webpack)/buildin/global.js',
    'external "react"',
    'webpack://shop/external commonjs "react"',
    'ignored|/home/ana/shop/node_modules/a|fs',
    '\0vite/preload-helper.js',
    '../../vite/preload-helper.js',
    '../../\0vite/modulepreload-polyfill.js',
    '\0commonjsHelpers.js',
    '../../\0rolldown/runtime.js',
    'rolldown:runtime',
    'turbopack:///[turbopack]/browser/runtime/base/runtime-base.ts',
    '<runtime>',
    '<stdin>',
    '',
    'data:text/javascript,1',
    'src/a\nb.ts',
    `src/${'a'.repeat(1_000_000)}.ts`,
    '../../node_modules/@parcel/runtime-js/lib/runtime-4c1a.js',
  ])('is not given to what is a bundler`s own: %s', (source) => {
    expect(canonicalId(source, place)).toBeNull();
  });

  it('is the same wherever the project is built', () => {
    const there = { root: '/tmp/base/x', folder: '/tmp/base/x/dist/assets' };
    for (const source of ['../../src/a.ts', '../../../ui/a.ts', 'webpack://a/./b.ts']) {
      expect(canonicalId(source, there)).toBe(canonicalId(source, place));
    }
    expect(canonicalId('/tmp/base/x/a.ts', there)).toBe(canonicalId('/home/ana/shop/a.ts', place));
  });

  it('does not care for the case of a drive, nor for the kind of slashes', () => {
    const windows = { root: 'C:\\repo', folder: 'C:\\repo\\dist' };
    expect(canonicalId('c:/repo/src/a.ts', windows)).toBe('src/a.ts');
    expect(canonicalId('..\\src\\a.ts', windows)).toBe('src/a.ts');
    expect(canonicalId('file:///C:/repo/src/a.ts', windows)).toBe('src/a.ts');
  });

  it('stays as it is when it is taken for one again', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\w-]+$/), { minLength: 1 }), (parts) => {
        const path = parts.join('/');
        expect(canonicalId(path, { ...place, folder: place.root })).toBe(path);
      }),
    );
  });

  it('never fails, whatever is thrown at it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (source) => {
        const id = canonicalId(source, place);
        expect(id === null || id.length > 0).toBe(true);
      }),
    );
  });
});

describe('the package of a module', () => {
  it.each([
    ['node_modules/react/index.js', 'react', 'node_modules/react', null],
    [
      '../../node_modules/@mui/material/a.js',
      '@mui/material',
      '../../node_modules/@mui/material',
      null,
    ],
    ['node_modules/a/node_modules/b/i.js', 'b', 'node_modules/a/node_modules/b', null],
    ['packages/ui/node_modules/b/i.js', 'b', 'packages/ui/node_modules/b', null],
    [
      'node_modules/.pnpm/react-dom@18.2.0_react@18.2.0/node_modules/react-dom/index.js',
      'react-dom',
      'node_modules/.pnpm/react-dom@18.2.0_react@18.2.0/node_modules/react-dom',
      '18.2.0',
    ],
    [
      'node_modules/.pnpm/@babel+runtime@7.20.0-beta.1/node_modules/@babel/runtime/a.js',
      '@babel/runtime',
      'node_modules/.pnpm/@babel+runtime@7.20.0-beta.1/node_modules/@babel/runtime',
      '7.20.0-beta.1',
    ],
    [
      'node_modules/.pnpm/ui@file+packages+ui/node_modules/ui/a.js',
      'ui',
      'node_modules/.pnpm/ui@file+packages+ui/node_modules/ui',
      null,
    ],
    [
      'node_modules/.bun/ms@2.1.3/node_modules/ms/index.js',
      'ms',
      'node_modules/.bun/ms@2.1.3/node_modules/ms',
      '2.1.3',
    ],
    [
      '.yarn/cache/@mui-material-npm-5.15.0-6382451519-8.zip/node_modules/@mui/material/a.js',
      '@mui/material',
      '.yarn/cache/@mui-material-npm-5.15.0-6382451519-8.zip/node_modules/@mui/material',
      '5.15.0',
    ],
    [
      '.yarn/unplugged/esbuild-npm-0.17.0-a81ff3cfac/node_modules/esbuild/a.js',
      'esbuild',
      '.yarn/unplugged/esbuild-npm-0.17.0-a81ff3cfac/node_modules/esbuild',
      '0.17.0',
    ],
    [
      '.yarn/__virtual__/react-dom-virtual-8f1a/cache/react-dom-npm-18.2.0-dd675bca1c-8.zip/node_modules/react-dom/index.js',
      'react-dom',
      '.yarn/__virtual__/react-dom-virtual-8f1a/cache/react-dom-npm-18.2.0-dd675bca1c-8.zip/node_modules/react-dom',
      '18.2.0',
    ],
    [
      '../.local/share/pnpm/store/v10/links/@a/b/1.2.3/6382451519/node_modules/@a/b/i.js',
      '@a/b',
      '../.local/share/pnpm/store/v10/links/@a/b/1.2.3/6382451519/node_modules/@a/b',
      '1.2.3',
    ],
  ])('%s', (id, name, instance, version) => {
    expect(packageOf(id)).toEqual({ name, instance, version });
  });

  it.each(['src/app.ts', 'src/my_node_modules/a.js', 'virtual:uno.css', 'node_modules/'])(
    'is none for an own module: %s',
    (id) => {
      expect(packageOf(id)).toBeNull();
    },
  );
});
