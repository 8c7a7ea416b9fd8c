import { expect, test } from 'vitest';
import { showPath } from '../../src/config/problem.ts';

test('a JSON path as people write it', () => {
  expect(showPath(['budgets', 2, 'metric'])).toBe('budgets[2].metric');
  expect(showPath(['budgets', 0, 'metrics', 'largest-contentful-paint', 'max'])).toBe(
    'budgets[0].metrics["largest-contentful-paint"].max',
  );
  expect(showPath(['$schema'])).toBe('$schema');
  expect(showPath([])).toBe('');
});
