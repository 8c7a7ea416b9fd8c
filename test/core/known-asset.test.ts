import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKnownAsset } from '../../src/core/known-asset.ts';
import { snapshotSchema } from '../../src/model/snapshot-schema.ts';
import { asset, snapshot } from '../support/build.ts';

const known = {
  ...asset('dist/a.js'),
  gzip: 1,
  brotli: 2,
  origin: 'src/a.ts',
  load: 'initial',
  modules: [{ id: 'src/a.ts', raw: 3, gzip: 2, brotli: 1, importer: 'src/main.ts' }],
};
const bySchema = (value: unknown) =>
  snapshotSchema.safeParse({ ...snapshot(), assets: [value] }).success;

const odd = fc.constantFrom<unknown>(
  undefined,
  null,
  '',
  'a',
  -1,
  0,
  1.5,
  2 ** 53,
  Number.NaN,
  [],
  {},
  'f'.repeat(64),
  'F'.repeat(64),
  'f'.repeat(65),
);

describe('an asset as we write it', () => {
  test('is known, with and without what is optional', () => {
    expect(isKnownAsset(known)).toBe(true);
    const { path, subject, sha256, content, raw } = known;
    const least = { path, subject, sha256, content, raw };
    expect(isKnownAsset(least)).toBe(true);
  });

  test.each([null, 'a', 7, [], {}])('%j is none', (value) => {
    expect(isKnownAsset(value)).toBe(false);
  });

  test('with one more key is left to the schema, which drops it', () => {
    expect(isKnownAsset({ ...known, later: 1 })).toBe(false);
    expect(isKnownAsset(JSON.parse(`{ "__proto__": {}, ${JSON.stringify(known).slice(1)}`))).toBe(
      false,
    );
  });

  test('the schema says the same of any value in any place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(known)), odd, (key, value) => {
        const changed = { ...known, [key]: value };
        expect(isKnownAsset(changed)).toBe(bySchema(changed));
      }),
      { numRuns: 500 },
    );
  });
});
