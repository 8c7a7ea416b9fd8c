import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rekeyed } from '../../src/core/rekeyed.ts';
import { asset, budget, measurement, snapshot } from '../support/build.ts';

const SHOP = snapshot({
  assets: [asset('dist/app.js'), asset('../shared/dist/lib.js')],
  budgets: [budget({ name: 'All', files: ['dist/*.js', '!dist/old.js', '!(a)/*.css'] })],
});
const pathsFrom = (from: string, to: string) =>
  rekeyed(SHOP, from, to).assets.map(({ path }) => path);

it.each([
  ['', 'config', ['../dist/app.js', '../../shared/dist/lib.js']],
  ['config', '', ['config/dist/app.js', 'shared/dist/lib.js']],
  ['packages/a', 'packages/b', ['../a/dist/app.js', '../shared/dist/lib.js']],
  ['packages/a', 'packages/a', ['dist/app.js', '../shared/dist/lib.js']],
])('paths from "%s" are seen from "%s"', (from, to, paths) => {
  expect(pathsFrom(from, to)).toEqual(paths);
});

it('patterns, negated ones too, and reports go with them', () => {
  const measurements = [
    measurement({ metric: 'm', source: 'custom', reports: ['m.json'], subject: 'm.json' }),
  ];
  const moved = rekeyed({ ...SHOP, measurements }, '', 'config');

  expect(moved.budgets[0]?.selection).toMatchObject({
    patterns: ['../dist/*.js', '!../dist/old.js', '../!(a)/*.css'],
  });
  expect(moved.measurements).toMatchObject([{ reports: ['../m.json'], subject: '../m.json' }]);
});

it('back again is where it was', () => {
  const folder = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
    .map((parts) => parts.join('/'));
  fc.assert(
    fc.property(folder, folder, (from, to) => {
      const inside = snapshot({ assets: [asset('dist/app.js')] });
      expect(rekeyed(rekeyed(inside, from, to), to, from)).toEqual(inside);
    }),
  );
});
