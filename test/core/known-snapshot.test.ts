import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isKnownSnapshot } from '../../src/core/known-snapshot.ts';
import { snapshotSchema } from '../../src/model/snapshot-schema.ts';
import {
  asset,
  budget,
  duplicatesBudget,
  importBudget,
  importSelection,
  measurement,
  packageBudget,
  page,
  pageBudget,
  snapshot,
  waiver,
} from '../support/build.ts';

const network = { kbps: 1_600, rtt: 150 };
const lazy = { kind: 'assets', patterns: ['dist/*.js'], each: true, load: 'lazy' } as const;
const paged = pageBudget({ name: 'Home', page: 'dist/index.html' });
const whole = {
  ...snapshot({
    budgets: [
      budget({ name: 'All', max: 0, maxIncrease: ['5%', 100], ignoreBelow: 10, message: 'split' }),
      budget({ metric: 'performance', unit: 'score', min: 0.9, page: '/' }),
      { ...budget({ name: 'Lazy', max: 1 }), selection: lazy },
      packageBudget('moment', { max: 0 }),
      duplicatesBudget({ max: 0 }),
      importBudget(importSelection(), { max: 1 }),
      paged,
      { ...paged, name: 'Slow', selection: { ...paged.selection, network } as never },
      { ...paged, name: 'Own', selection: { ...paged.selection, ignore: ['tags.js'] } as never },
    ],
    waivers: [waiver({ budget: 'All', upTo: 9, until: '2026-03-01' })],
    acceptLabel: 'size: accepted',
    assets: [asset('dist/a.js', { raw: 0, gzip: 20, brotli: 1 })],
    measurements: [measurement({ metric: 'performance', unit: 'score', samples: [0.9, 0.95, 1] })],
  }),
  packages: [{ instance: 'node_modules/a', name: 'a', version: null, importer: 'src/a.js' }],
  pages: [{ ...page('dist/index.html'), broken: ['a.js'] }],
  scans: [{ path: 'dist/index.html', digest: 'a'.repeat(64) }],
  hasMorePages: true,
  kept: { verdict: 'warn', run: 7 },
};
const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

type Path = readonly string[];

/** The paths of all values inside of a value, and of itself. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...at, key]));
  return [at, ...inner];
}

/** The whole snapshot with what stands at a path replaced, or gone, or with one key more. */
function changed(path: Path, act: 'replace' | 'remove' | 'add', value: unknown): unknown {
  const copy = { root: json(whole) };
  const places: Path = ['root', ...path];
  const owner = places.slice(0, -1).reduce<object>((at, key) => at[key as never], copy);
  const last = places.at(-1) as never;
  if (act === 'replace') Object.assign(owner, { [last]: value });
  else if (act === 'remove') delete owner[last];
  else if (Array.isArray(owner[last])) (owner[last] as unknown[]).push(value);
  else Object.assign(Object(owner[last]), { later: value });
  return (json(copy) as { root?: unknown }).root;
}

const ODD: readonly unknown[] = [
  null,
  true,
  '',
  'a',
  'all',
  'lazy',
  'gzip',
  'fail',
  '2026-01-15T12:00:00Z',
  '2026-02-31T12:00:00.000Z',
  'f'.repeat(40),
  'f'.repeat(64),
  'x'.repeat(51),
  'x'.repeat(201),
  -1,
  0,
  1.5,
  9,
  12,
  2 ** 53,
  [],
  ['a'],
  [1],
  {},
  { percent: 1, text: 'a' },
];

describe('a snapshot as we write it', () => {
  test('is known, with and without what is optional', () => {
    expect(isKnownSnapshot(json(whole))).toBe(true);
    expect(isKnownSnapshot(json(snapshot()))).toBe(true);
  });

  test.each([null, 'a', 7, [], {}])('%j is none', (value) => {
    expect(isKnownSnapshot(value)).toBe(false);
  });

  test('is never known where the schema refuses it, or takes anything away', () => {
    const places = pathsIn(json(whole));
    const cases = places.flatMap((path) => [
      ...ODD.map((value) => ['replace', path, value] as const),
      ...['lazy', 7, ['a']].map((value) => ['add', path, value] as const),
      ['remove', path, null] as const,
    ]);
    const known = cases.filter(([act, path, value]) => {
      const one = changed(path, act, value);
      if (!isKnownSnapshot(one)) return false;
      const { data, error } = snapshotSchema.safeParse(one);
      if (isDeepStrictEqual(data, one)) return true;
      throw new Error(JSON.stringify({ act, path, value, error }));
    });
    expect(known.length).toBeGreaterThan(500);
  });
});
