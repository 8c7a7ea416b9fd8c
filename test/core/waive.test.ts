import { describe, expect, test } from 'vitest';
import { waive } from '../../src/core/waive.ts';
import type { Waiver } from '../../src/model/budget.ts';
import {
  amount,
  asset,
  budget,
  customBudget,
  customMeasurement,
  measurement,
  snapshot,
  verdictOf,
  waiver,
} from '../support/build.ts';

const app = (gzip: number) => asset('dist/app.js', { gzip });
const budgets = [budget({ name: 'All', max: 900 })];

function judged(waivers: Waiver[], sizes: { head: number; base?: number }, today = '2026-01-15') {
  const head = snapshot({ budgets, waivers, assets: [app(sizes.head)] });
  const base =
    sizes.base === undefined ? null : snapshot({ budgets, waivers, assets: [app(sizes.base)] });
  return verdictOf(head, base, { today }).findings[0];
}

describe('upTo', () => {
  const waivers = [waiver({ budget: 'All', upTo: 1_000 })];

  test('not exceeded: warn, waived', () => {
    expect(judged(waivers, { head: 1_000 })).toMatchObject({ status: 'warn', reason: 'waived' });
  });

  test('exceeded by a byte: fails', () => {
    expect(judged(waivers, { head: 1_001 })).toMatchObject({ status: 'fail', reason: null });
  });

  test('inert once base has reached it', () => {
    const own = budget({ name: 'All', max: 900, maxIncrease: 0 });
    const [broken] = verdictOf(snapshot({ budgets: [own], assets: [app(1_000)] }), null).findings;
    if (broken === undefined) throw new Error('the limit is broken');
    const judgedBeside = (base: number) =>
      waive({ ...broken, base }, own, waivers, '2026-01-15').status;
    expect(judgedBeside(999)).toBe('warn');
    expect(judgedBeside(1_000)).toBe('fail');
    expect(judgedBeside(1_001)).toBe('fail');
  });

  test('what base had used up is not pardoned again: one byte more than upTo fails', () => {
    expect(judged(waivers, { base: 1_000, head: 1_001 })).toMatchObject({ status: 'fail' });
    expect(judged(waivers, { base: 1_000, head: 1_000 })).toMatchObject({ reason: 'already-over' });
  });

  test('under a `min`, it is the lowest value that is pardoned', () => {
    const score = (value: number) =>
      measurement({ metric: 'performance', unit: 'score', better: 'higher', value });
    const found = (value: number) =>
      verdictOf(
        snapshot({
          budgets: [budget({ name: 'Score', metric: 'performance', unit: 'score', min: 0.9 })],
          waivers: [waiver({ budget: 'Score', upTo: amount(0.8, 'score') })],
          measurements: [score(value)],
        }),
        null,
      ).findings[0]?.status;
    expect(found(0.8)).toBe('warn');
    expect(found(0.79)).toBe('fail');
  });

  test('a bare number is in the unit that the report declares, as a limit is', () => {
    const found = (value: number) =>
      verdictOf(
        snapshot({
          budgets: [customBudget({ metric: 'cold-start', max: 1.2 })],
          waivers: [waiver({ budget: 'cold-start', upTo: amount(1.5, null) })],
          measurements: [customMeasurement({ metric: 'cold-start', scale: 1_000, value })],
        }),
        null,
      ).findings[0]?.status;
    expect(found(1_400)).toBe('warn');
    expect(found(1_501)).toBe('fail');
  });

  test('a relative limit is pardoned up to the same size', () => {
    const own = [budget({ name: 'All', maxIncrease: 10 })];
    const found = (size: number) =>
      verdictOf(
        snapshot({ budgets: own, waivers, assets: [app(size)] }),
        snapshot({ budgets: own, assets: [app(900)] }),
      ).findings[0];
    expect(found(1_000)).toMatchObject({ status: 'warn', reason: 'waived', delta: 100 });
    expect(found(1_001)).toMatchObject({ status: 'fail', reason: null });
  });
});

describe('until', () => {
  const waivers = [waiver({ budget: 'All', until: '2026-03-01', by: '@ana' })];

  test('holds to the end of that day', () => {
    expect(judged(waivers, { head: 5_000 }, '2026-03-01')).toMatchObject({
      status: 'warn',
      reason: 'waived',
    });
  });

  test('expired ones fail, and the finding says why', () => {
    const finding = judged(waivers, { head: 5_000 }, '2026-03-02');
    expect(finding).toMatchObject({ status: 'fail', reason: null });
    expect(finding?.detail).toContain('2026-03-01');
  });

  test('beside upTo both must hold', () => {
    const both = [waiver({ budget: 'All', upTo: 1_000, until: '2026-03-01' })];
    expect(judged(both, { head: 1_000 }, '2026-03-01')?.status).toBe('warn');
    expect(judged(both, { head: 1_001 }, '2026-03-01')?.status).toBe('fail');
    expect(judged(both, { head: 1_000 }, '2026-03-02')?.status).toBe('fail');
  });

  test('of two waivers the one that is still valid counts', () => {
    const two = [...waivers, waiver({ budget: 'All', until: '2026-06-01', reason: 'second' })];
    expect(judged(two, { head: 5_000 }, '2026-03-02')).toMatchObject({
      reason: 'waived',
      detail: expect.stringContaining('second'),
    });
  });
});

describe('what it pardons', () => {
  test('only the budget that it names', () => {
    expect(judged([waiver({ budget: 'Other', upTo: 9_999 })], { head: 1_000 })?.status).toBe(
      'fail',
    );
  });

  test('every metric of an entry, by the name of the entry', () => {
    const own = ['a', 'b'].map((metric) =>
      budget({ name: `Home: ${metric}`, entry: 'Home', metric, max: 1 }),
    );
    const { findings } = verdictOf(
      snapshot({
        budgets: own,
        waivers: [waiver({ budget: 'Home', until: '2026-02-01' })],
        measurements: ['a', 'b'].map((metric) => measurement({ metric, value: 2 })),
      }),
      null,
    );
    expect(findings.map(({ reason }) => reason)).toEqual(['waived', 'waived']);
  });

  test('never what matches nothing', () => {
    const head = snapshot({ budgets, waivers: [waiver({ budget: 'All', until: '2026-02-01' })] });
    expect(verdictOf(head, null).findings).toMatchObject([{ status: 'fail', reason: 'no-match' }]);
  });

  test('a limit that holds stays a pass', () => {
    expect(judged([waiver({ budget: 'All', upTo: 1_000 })], { head: 900 })).toMatchObject({
      status: 'pass',
      reason: null,
    });
  });
});

test('the words name the reason, the owner and the end', () => {
  const named = waiver({
    budget: 'All',
    upTo: { value: 950_000, unit: 'byte', text: '950 kB' },
    until: '2026-03-01',
    reason: 'new editor',
    by: '@ana',
  });
  expect(judged([named], { head: 1_000 })?.detail).toBe(
    'new editor, @ana, up to 950 kB, until 2026-03-01',
  );
});
