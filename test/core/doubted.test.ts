import { describe, expect, test } from 'vitest';
import { doubted } from '../../src/core/doubted.ts';
import { findingOf } from '../../src/core/finding-of.ts';
import { casesOf, type LimitCase } from '../../src/core/limit-case.ts';
import { type BaseValue, type Doubt, exactSubject } from '../../src/core/subject.ts';
import type { Limits } from '../../src/model/budget.ts';
import type { Reason, Status } from '../../src/model/verdict.ts';
import { amount, packageBudget } from '../support/build.ts';

const KNOWN: BaseValue = { kind: 'known', value: 900 };
const MAX: Limits = { max: amount(500) };
const MIN: Limits = { min: amount(500) };
const BY_BYTES: Limits = { maxIncrease: [amount(500)] };
const BY_SHARE: Limits = { maxIncrease: [{ percent: 5, text: '5%' }] };

interface Told {
  readonly limits: Limits;
  readonly of: Doubt['of'];
  readonly status: Status;
  readonly reason?: Reason;
  readonly optional?: boolean;
}

function held({ limits, of, optional = false }: Told): LimitCase {
  const doubt = { of, detail: 'one script is closed' };
  const subject = { ...exactSubject('moment'), actual: 1_000, base: KNOWN, doubt };
  const [given] = casesOf({ ...packageBudget('moment', { optional }), limits }, subject);
  if (given === undefined) throw new Error('no limit');
  return given;
}

function found(told: Told) {
  const given = held(told);
  const { status, reason = null } = told;
  const finding = findingOf(given, { status, reason, allowed: 500, over: 0, detail: 'its own' });
  return { finding, after: doubted(finding, given) };
}

describe('what a doubt leaves open', () => {
  test.each<Told>([
    { limits: MAX, of: 'all', status: 'fail' },
    { limits: MAX, of: 'all', status: 'fail', reason: 'no-match' },
    { limits: MAX, of: 'passes', status: 'pass' },
    { limits: MIN, of: 'passes', status: 'pass' },
    { limits: BY_SHARE, of: 'passes', status: 'pass' },
  ])('is inconclusive, beside what was seen: $of, $status', (told) => {
    expect(found(told).after).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
      detail: 'one script is closed',
      over: null,
      allowed: 500,
      actual: 1_000,
      base: 900,
      delta: 100,
    });
  });

  test.each<Told>([
    { limits: MAX, of: 'value', status: 'pass' },
    { limits: MIN, of: 'value', status: 'fail' },
    { limits: MIN, of: 'value', status: 'warn', reason: 'already-over' },
    { limits: BY_BYTES, of: 'value', status: 'inconclusive', reason: 'incomparable' },
  ])('is no value to show: $status, $reason', (told) => {
    expect(found(told).after).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
      detail: 'one script is closed',
      over: null,
      allowed: 500,
      actual: null,
      base: 900,
      delta: null,
    });
  });

  test('is no share of base either', () => {
    const { after } = found({ limits: BY_SHARE, of: 'value', status: 'fail' });
    expect(after).toMatchObject({ status: 'inconclusive', actual: null, allowed: null });
  });

  test('passes with `optional`, as what is nowhere does, where the value is in doubt', () => {
    const told = { limits: MAX, status: 'pass', optional: true } as const;
    expect(found({ ...told, of: 'value' }).after.status).toBe('pass');
    expect(found({ ...told, of: 'passes' }).after.status).toBe('inconclusive');
  });
});

describe('what stands', () => {
  test.each<Told>([
    { limits: MAX, of: 'passes', status: 'fail' },
    { limits: MAX, of: 'passes', status: 'warn', reason: 'already-over' },
    { limits: MAX, of: 'value', status: 'fail' },
    { limits: MAX, of: 'value', status: 'warn', reason: 'already-over' },
    { limits: MIN, of: 'value', status: 'pass' },
    { limits: BY_BYTES, of: 'value', status: 'pass' },
    { limits: BY_BYTES, of: 'value', status: 'fail' },
    { limits: BY_SHARE, of: 'value', status: 'pass' },
    { limits: BY_SHARE, of: 'value', status: 'inconclusive', reason: 'no-baseline' },
    { limits: MAX, of: 'value', status: 'pass', reason: 'no-match' },
    { limits: MIN, of: 'value', status: 'fail', reason: 'no-match' },
  ])('is as it was found: $of, $status, $reason', (told) => {
    const { finding, after } = found(told);
    expect(after).toEqual(finding);
  });

  test('everything, where there is no doubt', () => {
    const given = held({ limits: MAX, of: 'all', status: 'pass' });
    const sure = { ...given, subject: { ...given.subject, doubt: null } };
    const finding = findingOf(sure, { status: 'pass', allowed: 500, over: 0 });
    expect(doubted(finding, sure)).toBe(finding);
  });
});
