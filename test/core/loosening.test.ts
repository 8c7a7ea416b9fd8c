import { describe, expect, test } from 'vitest';
import type { Budget } from '../../src/model/budget.ts';
import type { Loosening } from '../../src/model/verdict.ts';
import {
  amount,
  asset,
  budget,
  customBudget,
  customMeasurement,
  importBudget,
  importSelection,
  pageBudget,
  type SnapshotFacts,
  snapshot,
  verdictOf,
  waiver,
} from '../support/build.ts';

/** 10 kB in base and head, so that a percent has something to be of. */
const assets = [asset('dist/app.js', { raw: 30_000, gzip: 10_000, brotli: 9_000 })];

function relaxed(before: SnapshotFacts, after: SnapshotFacts): readonly Loosening[] {
  return verdictOf(snapshot({ assets, ...after }), snapshot({ assets, ...before })).relaxed;
}

const between = (before: Budget | Budget[], after: Budget | Budget[]) =>
  relaxed({ budgets: [before].flat() }, { budgets: [after].flat() });
const kinds = (before: Budget | Budget[], after: Budget | Budget[]) =>
  between(before, after).map(({ kind }) => kind);

const all = (facts: Parameters<typeof budget>[0]) => budget({ name: 'All', ...facts });

describe('a limit raised', () => {
  test('max raised, with what was written on both sides', () => {
    const written = (value: number, text: string) => all({ max: { value, unit: 'byte', text } });
    expect(between(written(900_000, '900 kB'), written(950_000, '950 kB'))).toEqual([
      { budget: 'All', kind: 'limit-raised', from: 'max 900 kB', to: 'max 950 kB' },
    ]);
  });

  test('a limit of 0 raised', () => {
    expect(kinds(all({ max: 0 }), all({ max: 1 }))).toEqual(['limit-raised']);
    expect(kinds(all({ maxIncrease: 0 }), all({ maxIncrease: 1 }))).toEqual(['limit-raised']);
  });

  test('min lowered', () => {
    const score = (min: number) => budget({ metric: 'performance', unit: 'score', min });
    expect(kinds(score(0.9), score(0.8))).toEqual(['limit-raised']);
    expect(kinds(score(0.8), score(0.9))).toEqual([]);
  });

  test('maxIncrease and maxDecrease raised', () => {
    expect(kinds(all({ maxIncrease: '1%' }), all({ maxIncrease: '2%' }))).toEqual(['limit-raised']);
    const rate = (percent: '5%' | '50%') => customBudget({ metric: 'rate', maxDecrease: percent });
    expect(kinds(rate('5%'), rate('50%'))).toEqual(['limit-raised']);
  });

  test('one limit of a list raised, the other as it was', () => {
    expect(
      kinds(all({ maxIncrease: ['5%', 100] }), all({ maxIncrease: ['5%', 90_000] })),
    ).toHaveLength(1);
    expect(
      kinds(all({ maxIncrease: ['5%', 100] }), all({ maxIncrease: ['50%', 100] })),
    ).toHaveLength(1);
  });

  test('lowered, or the same in another spelling, is none', () => {
    expect(kinds(all({ max: 2_000 }), all({ max: 1_000 }))).toEqual([]);
    const kibi = { value: 1_024, unit: 'byte', text: '1 KiB' } as const;
    const plain = { value: 1_024, unit: 'byte', text: '1024 B' } as const;
    expect(kinds(all({ max: kibi }), all({ max: plain }))).toEqual([]);
  });

  test('the order of a list is not a limit', () => {
    expect(kinds(all({ maxIncrease: ['5%', 100] }), all({ maxIncrease: [100, '5%'] }))).toEqual([]);
  });

  test("a bare number in seconds is held against milliseconds by the report's own unit", () => {
    const start = customMeasurement({ metric: 'cold-start', scale: 1_000, value: 1_000 });
    const written = { value: 1_200, unit: 'millisecond', text: '1.2 s' } as const;
    const found = (before: Budget, after: Budget) =>
      relaxed(
        { budgets: [before], measurements: [start] },
        { budgets: [after], measurements: [start] },
      ).map(({ kind }) => kind);
    const bare = (max: number) => customBudget({ metric: 'cold-start', max });
    const inMs = customBudget({ metric: 'cold-start', max: written });
    expect(found(inMs, bare(5))).toHaveLength(1);
    expect(found(inMs, bare(1.1))).toEqual([]);
    expect(found(bare(1.2), inMs)).toEqual([]);
  });
});

describe('a limit removed', () => {
  test('max removed', () => {
    expect(between(all({ max: 10, maxIncrease: 1 }), all({ maxIncrease: 1 }))).toEqual([
      { budget: 'All', kind: 'limit-removed', from: 'max 10', to: null },
    ]);
  });

  test('maxIncrease removed', () => {
    expect(kinds(all({ max: 10, maxIncrease: 1 }), all({ max: 10 }))).toEqual(['limit-removed']);
  });

  test('one limit of a list removed', () => {
    expect(kinds(all({ maxIncrease: ['5%', 100] }), all({ maxIncrease: '5%' }))).toHaveLength(1);
    // At 10 kB, 5 % is the stricter one today; the other still held, and is gone.
    expect(kinds(all({ maxIncrease: ['5%', 900] }), all({ maxIncrease: '5%' }))).toHaveLength(1);
  });

  test('a limit added to a list is none', () => {
    expect(kinds(all({ maxIncrease: 100 }), all({ maxIncrease: [100, '5%'] }))).toEqual([]);
  });
});

describe('a limit moved to a weaker unit', () => {
  test('from an amount to a percent that is more of base', () => {
    expect(between(all({ maxIncrease: 100 }), all({ maxIncrease: '5%' }))).toMatchObject([
      { kind: 'weaker-unit', from: 'maxIncrease 100', to: 'maxIncrease 5%' },
    ]);
  });

  test('from a percent to an amount that is more', () => {
    expect(kinds(all({ maxIncrease: '5%' }), all({ maxIncrease: 501 }))).toEqual(['weaker-unit']);
  });

  test('to a unit that is stricter is none', () => {
    expect(kinds(all({ maxIncrease: 600 }), all({ maxIncrease: '5%' }))).toEqual([]);
    expect(kinds(all({ maxIncrease: '5%' }), all({ maxIncrease: 500 }))).toEqual([]);
  });

  test('where base is not known the move itself is said: percent and bytes cannot be compared', () => {
    const css = (facts: Parameters<typeof budget>[0]) => all({ files: 'dist/*.css', ...facts });
    expect(kinds(css({ maxIncrease: 1_000 }), css({ maxIncrease: '50%' }))).toHaveLength(1);
  });

  test('170 kB to 170 KiB is more bytes', () => {
    const before = all({ max: { value: 170_000, unit: 'byte', text: '170 kB' } });
    const after = all({ max: { value: 174_080, unit: 'byte', text: '170 KiB' } });
    expect(between(before, after)).toHaveLength(1);
  });
});

describe('a limit moved to a weaker encoding', () => {
  test('raw to gzip, gzip to brotli: the same number allows more', () => {
    const at = (encoding: 'raw' | 'gzip' | 'brotli') => all({ encoding, max: 10 });
    expect(between(at('raw'), at('gzip'))).toMatchObject([
      { kind: 'weaker-encoding', from: 'raw', to: 'gzip' },
    ]);
    expect(kinds(at('gzip'), at('brotli'))).toEqual(['weaker-encoding']);
    expect(kinds(at('brotli'), at('gzip'))).toEqual([]);
  });
});

describe('a budget, each or a positive pattern removed, a negation added', () => {
  test('a budget removed', () => {
    expect(
      between([all({ max: 1 }), budget({ name: 'Rest', files: 'x', max: 1 })], all({ max: 1 })),
    ).toEqual([{ budget: 'Rest', kind: 'budget-removed', from: null, to: null }]);
  });

  test('all budgets removed', () => {
    expect(between([all({ max: 1 })], [])).toMatchObject([{ kind: 'budget-removed' }]);
  });

  test('two budgets on one subject do not become one unseen', () => {
    const before = [
      budget({ name: 'A', max: 100 }),
      budget({ name: 'B', max: 100, maxIncrease: 10 }),
    ];
    expect(kinds(before, budget({ name: 'C', max: 100 }))).not.toEqual([]);
  });

  test('each removed', () => {
    expect(kinds(all({ each: true, max: 9 }), all({ max: 9 }))).toEqual(['each-removed']);
  });

  test('each added: a limit on the sum that becomes one on each file lets the sum grow', () => {
    expect(kinds(all({ max: 9 }), all({ each: true, max: 9 }))).toEqual(['each-added']);
  });

  test('a positive pattern removed', () => {
    const two = all({ files: ['dist/*.js', 'dist/*.css'], max: 9 });
    expect(between(two, all({ files: ['dist/*.js'], max: 9 }))).toMatchObject([
      { kind: 'pattern-removed', from: 'dist/*.css' },
    ]);
  });

  test('a negation added', () => {
    const less = all({ files: ['dist/*.js', '!dist/big.js'], max: 9 });
    expect(between(all({ max: 9 }), less)).toMatchObject([
      { kind: 'negation-added', to: '!dist/big.js' },
    ]);
    expect(between(less, all({ max: 9 }))).toEqual([]);
  });

  test('a pattern added, or another order of them, is none', () => {
    const [js, css] = ['dist/*.js', 'dist/*.css'];
    expect(kinds(all({ files: js, max: 9 }), all({ files: [css, js], max: 9 }))).toEqual([]);
  });

  test('other reports, another page or another metric under the same name', () => {
    const home = (facts: object) =>
      budget({ name: 'Home', metric: 'largest-contentful-paint', max: 9, ...facts });
    const changed = (facts: object) => between(home({}), home(facts));
    expect(changed({ page: '/empty' })).toMatchObject([{ kind: 'selection-changed' }]);
    expect(changed({ reports: ['other/*.json'] })).toMatchObject([{ kind: 'selection-changed' }]);
    const [metric] = changed({ metric: 'speed-index' });
    expect(metric?.kind).toBe('selection-changed');
    // "from X to X" says nothing: the metrics are what differs.
    expect(metric?.from).not.toBe(metric?.to);
  });
});

describe('references left out on a page', () => {
  const home = (...ignore: string[]) => pageBudget({ max: 9, ignore });

  test('one more', () => {
    expect(between(home('/a.js'), home('/a.js', '/b.js'))).toEqual([
      { budget: 'dist/index.html', kind: 'ignore-added', from: null, to: '/b.js' },
    ]);
    expect(kinds(pageBudget({ max: 9 }), home('*'))).toEqual(['ignore-added']);
  });

  test('in a budget of another name', () => {
    expect(kinds(home(), { ...home('/b.js'), name: 'Start' })).toEqual(['ignore-added']);
  });

  test('fewer, or what a pattern of base has left out already, loosens nothing', () => {
    expect(kinds(home('/a.js', '/b.js'), home('/a.js'))).toEqual([]);
    expect(kinds(home('/env/*'), home('/env/a.js', '/env/*.css'))).toEqual([]);
  });
});

describe('severity lowered, optional added, ignoreBelow raised', () => {
  test('severity lowered', () => {
    const at = (severity: 'fail' | 'warn') => all({ max: 9, severity });
    expect(between(at('fail'), at('warn'))).toEqual([
      { budget: 'All', kind: 'severity-lowered', from: 'fail', to: 'warn' },
    ]);
    expect(kinds(at('warn'), at('fail'))).toEqual([]);
  });

  test('optional added', () => {
    expect(kinds(all({ max: 9 }), all({ max: 9, optional: true }))).toEqual(['optional-added']);
    expect(kinds(all({ max: 9, optional: true }), all({ max: 9 }))).toEqual([]);
  });

  test('ignoreBelow raised', () => {
    const at = (ignoreBelow: number) => all({ max: 9, ignoreBelow });
    expect(between(at(10), at(20))).toEqual([
      { budget: 'All', kind: 'ignore-below-raised', from: '10', to: '20' },
    ]);
    expect(kinds(all({ max: 9 }), at(1))).toEqual(['ignore-below-raised']);
    expect(kinds(at(20), at(10))).toEqual([]);
  });
});

describe('a waiver added or extended', () => {
  const budgets = [all({ max: 900 })];
  const waived = (before: ReturnType<typeof waiver>[], after: ReturnType<typeof waiver>[]) =>
    relaxed({ budgets, waivers: before }, { budgets, waivers: after });
  const one = waiver({ budget: 'All', upTo: 950, until: '2026-03-01' });

  test('added', () => {
    expect(waived([], [one])).toEqual([
      { budget: 'All', kind: 'waiver-added', from: null, to: 'up to 950 until 2026-03-01' },
    ]);
  });

  test('extended in time, in value, or by leaving one of them out', () => {
    const extended = [{ budget: 'All', kind: 'waiver-extended' }];
    const until = (day: string) => waiver({ budget: 'All', upTo: 950, until: day });
    expect(waived([one], [until('2026-03-02')])).toMatchObject(extended);
    expect(
      waived([one], [waiver({ budget: 'All', upTo: 951, until: '2026-03-01' })]),
    ).toMatchObject(extended);
    expect(waived([one], [waiver({ budget: 'All', upTo: 950 })])).toMatchObject(extended);
    expect(waived([one], [waiver({ budget: 'All', until: '2026-03-01' })])).toMatchObject(extended);
  });

  test('kept, shortened or removed is none', () => {
    expect(waived([one], [one])).toEqual([]);
    expect(waived([one], [waiver({ budget: 'All', upTo: 940, until: '2026-02-01' })])).toEqual([]);
    expect(waived([one], [])).toEqual([]);
  });

  test('under a `min`, a lower upTo is the longer rope', () => {
    const scores = [budget({ name: 'Score', metric: 'performance', unit: 'score', min: 0.9 })];
    const down = (upTo: number) =>
      waiver({ budget: 'Score', upTo: amount(upTo, 'score'), until: '2026-03-01' });
    const found = (before: number, after: number) =>
      relaxed(
        { budgets: scores, waivers: [down(before)] },
        { budgets: scores, waivers: [down(after)] },
      ).map(({ kind }) => kind);
    expect(found(0.8, 0.5)).toEqual(['waiver-extended']);
    expect(found(0.5, 0.8)).toEqual([]);
  });
});

describe('`relaxing` weakened', () => {
  const change = (before: 'allow' | 'warn' | 'fail', after: 'allow' | 'warn' | 'fail') =>
    relaxed({ relaxing: before }, { relaxing: after });

  test('fail to warn to allow', () => {
    expect(change('fail', 'warn')).toEqual([
      { budget: null, kind: 'relaxing-weakened', from: 'fail', to: 'warn' },
    ]);
    expect(change('warn', 'allow')).toMatchObject([{ kind: 'relaxing-weakened' }]);
    expect(change('fail', 'allow')).toMatchObject([{ kind: 'relaxing-weakened' }]);
  });

  test('strengthened or kept is none', () => {
    expect(change('allow', 'fail')).toEqual([]);
    expect(change('warn', 'warn')).toEqual([]);
  });
});

describe('a renamed budget', () => {
  test('with the same subject and limits is none', () => {
    expect(between(all({ max: 9 }), budget({ name: 'Everything', max: 9 }))).toEqual([]);
  });

  test('with a limit raised on the way is one', () => {
    expect(between(all({ max: 9 }), budget({ name: 'Everything', max: 10 }))).toMatchObject([
      { kind: 'limit-raised' },
    ]);
  });

  test('a rename that reorders its patterns is none', () => {
    const before = all({ files: ['a/*.js', 'b/*.js'], max: 9 });
    const after = budget({ name: 'Everything', files: ['b/*.js', 'a/*.js'], max: 9 });
    expect(between(before, after)).toEqual([]);
  });

  test('is not a licence to take the place of another one', () => {
    const before = [all({ max: 9 }), budget({ name: 'Old', max: 5 })];
    expect(kinds(before, all({ max: 9 }))).toEqual(['budget-removed']);
  });
});

describe('`acceptLabel` set', () => {
  const change = (before: string | null, after: string | null) =>
    relaxed({ acceptLabel: before }, { acceptLabel: after });

  test('where base had none, or another', () => {
    expect(change(null, 'ok')).toEqual([
      { budget: null, kind: 'accept-label-set', from: null, to: 'ok' },
    ]);
    expect(change('ok', 'docs')).toEqual([
      { budget: null, kind: 'accept-label-set', from: 'ok', to: 'docs' },
    ]);
  });

  test('taken away, kept, or written in another case: no', () => {
    expect(change('ok', null)).toEqual([]);
    expect(change('ok', 'ok')).toEqual([]);
    expect(change('ok', 'OK')).toEqual([]);
  });
});

test('equal rules, and new budgets, are no loosening', () => {
  const budgets = [all({ max: 9, maxIncrease: ['5%', 10] })];
  expect(between(budgets, budgets)).toEqual([]);
  expect(between([], budgets)).toEqual([]);
});

describe('imports', () => {
  const from = './dist/index.js';
  const limited = (facts: Parameters<typeof importSelection>[0], max = 1_000) =>
    importBudget(importSelection(facts), { name: 'Core', max });

  test('names, files and what is counted taken away', () => {
    const both = limited({ imports: [{ from, names: ['a', 'b'] }] });
    const one = limited({ imports: [{ from, names: ['a'] }] });
    expect(between(both, one)).toEqual([
      {
        budget: 'Core',
        kind: 'selection-changed',
        from: 'import { a, b } from "./dist/index.js"',
        to: 'import { a } from "./dist/index.js"',
      },
    ]);
    expect(kinds(one, limited({ external: ['react'] }))).toEqual(['selection-changed']);
    expect(kinds(one, limited({ platform: 'node' }))).toEqual(['selection-changed']);
    expect(kinds(one, limited({ conditions: ['worker'] }))).toEqual(['selection-changed']);
  });

  test('more under the same limit is none', () => {
    const one = limited({});
    expect(kinds(one, limited({ imports: [{ from, names: ['a', 'b'] }] }))).toEqual([]);
    expect(kinds(one, limited({ imports: [{ from, names: ['*'] }] }))).toEqual([]);
    expect(kinds(limited({ external: ['react'] }), one)).toEqual([]);
    const more = [
      { from: './b.js', names: ['b'] },
      { from, names: ['a'] },
    ];
    expect(kinds(one, limited({ imports: more }))).toEqual([]);
  });

  test('the same under another name, in a weaker encoding, with a higher limit', () => {
    const selection = importSelection();
    const before = importBudget(selection, { name: 'Core', encoding: 'raw', max: 1_000 });
    const after = importBudget(selection, { name: 'Main', encoding: 'brotli', max: 1_001 });
    expect(kinds(before, after)).toEqual(['weaker-encoding', 'limit-raised']);
  });
});
