import { describe, expect, it } from 'vitest';
import { unexplainedWords } from '../../src/format/unexplained.ts';
import type { ReportFinding } from '../../src/model/report.ts';
import { NEW_SUBJECT } from '../../src/model/verdict.ts';
import { canonicalReports } from '../support/canonical-reports.ts';

const [any] = canonicalReports['over-limit']?.().verdict.findings ?? [];

function words(facts: Partial<ReportFinding>): string | null {
  if (any === undefined) throw new Error('the report of a broken limit is gone');
  const known = { actual: 2_500, base: 2_000, delta: 500, unit: 'millisecond', detail: null };
  return unexplainedWords({ ...any, ...known, ...facts } as ReportFinding, 'Home');
}

describe('how a subject changed that has no causes', () => {
  it.each([
    ['rose', {}, 'Home rose by 0.5 s, from 2 s to 2.5 s.'],
    ['fell', { actual: 1_500, delta: -500 }, 'Home fell by 0.5 s, from 2 s to 1.5 s.'],
    ['did not', { actual: 2_000, delta: 0 }, null],
    ['is new', { base: null, delta: null, detail: NEW_SUBJECT }, 'Home is new, with 2.5 s.'],
    ['has no base', { base: null, delta: null }, 'Home has no value of base to compare with.'],
    [
      'cannot be compared',
      { delta: null, detail: 'another encoder' },
      'Home has no value of base to compare with: another encoder.',
    ],
    ['matches nothing', { actual: null }, 'Home: nothing matches.'],
    ['is not there', { actual: null, detail: 'no page matches' }, 'Home: no page matches.'],
  ] as const)('%s', (_, facts, text) => {
    expect(words(facts)).toBe(text);
  });
});
