import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportion } from '../../src/core/apportion.ts';

it('sums exactly, within one of the exact share', () => {
  const weights = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(fc.nat(1e8), weights, (total, list) => {
      const shares = apportion(total, Float64Array.from(list));
      expect(shares.reduce((left, right) => left + right, 0)).toBe(total);
      const sum = list.reduce((left, right) => left + right, 0);
      if (sum === 0) return;
      for (const [at, share] of shares.entries()) {
        expect(Math.abs(share - ((list[at] ?? 0) / sum) * total)).toBeLessThan(1.001);
      }
    }),
  );
});

it('gives nothing to what weighs nothing, and all to the last where nothing weighs', () => {
  expect(apportion(10, Float64Array.of(0, 1, 1, 1, 0))).toEqual([0, 4, 3, 3, 0]);
  expect(apportion(10, Float64Array.of(0, 0))).toEqual([0, 10]);
});
