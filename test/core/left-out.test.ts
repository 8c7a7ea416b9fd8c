import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLeftOut } from '../../src/core/left-out.ts';

describe('what a budget leaves out', () => {
  test.each([
    ['/config.js', '/config.js'],
    ['/config.js?v=12#a', '/config.js'],
    ['/config.js?v=12', '/config.js?v=12'],
    ['/config.js?v=12', '/config.js?v=*'],
    ['/env/prod/a.js', '/env/*'],
    ['/env/prod/a.js', '*/a.js'],
    ['/env/a.js', '/*/a*.js'],
    ['react', 'react'],
    ['', '*'],
  ])('%s by %s', (reference, pattern) => {
    expect(isLeftOut(reference, ['/other.js', pattern])).toBe(true);
  });

  test.each([
    ['/config.js', 'config.js'],
    ['/config.json', '/config.js'],
    ['/a.js', '/a.js*.js'],
    ['/config.js?v=12', '/config.js?v=13'],
    ['/env/a.js', '/env/*.css'],
    ['/aXjs', '/a.js'],
  ])('%s not by %s', (reference, pattern) => {
    expect(isLeftOut(reference, [pattern])).toBe(false);
  });

  test('as an expression would, in which a star is anything', () => {
    const text = fc.stringMatching(/^[ab/.]{0,8}$/);
    const pattern = fc.stringMatching(/^[ab/.*]{0,6}$/);
    fc.assert(
      fc.property(text, pattern, (reference, given) => {
        const source = given.replaceAll('.', '\\.').replaceAll('*', '.*');
        expect(isLeftOut(reference, [given])).toBe(new RegExp(`^${source}$`).test(reference));
      }),
      { numRuns: 2_000 },
    );
  });
});
