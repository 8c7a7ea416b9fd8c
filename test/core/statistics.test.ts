import { expect, test } from 'vitest';
import { median, tidy } from '../../src/core/statistics.ts';

test('the median of an odd number of runs is the middle one, whatever their order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([7])).toBe(7);
  expect(median([100, 20, 3])).toBe(20);
});

test('the median of an even number of runs is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, -10])).toBe(0);
});

test('the median of two decimal numbers is a decimal number: of 0.1 and 0.2 it is 0.15', () => {
  expect(median([0.1, 0.2])).toBe(0.15);
});

test('the median of no runs is a bug of the caller', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('the median does not sort its argument', () => {
  const runs = [3, 1, 2];
  median(runs);
  expect(runs).toEqual([3, 1, 2]);
});

test('tidy removes the dust of binary fractions and nothing else', () => {
  expect(tidy(0.4 - 0.3)).toBe(0.1);
  expect(tidy(0.1 + 0.2)).toBe(0.3);
  expect(tidy(-0.30000000000000004)).toBe(-0.3);
  expect(tidy(170_023)).toBe(170_023);
  expect(tidy(0)).toBe(0);
});
