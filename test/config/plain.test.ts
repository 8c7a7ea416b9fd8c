import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { getNodeValue, parseTree } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { isPlainFile } from '../../src/config/plain.ts';
import { entrySchema, topSchema, topShape, zod } from '../../src/config/schema.ts';
import { sources } from '../../src/sources/index.ts';

type Written = Record<string, unknown>;

/** What a key may hold: right for one, wrong for most others. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('dist/*.js', '1 kB', '5%', 'gzip', 'warn', 'fail', '') },
  fc.constantFrom('skip', 'allow', 'mobile', 'x'.repeat(51), 'x'.repeat(101)),
  fc.constantFrom(0, 1, 9, 11, 12, 0.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60),
  fc.constantFrom(true, null, undefined, [], {}, ['gzip'], ['raw', 'zip'], ['1 kB', 2], [[]], [-1]),
  fc.constantFrom({ gzip: 9 }, { brotli: 0 }, { brotli: 11 }, { build: '' }, { branch: 'main' }),
  fc.constantFrom({ max: 1 }, { lcp: { max: 1 } }, { lcp: { maxx: 1 } }, new Date(0)),
);
const COMMON = ['name', 'metric', 'metrics', 'optional', 'max', 'min', 'maxIncrease', 'severity'];
const entry = fc
  .oneof(
    ...Object.values(sources).map((source) => {
      const key = fc.constantFrom(...Object.keys(source.keys), ...COMMON, 'ignoreBelow', 'message');
      const named = fc.record({ [source.subject]: value });
      return fc.tuple(
        named,
        fc.dictionary(fc.oneof({ weight: 9, arbitrary: key }, fc.string()), value, { maxKeys: 4 }),
      );
    }),
  )
  .map(([named, more]): Written => ({ ...more, ...named }));
const topKey = fc.constantFrom(...Object.keys(topShape), 'defaults', 'budgetz');
const file = fc
  .tuple(fc.dictionary(topKey, value, { maxKeys: 3 }), fc.array(entry, { maxLength: 2 }))
  .map(([top, budgets]): Written => ({ ...top, budgets }));

/** What the schemas say, which decide. */
function isSound(written: Written): boolean {
  if (!topSchema.safeParse(written).success) return false;
  return (written.budgets as Written[]).every((one) => {
    const source = Object.values(sources).find(({ subject }) => one[subject] !== undefined);
    return source !== undefined && entrySchema(source).safeParse(one).success;
  });
}

describe('isPlainFile', () => {
  it('is true of nothing that the schemas refuse', () => {
    let plain = 0;
    fc.assert(
      fc.property(file, (written) => {
        if (!isPlainFile(written)) return;
        plain += 1;
        expect(isSound(written), JSON.stringify(written)).toBe(true);
      }),
      { numRuns: 4_000 },
    );

    expect(plain).toBeGreaterThan(100);
  });

  it.each([
    { budgets: [{ files: 'dist/*.js', max: '1 kB' }] },
    { track: ['a.js'], encodings: ['gzip'], budgets: [{ files: ['a', 'b'], each: true, min: 1 }] },
    {
      defaults: { severity: 'warn', each: true },
      budgets: [{ files: 'a', maxIncrease: ['1%', 2] }],
    },
    { budgets: [{ lighthouse: 'r', metrics: { performance: { min: 0.9 } }, optional: true }] },
    { track: 'a', levels: { gzip: 6 }, baseline: { build: 'npm run build' }, budgets: [] },
  ])('is true of an ordinary file: %j', (written) => {
    expect(isPlainFile(written)).toBe(true);
    expect(isSound(written)).toBe(true);
  });

  it.each([
    ['a key that is none', { budgets: [{ files: 'a', max: 1, encodings: 'gzip' }] }],
    ['two subjects', { budgets: [{ files: 'a', custom: 'b', max: 1 }] }],
    ['no subject', { budgets: [{ max: 1 }] }],
    ['a negative limit', { budgets: [{ files: 'a', max: -1 }] }],
    ['a prototype of its own', { budgets: [Object.create({ files: 'a' })] }],
    ['an inherited key', { budgets: [{ files: 'a', toString: 'x' }] }],
  ])('leaves %s to the schema', (_, written) => {
    expect(isPlainFile(written)).toBe(false);
  });

  it('is true of the example', async () => {
    const path = resolve(import.meta.dirname, '../../budgets.example.json');

    const root = parseTree(await readFile(path, 'utf8'));

    expect(root && isPlainFile(getNodeValue(root))).toBe(true);
  });
});

describe('the keys of a source', () => {
  it.each(Object.values(sources))('of $subject are those of its schema', (source) => {
    expect(Object.keys(source.keys)).toEqual(Object.keys(source.options(zod)));
    expect(Object.keys(source.keys)[0]).toBe(source.subject);
  });
});
