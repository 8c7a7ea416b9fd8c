import { describe, expect, test } from 'vitest';
import { refuseForeign } from '../../src/config/foreign.ts';

const refuse = (value: unknown) => () => refuseForeign(value, 'budgets.json');

describe("another tool's file is recognised and named as such", () => {
  test('a Lighthouse budget.json, whose sizes are KiB', () => {
    const file = [
      { path: '/*', resourceSizes: [{ resourceType: 'script', budget: 300 }] },
      { timings: [{ metric: 'interactive', budget: 3_000 }] },
    ];
    expect(refuse(file)).toThrow('budgets.json is a Lighthouse budget.json');
    try {
      refuseForeign(file, 'budgets.json');
    } catch (error) {
      expect(error).toMatchObject({
        code: 'foreign-config',
        hint: expect.stringMatching(/KiB.*300 KiB/),
      });
    }
  });

  test('each part of a Lighthouse budget alone', () => {
    for (const key of ['resourceSizes', 'resourceCounts', 'timings']) {
      expect(refuse([{ [key]: [] }])).toThrow('Lighthouse budget.json');
    }
  });

  test('a size-limit array', () => {
    expect(refuse([{ path: 'dist/index.js', limit: '10 kB' }])).toThrow(
      'a size-limit configuration',
    );
    expect(refuse([{ path: 'dist/index.js' }])).toThrow('size-limit');
  });

  test('a size-limit array with imports, and how they are written here', () => {
    const file = [{ path: 'dist/index.js', import: '{ a }', limit: '3 kB' }];
    expect(refuse(file)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('a size-limit configuration'),
        hint: expect.stringContaining('"import": "{ a }", "from": "dist/index.js"'),
      }),
    );
  });

  test('a bundlewatch configuration, where a KB is 1024 bytes', () => {
    expect(refuse({ files: [{ path: 'dist/*.js', maxSize: '10KB' }] })).toThrow('bundlewatch');
    expect(refuse([{ path: 'dist/*.js', maxSize: '10KB' }])).toThrow('bundlewatch');
  });

  test('a Lighthouse CI configuration', () => {
    expect(refuse({ ci: { assert: {} } })).toThrow('Lighthouse CI');
  });
});

test('our own file, and what is nobody’s, pass', () => {
  for (const value of [{ budgets: [] }, { track: ['a'] }, {}, [], null, 'x', 5, [1]]) {
    expect(refuse(value)).not.toThrow();
  }
});

test('one of our budgets at the top of the file is not called bundlewatch', () => {
  expect(refuse({ files: ['dist/*.js'], max: '10 kB' })).not.toThrow();
});
