import { describe, expect, test } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import type { Circumstances } from '../../src/core/judge.ts';
import { parseSnapshot } from '../../src/core/snapshot-text.ts';
import { asset, baseline, budget, snapshot, verdictOf, waiver } from '../support/build.ts';

const LABEL = 'size: accepted';
const app = (gzip: number) => asset('dist/app.js', { gzip });
const budgets = [budget({ name: 'All', max: 900, maxIncrease: 50 })];
const BASE = snapshot({ budgets, acceptLabel: LABEL, assets: [app(800)] });
const HEAD = snapshot({ budgets, acceptLabel: LABEL, assets: [app(1_000)] });
const given = (name = LABEL, by = 'ana') => ({ labels: [{ name, by }] });

function judged(circumstances: Partial<Circumstances>, { head = HEAD, base = BASE } = {}) {
  return verdictOf(head, base, circumstances);
}

describe('a label that base names', () => {
  test('turns what fails into a warning that says who set it', () => {
    const { status, findings } = judged(given());
    const detail = 'accepted by label "size: accepted", set by @ana';
    expect(status).toBe('warn');
    expect(findings).toMatchObject([
      { rule: 'max', status: 'warn', reason: 'accepted', detail, over: 100 },
      { rule: 'max-increase', status: 'warn', reason: 'accepted', detail, over: 150 },
    ]);
  });

  test('is the same label in another case, as on GitHub', () => {
    expect(judged(given('Size: Accepted')).findings[0]).toMatchObject({
      detail: 'accepted by label "Size: Accepted", set by @ana',
    });
  });

  test('of several pull requests names everybody who set it, once', () => {
    const labels = ['ana', 'bo', 'ana'].map((by) => ({ name: LABEL, by }));
    expect(judged({ labels }).findings[0]?.detail).toMatch(/set by @ana, @bo$/);
  });

  test('that is not given pardons nothing', () => {
    expect(judged({}).status).toBe('fail');
    expect(judged(given('size')).status).toBe('fail');
  });

  test('leaves alone what does not fail', () => {
    const small = snapshot({ budgets, assets: [app(810)] });
    expect(judged(given(), { head: small }).findings.map(({ reason }) => reason)).toEqual([
      null,
      null,
    ]);
  });
});

describe('a change cannot pardon itself', () => {
  test('the label of head alone has no effect, and naming one is told', () => {
    const base = snapshot({ budgets, assets: [app(800)] });
    const { status, relaxed } = judged(given(), { base });
    expect(status).toBe('fail');
    expect(relaxed).toEqual([{ budget: null, kind: 'accept-label-set', from: null, to: LABEL }]);
  });

  test('base’s label holds, whatever head names', () => {
    const head = { ...HEAD, rules: { ...HEAD.rules, acceptLabel: 'docs' } };
    expect(judged(given('docs'), { head }).status).toBe('fail');
    expect(judged(given(LABEL), { head }).status).toBe('warn');
  });

  test('without a record of base no label is known', () => {
    expect(verdictOf(HEAD, null, given()).findings[0]).toMatchObject({
      status: 'fail',
      reason: null,
    });
  });

  test('a record of an older version names none', () => {
    const { acceptLabel: _, ...rules } = BASE.rules;
    const text = JSON.stringify({ ...BASE, rules });
    const old = parseSnapshot(text, 'base.json');
    expect(judged(given(), { base: old }).status).toBe('fail');
    expect(compare(HEAD, baseline(old)).base?.snapshot.rules.acceptLabel).toBeUndefined();
  });
});

describe('what no label pardons', () => {
  test('a subject that is not there', () => {
    const head = snapshot({ budgets, acceptLabel: LABEL, assets: [] });
    expect(judged(given(), { head }).findings[0]).toMatchObject({
      status: 'fail',
      reason: 'no-match',
    });
  });

  test('a loosened limit, where base’s rules forbid it', () => {
    const strict = { ...BASE, rules: { ...BASE.rules, relaxing: 'fail' as const } };
    const looser = [budget({ name: 'All', max: 950, maxIncrease: 50 })];
    const head = snapshot({ budgets: looser, acceptLabel: LABEL, assets: [app(1_000)] });
    const { status, findings } = judged(given(), { head, base: strict });
    expect(findings.map((finding) => finding.status)).toEqual(['warn', 'warn']);
    expect(status).toBe('fail');
  });
});

describe('beside a waiver', () => {
  const waived = (until: string) => {
    const waivers = [waiver({ budget: 'All', until })];
    const head = { ...HEAD, rules: { ...HEAD.rules, waivers } };
    return judged(given(), { head }).findings[0];
  };

  test('that holds, the waiver is what pardons', () => {
    expect(waived('2026-03-01')).toMatchObject({ status: 'warn', reason: 'waived' });
  });

  test('that has ended, the label is, and the end is told', () => {
    expect(waived('2026-01-01')).toMatchObject({
      status: 'warn',
      reason: 'accepted',
      detail: 'accepted by label "size: accepted", set by @ana; its waiver ended on 2026-01-01',
    });
  });
});
