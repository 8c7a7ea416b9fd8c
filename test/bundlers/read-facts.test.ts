import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bundlers } from '../../src/bundlers/index.ts';
import { memoryHost } from '../support/memory-host.ts';
import { ESBUILD, factsOf, plain, readFactsIn, VITE, WEBPACK } from '../support/metadata.ts';

const NOTHING = ['{}', '[]', 'null', '', 'nonsense', '{"name":"App","icons":[],"start_url":"/"}'];

describe('metadata', () => {
  it.each(NOTHING)('%j names nothing, whatever the file is called', async (text) => {
    const names = ['manifest.json', 'stats.json', 'meta.json', 'build-manifest.json'];
    for (const name of names) {
      const { origins = new Map() } = await factsOf({ [`dist/${name}`]: text }, ['dist/a.js']);
      expect(plain(origins)).toEqual({});
    }
  });

  it('is known by its shape, not by its name', async () => {
    const { origins } = await factsOf({ 'dist/manifest.json': ESBUILD }, ['dist/main-V73D2LKT.js']);
    expect(plain(origins)).toEqual({ 'dist/main-V73D2LKT.js': 'src/main.jsx' });
  });

  it('of several bundlers is joined', async () => {
    const files = { 'a/manifest.json': VITE, 'stats.json': WEBPACK };
    const assets = ['a/assets/index-Dk8qtbb0.js', 'dist/assets/main.b3477c8b.js'];
    const { origins } = await factsOf(files, assets);
    expect(plain(origins)).toEqual({
      'a/assets/index-Dk8qtbb0.js': 'index.html',
      'dist/assets/main.b3477c8b.js': '~main',
    });
  });

  it('costs a listing of each folder and no read where there is none', async () => {
    const listed: string[] = [];
    const host = memoryHost({ 'dist/assets/a.js': 'x', 'dist/data.json': '{}' });
    const watched = {
      ...host,
      list: (folder: string) => {
        listed.push(folder);
        return host.list(folder);
      },
      read: () => Promise.reject(new Error('nothing is read')),
    };
    expect(await readFactsIn(watched, ['dist/assets/a.js'])).toEqual({});
    expect(listed.sort()).toEqual(['/repo', '/repo/dist', '/repo/dist/assets']);
  });
});

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, [], {}, '', 'a', 0, -1, true, [null], { a: null }, '../../x'),
  fc.jsonValue({ maxDepth: 2 }),
);

const NEXT = {
  pages: { '/layout': ['static/a.js'], '/page': ['dist/main-V73D2LKT.js'] },
  lowPriorityFiles: [],
};

/** Real metadata with something else in one place of it. */
const spoiled = fc
  .constantFrom<unknown>(VITE, ESBUILD, WEBPACK, NEXT)
  .chain((value) =>
    fc.tuple(fc.constant(value), fc.constantFrom(...placesIn(value)), odd, fc.boolean()),
  )
  .map(([value, place, other, isCut]) => replaced(value, place, isCut ? undefined : other));

function placesIn(value: unknown, place: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...place, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const parts = value as Record<string, unknown>;
  const copy = Array.isArray(parts) ? [...parts] : { ...parts };
  return Object.assign(copy, { [key]: replaced(parts[key], rest, other) });
}

const assets = new Set([
  ...WEBPACK.assets.map(({ name }) => `dist/${name}`),
  ...Object.keys(ESBUILD.outputs),
  ...Object.values(VITE).map(({ file }) => `dist/${file}`),
]);

describe('damaged metadata', () => {
  const read = (value: unknown) =>
    Object.values(bundlers).map((bundler) =>
      bundler.read({ path: 'dist/stats.json', value, root: '/repo', folders: ['dist'], assets }),
    );

  test('with something else in any place gives fewer facts, never a crash', () => {
    fc.assert(
      fc.property(spoiled, (value) => read(value).length > 0),
      { numRuns: 2_000 },
    );
  });

  test('of any shape gives no crash', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => read(value).length > 0));
  });

  test('speaks of measured assets only', () => {
    fc.assert(
      fc.property(spoiled, (value) => {
        for (const facts of read(value)) {
          const paths = [...(facts?.origins ?? []), ...(facts?.modules ?? [])].map(
            ([path]) => path,
          );
          const { entries = [], dynamicEntries = [], routes = [] } = facts ?? {};
          const loaded = [...entries, ...dynamicEntries, ...routes];
          const all = [...paths, ...loaded.flatMap(({ initial, lazy }) => [...initial, ...lazy])];
          expect(all.filter((path) => !assets.has(path))).toEqual([]);
        }
      }),
    );
  });

  test('nested a hundred thousand deep, or with a megabyte of a name, ends', async () => {
    const deep = `${'{"modules":['.repeat(100_000)}${']}'.repeat(100_000)}`;
    const nested = `{"assets":[{"name":"a.js"}],"chunks":[],"modules":[${deep}]}`;
    expect(plain((await factsOf({ 'stats.json': nested }, ['a.js'])).origins)).toEqual({});
    const name = '../'.repeat(350_000);
    const long = { inputs: {}, outputs: { [`${name}a.js`]: { bytes: 1, inputs: {} } } };
    expect(plain((await factsOf({ 'meta.json': long }, ['a.js'])).origins)).toEqual({});
  });
});
