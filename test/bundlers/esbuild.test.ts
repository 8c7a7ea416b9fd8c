import { describe, expect, it } from 'vitest';
import { ESBUILD, factsOf, plain } from '../support/metadata.ts';

const ASSETS = Object.keys(ESBUILD.outputs);

describe("esbuild's metafile", () => {
  it('names what has an entry point, its stylesheet, and what was copied', async () => {
    const { origins } = await factsOf({ 'meta.json': ESBUILD }, ASSETS);
    expect(plain(origins)).toEqual({
      'dist/main-V73D2LKT.js': 'src/main.jsx',
      'dist/main-XBA7YBRN.css': 'src/main.jsx#css',
      'dist/report-IPOKFMPG.js': 'src/pages/report.jsx',
      'dist/swan-KQTPUCG7.png': 'src/assets/swan.png',
    });
  });

  it('gives the minified bytes of modules, those of 0 bytes left out', async () => {
    const { modules } = await factsOf({ 'meta.json': ESBUILD }, ASSETS);
    const bytesOf = (path: keyof typeof ESBUILD.outputs) => ESBUILD.outputs[path].bytes;
    expect(plain(modules)).toEqual({
      'dist/main-V73D2LKT.js': {
        bytes: bytesOf('dist/main-V73D2LKT.js'),
        shares: [
          { id: 'src/main.jsx', raw: 100 },
          { id: 'src/app.jsx', raw: 700 },
        ],
      },
      'dist/main-XBA7YBRN.css': {
        bytes: bytesOf('dist/main-XBA7YBRN.css'),
        shares: [{ id: 'src/app.css', raw: 50 }],
      },
      'dist/report-IPOKFMPG.js': {
        bytes: bytesOf('dist/report-IPOKFMPG.js'),
        shares: [{ id: 'src/pages/report.jsx', raw: 290 }],
      },
      'dist/chunk-PPP5SVIB.js': {
        bytes: bytesOf('dist/chunk-PPP5SVIB.js'),
        shares: [{ id: 'node_modules/react/index.js', raw: 180 }],
      },
    });
  });

  it('gives importers', async () => {
    const { importers } = await factsOf({ 'meta.json': ESBUILD }, ASSETS);
    expect(plain(importers)).toEqual({
      'src/app.jsx': ['src/main.jsx'],
      'node_modules/react/index.js': ['src/app.jsx', 'src/pages/report.jsx'],
      'src/pages/report.jsx': ['src/app.jsx'],
    });
  });

  it('says what entry points and dynamic imports pull in', async () => {
    const { entries, dynamicEntries } = await factsOf({ 'meta.json': ESBUILD }, ASSETS);
    expect(entries).toMatchObject([
      {
        path: 'src/main.jsx',
        initial: ['dist/chunk-PPP5SVIB.js', 'dist/main-V73D2LKT.js', 'dist/main-XBA7YBRN.css'],
        lazy: ['dist/report-IPOKFMPG.js'],
      },
    ]);
    expect(dynamicEntries).toMatchObject([
      {
        path: 'src/pages/report.jsx',
        initial: ['dist/chunk-PPP5SVIB.js', 'dist/report-IPOKFMPG.js'],
        lazy: [],
      },
    ]);
  });

  const only = (name: string) => ({
    inputs: {},
    outputs: { [name]: { bytes: 1, inputs: {}, entryPoint: 'src/main.ts' } },
  });

  it.each([
    ["a repository's root above the budgets file", 'packages/app/dist/a.js', 'dist/a.js'],
    ["Angular's output folder", 'a.js', 'dist/app/browser/a.js'],
    ['a package below the budgets file', 'dist/a.js', 'packages/app/dist/a.js'],
  ])('finds outputs that are named from %s', async (_, name, path) => {
    const { origins } = await factsOf({ 'metafile-esm.json': only(name) }, [path]);
    expect(plain(origins)).toEqual({ [path]: 'src/main.ts' });
  });

  it('does not take a file of the same name elsewhere for an output', async () => {
    const facts = await factsOf({ 'meta.json': only('dist/server/a.js') }, ['dist/client/a.js']);
    expect(plain(facts.origins)).toEqual({});
  });
});
