import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { snapshotSchema } from '../../src/model/snapshot-schema.ts';
import { asset, budget, measurement, snapshot, waiver } from '../support/build.ts';

const whole = snapshot({
  budgets: [
    budget({ name: 'All', max: 0, maxIncrease: ['5%', 100], ignoreBelow: 10, message: 'split' }),
    budget({ metric: 'performance', unit: 'score', min: 0.9, page: '/' }),
  ],
  waivers: [waiver({ budget: 'All', upTo: 9, until: '2026-03-01' })],
  acceptLabel: 'size: accepted',
  assets: [
    asset('dist/a.js', { raw: 0, gzip: 20, brotli: 1 }),
    asset('dist/b.png', { raw: 3_000, gzip: undefined, brotli: undefined, origin: 'src/b.png' }),
  ],
  measurements: [measurement({ metric: 'performance', unit: 'score', samples: [0.9, 0.95, 1] })],
});

const read = (value: unknown) => snapshotSchema.safeParse(JSON.parse(JSON.stringify(value)));

/** The snapshot with one thing in it changed, by its path. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(whole) as unknown;
  const [last = '', ...parents] = [...path].reverse();
  const owner = parents.reverse().reduce<never>((at, key) => at[key as never], copy as never);
  (owner as Record<string | number, unknown>)[last] = value;
  return copy;
}

test('a whole snapshot is accepted as it is: budgets, rules and what was tracked travel in it', () => {
  const result = read(whole);
  expect(result.error?.issues).toBeUndefined();
  expect(result.data).toEqual(whole);
});

test('unknown keys of a later version are dropped, not refused', () => {
  const first = asset('dist/a.js');
  const later = { ...whole, causes: [], assets: [{ ...first, colour: 'red' }] };
  expect(read(later).data).toEqual({ ...whole, assets: [first] } satisfies Snapshot);
});

test('outside git there is no commit', () => {
  expect(read({ ...whole, commit: null }).success).toBe(true);
});

describe('what is damaged is refused', () => {
  test.each([
    ['another version', ['schemaVersion'], 2],
    ['no version', ['schemaVersion'], undefined],
    ['a commit that is none', ['commit'], 'main'],
    ['a day for a moment', ['takenAt'], '2026-01-15'],
    ['a negative size', ['assets', 0, 'raw'], -1],
    ['half a byte', ['assets', 0, 'gzip'], 0.5],
    ['a size as text', ['assets', 0, 'brotli'], '12'],
    ['a hash that is none', ['assets', 0, 'sha256'], 'abc'],
    ['a content that is no hash', ['assets', 0, 'content'], ''],
    ['an asset without a path', ['assets', 0, 'path'], ''],
    ['a value that is null, as JSON writes NaN', ['measurements', 0, 'value'], null],
    ['no samples', ['measurements', 0, 'samples'], []],
    ['a scale of 0', ['measurements', 0, 'scale'], 0],
    ['a unit that there is not', ['measurements', 0, 'unit'], 'second'],
    ['a limit that is null', ['budgets', 0, 'limits', 'max', 'value'], null],
    ['a negative limit', ['budgets', 0, 'limits', 'max', 'value'], -1],
    ['a severity that there is not', ['budgets', 0, 'severity'], 'none'],
    ['a rule of pardon that there is not', ['rules', 'relaxing'], 'never'],
    ['a label without a name', ['rules', 'acceptLabel'], ''],
    ['a waiver without a reason', ['rules', 'waivers', 0, 'reason'], undefined],
    ['an encoding that there is not', ['tracked', 'encodings'], ['zstd']],
    ['no list of assets', ['assets'], undefined],
    ['no levels', ['encoders', 'levels'], {}],
  ] as const)('%s', (_, path, value) => {
    const result = read(changed(path, value));
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.path.join('.')).toContain(path[0]);
  });
});
