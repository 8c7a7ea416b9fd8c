import { describe, expect, it } from 'vitest';
import { isWorthTelling } from '../../src/core/worth-telling.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

function report(name: string) {
  const make = canonicalReports[name];
  if (make === undefined) throw new Error(`no report is named ${name}`);
  return make();
}

describe('a first comment', () => {
  it.each([
    ['all-pass', 'on-change', false],
    ['all-pass', 'always', true],
    ['over-limit', 'never', false],
    ['over-limit', 'on-failure', true],
    ['already-over', 'on-failure', false],
    ['already-over', 'on-change', true],
    ['removed-asset', 'on-change', true],
    ['relaxed-budget', 'on-change', true],
    ['no-baseline', 'on-change', false],
  ] as const)('on %s with %s: %s', (name, policy, expected) => {
    expect(isWorthTelling(report(name), policy)).toBe(expected);
  });

  it('is not written for the noise of a lab metric', () => {
    const quiet = report('inconclusive-noise');

    expect(quiet.comparison.changes.some(({ delta }) => delta !== 0)).toBe(true);
    expect(isWorthTelling(quiet, 'on-change')).toBe(false);
  });
});
