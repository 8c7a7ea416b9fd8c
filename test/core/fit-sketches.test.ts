import { describe, expect, test } from 'vitest';
import { fitSketches } from '../../src/core/fit-sketches.ts';
import { sketchOf } from '../../src/core/sketch.ts';
import { asset } from '../support/build.ts';

const words = Array.from({ length: 300 }, (_, index) => `word${index}`).join(' ');
const sketch = sketchOf(new TextEncoder().encode(words)) ?? '';
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    asset(index % 10 === 0 ? `dist/${index}.js` : `dist/page${index}-[hash].js`, {
      raw: index,
      sketch,
    }),
  );

describe('sketches in a snapshot', () => {
  test('of a few assets stay whole', () => {
    expect(fitSketches(many(300)).every((one) => one.sketch === sketch)).toBe(true);
  });

  test('are left out where modules are known', () => {
    const mapped = asset('dist/1.js', { sketch, modules: [{ id: 'src/a.ts', raw: 1 }] });
    expect(fitSketches([mapped])[0]).not.toHaveProperty('sketch');
  });

  test.each([400, 1_500, 5_000])('of %i assets take no more than 100 kB', (count) => {
    const fitted = fitSketches(many(count));
    const sketches = fitted.flatMap((one) => one.sketch ?? []);
    expect(sketches.join('').length).toBeLessThanOrEqual(100_000);
    expect(Math.min(...sketches.map(({ length }) => length))).toBeGreaterThanOrEqual(64);
    const unnamed = fitted.filter(({ path }) => /\/\d+\.js$/.test(path));
    expect(unnamed.every((one) => one.sketch !== undefined)).toBe(true);
  });

  test('everything else stays as it is', () => {
    const plain = asset('dist/a.css');
    expect(fitSketches([plain])).toEqual([plain]);
  });
});
