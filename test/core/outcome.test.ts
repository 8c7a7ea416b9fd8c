import { describe, expect, test } from 'vitest';
import { checkConclusion, isFailure, LENIENT, type Strictness } from '../../src/core/outcome.ts';
import type { ReportFinding } from '../../src/model/report.ts';
import { type Status, worst } from '../../src/model/verdict.ts';

type Judged = readonly (readonly [Status, ReportFinding['reason']])[];

function reportOf(judged: Judged, loosened: Status = 'pass') {
  const findings = judged.map(([status, reason]) => ({ status, reason }) as ReportFinding);
  const status = judged.map(([one]) => one).reduce(worst, loosened);
  return { verdict: { status, findings, relaxed: [] } };
}

function fails(judged: Judged, strictness: Strictness, loosened: Status = 'pass'): boolean {
  return isFailure(reportOf(judged, loosened), strictness);
}

const strict = (...statuses: Strictness['statuses'][number][]): Strictness => ({
  statuses,
  isAdoption: false,
});
const STRICT = strict('warn', 'inconclusive');
const ADOPTION = { ...STRICT, isAdoption: true };

const PASS: Judged = [['pass', null]];
const WARN: Judged = [['warn', null]];
const FAIL: Judged = [
  ['pass', null],
  ['fail', null],
];
const NO_BASELINE: Judged = [['inconclusive', 'no-baseline']];
const INCOMPARABLE: Judged = [['inconclusive', 'incomparable']];

describe('exit codes', () => {
  test('0 for pass, warn or inconclusive', () => {
    for (const judged of [[], PASS, WARN, NO_BASELINE, INCOMPARABLE]) {
      expect(fails(judged, LENIENT)).toBe(false);
    }
  });

  test('1 when a finding fails, whatever the strictness', () => {
    for (const strictness of [LENIENT, STRICT, ADOPTION]) {
      expect(fails(FAIL, strictness)).toBe(true);
    }
  });

  test('1 when `relaxing` says that a loosened limit fails', () => {
    expect(fails(PASS, LENIENT, 'fail')).toBe(true);
  });
});

describe('--strict', () => {
  test('exits 1 on warn and inconclusive too', () => {
    expect(fails(WARN, STRICT)).toBe(true);
    expect(fails(NO_BASELINE, STRICT)).toBe(true);
    expect(fails(INCOMPARABLE, STRICT)).toBe(true);
    expect(fails(PASS, STRICT)).toBe(false);
    expect(fails([], STRICT)).toBe(false);
  });

  test('counts a loosened limit that warns', () => {
    expect(fails(PASS, STRICT, 'warn')).toBe(true);
  });

  test('=warn leaves inconclusive alone', () => {
    expect(fails(WARN, strict('warn'))).toBe(true);
    expect(fails(INCOMPARABLE, strict('warn'))).toBe(false);
  });

  test('=inconclusive leaves warn alone, and sees what a warning hides', () => {
    expect(fails(WARN, strict('inconclusive'))).toBe(false);
    expect(fails([...WARN, ...INCOMPARABLE], strict('inconclusive'))).toBe(true);
  });

  test('the adoption pull request stays green: nothing can be compared yet', () => {
    expect(fails(NO_BASELINE, ADOPTION)).toBe(false);
    expect(fails([...PASS, ...NO_BASELINE], ADOPTION)).toBe(false);
  });

  test('adoption excuses the missing baseline only', () => {
    expect(fails(INCOMPARABLE, ADOPTION)).toBe(true);
    expect(fails([...NO_BASELINE, ...INCOMPARABLE], ADOPTION)).toBe(true);
  });
});

describe('the conclusion of a check run', () => {
  const concludes = (judged: Judged, strictness: Strictness, loosened?: Status) =>
    checkConclusion(reportOf(judged, loosened), strictness);

  test('is neutral for inconclusive alone, green for a warning, red for a broken budget', () => {
    expect(concludes([], LENIENT)).toBe('success');
    expect(concludes(PASS, LENIENT)).toBe('success');
    expect(concludes(WARN, LENIENT)).toBe('success');
    expect(concludes([...WARN, ...INCOMPARABLE], LENIENT)).toBe('success');
    expect(concludes(INCOMPARABLE, LENIENT)).toBe('neutral');
    expect(concludes([...PASS, ...NO_BASELINE], LENIENT)).toBe('neutral');
    expect(concludes(FAIL, LENIENT)).toBe('failure');
    expect(concludes(PASS, LENIENT, 'fail')).toBe('failure');
  });

  test('is red where strictness makes the check fail', () => {
    expect(concludes(WARN, STRICT)).toBe('failure');
    expect(concludes(INCOMPARABLE, STRICT)).toBe('failure');
    expect(concludes(NO_BASELINE, ADOPTION)).toBe('neutral');
    expect(concludes(PASS, STRICT)).toBe('success');
  });
});
