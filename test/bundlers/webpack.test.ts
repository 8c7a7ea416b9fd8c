import { describe, expect, it } from 'vitest';
import { factsOf, plain, WEBPACK } from '../support/metadata.ts';

const ASSETS = WEBPACK.assets.map(({ name }) => `dist/${name}`);

describe("webpack's stats.json", () => {
  it('names chunks after themselves, or after the module that was imported to get them', async () => {
    const { origins } = await factsOf({ 'stats.json': WEBPACK }, ASSETS);
    expect(plain(origins)).toEqual({
      'dist/assets/main.b3477c8b.js': '~main',
      'dist/assets/main.89693d2d.css': '~main#css',
      // Stats without the module know the request only.
      'dist/assets/26.12880225.js': 'src/pages/settings',
      'dist/assets/571.e9c9e1dc.js': 'src/pages/report.jsx',
      'dist/assets/268.7c5f8ed3.js':
        'src/pages/report.jsx (split chunk (cache group: defaultVendors))',
      'dist/assets/swan.51bf4f12.png': 'src/assets/swan.png',
    });
  });

  it('gives the hashes as they were written, and rspack as lists', async () => {
    const rspack = {
      ...WEBPACK,
      assets: [{ name: 'a-f00dfeed.js', info: { contenthash: ['f00dfeed', ''] } }],
    };
    const ours = await factsOf({ 'stats.json': WEBPACK }, ASSETS);
    expect(plain(ours.hashes)).toMatchObject({ 'dist/assets/26.12880225.js': ['12880225'] });
    const theirs = await factsOf({ 'dist/stats.json': rspack }, ['dist/a-f00dfeed.js']);
    expect(plain(theirs.hashes)).toEqual({ 'dist/a-f00dfeed.js': ['f00dfeed'] });
  });

  it('gives importers, own ones first, through concatenated modules', async () => {
    const { importers } = await factsOf({ 'stats.json': WEBPACK }, ASSETS);
    expect(plain(importers)).toEqual({
      'src/app.jsx': ['src/main.jsx'],
      'src/pages/report.jsx': ['src/app.jsx'],
      'node_modules/react/index.js': ['src/app.jsx', 'node_modules/react-dom/index.js'],
    });
  });

  it('says what entrypoints and dynamic imports pull in', async () => {
    const { entries, dynamicEntries } = await factsOf({ 'stats.json': WEBPACK }, ASSETS);
    expect(entries).toEqual([
      {
        path: 'main',
        kind: 'route',
        initial: ['dist/assets/main.89693d2d.css', 'dist/assets/main.b3477c8b.js'],
        lazy: [
          'dist/assets/26.12880225.js',
          'dist/assets/268.7c5f8ed3.js',
          'dist/assets/571.e9c9e1dc.js',
        ],
        unresolved: [],
      },
    ]);
    expect(dynamicEntries).toMatchObject([
      { path: 'src/pages/settings', initial: ['dist/assets/26.12880225.js'] },
      {
        path: 'src/pages/report.jsx',
        initial: ['dist/assets/268.7c5f8ed3.js', 'dist/assets/571.e9c9e1dc.js'],
      },
    ]);
  });

  it('reads each compilation of several', async () => {
    const several = { children: [WEBPACK, { ...WEBPACK, assets: [], entrypoints: {} }] };
    const { origins } = await factsOf({ 'webpack-stats.json': several }, ASSETS);
    expect(plain(origins)).toMatchObject({ 'dist/assets/main.b3477c8b.js': '~main' });
  });

  it('takes assets of webpack 4, and stats without modules, for what they are', async () => {
    const { modules: _, ...stats } = WEBPACK;
    const old = { ...stats, entrypoints: { main: { assets: ['assets/main.b3477c8b.js'] } } };
    const { entries, importers } = await factsOf({ 'stats.json': old }, ASSETS);
    expect(entries).toMatchObject([{ path: 'main', initial: ['dist/assets/main.b3477c8b.js'] }]);
    expect(plain(importers)).toEqual({});
  });
});

describe('where the files of stats stand', () => {
  const app = { outputPath: '/app/client', assets: [{ name: 'app.js' }], chunks: [] };
  const stats = {
    ...app,
    chunks: [{ id: 1, names: ['app'], files: ['app.js'] }],
  };

  it('in the folder that they name, rather than in another with a file of that name', async () => {
    const { origins } = await factsOf({ 'stats.json': stats }, ['server/app.js', 'client/app.js']);
    expect(plain(origins)).toEqual({ 'client/app.js': '~app' });
  });

  it('nowhere, where none of them was measured', async () => {
    expect(plain((await factsOf({ 'stats.json': stats }, ['client/b.js'])).origins)).toEqual({});
  });
});
