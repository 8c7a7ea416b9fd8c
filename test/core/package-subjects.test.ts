import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/core/attribute.ts';
import { compare } from '../../src/core/compare.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import {
  asset,
  baseline,
  duplicatesBudget,
  installed,
  opened,
  packageBudget,
  snapshot,
  verdictOf,
} from '../support/build.ts';

const APP = { 'src/main.ts': 900 };
const MOMENT = { 'node_modules/moment/moment.js': 6_000, 'node_modules/moment/locale.js': 3_000 };
const NONE = [packageBudget('moment', { max: 0 })];

function built(...assets: Asset[]) {
  return snapshot({ budgets: NONE, assets });
}

function only<Item>(list: readonly Item[]): Item {
  const [first, ...others] = list;
  if (first === undefined || others.length > 0) throw new Error(`${list.length} of one`);
  return first;
}

describe('a budget on a package', () => {
  it('sums up its modules in all files, in the encoding asked for', () => {
    const head = built(opened('a.js', { ...APP, ...MOMENT }), opened('b.js', MOMENT));

    expect(only(verdictOf(head, null).findings)).toMatchObject({
      subject: 'moment',
      status: 'fail',
      actual: 6_000,
      over: 6_000,
      unit: 'byte',
    });
  });

  it('holds where the package is not inside: 0 is a real limit', () => {
    expect(only(verdictOf(built(opened('a.js', APP)), null).findings)).toMatchObject({
      status: 'pass',
      actual: 0,
      detail: null,
    });
  });

  it('fails where nothing says what is inside: not known is not none', () => {
    const head = built(asset('a.js'), asset('logo.png'));

    expect(only(verdictOf(head, null).findings)).toMatchObject({
      status: 'fail',
      reason: 'no-match',
      detail: 'what is inside is not known: the script has no source maps',
    });
  });

  it('does not pass where a script could not be looked into, and counts nothing else', () => {
    const head = built(
      opened('a.js', APP),
      asset('b.js'),
      asset('c.css'),
      asset('d.png'),
      asset('e.js', { raw: 0 }),
    );

    expect(only(verdictOf(head, null).findings)).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
      actual: null,
      detail:
        '1 script has no source map, and could not be looked into: turn source maps on for it',
    });
  });

  it('passes with `optional` where a script could not be looked into', () => {
    const budgets = [packageBudget('moment', { max: 0, optional: true })];
    const head = snapshot({ budgets, assets: [opened('a.js', APP), asset('b.js')] });

    expect(only(verdictOf(head, null).findings)).toMatchObject({ status: 'pass', actual: null });
  });

  it('stays broken by what is known', () => {
    const head = built(opened('a.js', MOMENT), asset('b.js'));

    expect(only(verdictOf(head, null).findings)).toMatchObject({ status: 'fail', over: 3_000 });
  });

  it('holds a `min` by what is known, and breaks none by it', () => {
    const budgets = [packageBudget('moment', { min: 2_000 })];
    const of = (...assets: Asset[]) => verdictOf(snapshot({ budgets, assets }), null).findings;

    expect(only(of(opened('a.js', MOMENT), asset('b.js'))).status).toBe('pass');
    expect(only(of(opened('a.js', APP), asset('b.js'))).status).toBe('inconclusive');
  });

  it('leaves small loaders beside large scripts out of account, and says so', () => {
    const app = opened('a.js', { 'src/main.ts': 200_000 });
    const head = built(app, asset('_buildManifest.js', { raw: 1_999 }));

    expect(only(verdictOf(head, null).findings)).toMatchObject({
      status: 'pass',
      actual: 0,
      detail: '1 script has no source map, and could not be looked into',
    });
  });

  it.each([
    ['is not small', [2_000]],
    ['is small, and one of many', [1_999, 1_999, 1_999]],
  ])('counts a script without a map that %s', (_, sizes) => {
    const others = sizes.map((raw, index) => asset(`${index}.js`, { raw }));
    const head = built(opened('a.js', { 'src/main.ts': 200_000 }), ...others);

    expect(only(verdictOf(head, null).findings).status).toBe('inconclusive');
  });

  it('takes a name that is nowhere inside for misspelled', () => {
    const of = (facts: Parameters<typeof packageBudget>[1]) => {
      const budgets = [packageBudget('momet', facts)];
      const head = snapshot({ budgets, assets: [opened('a.js', MOMENT)] });
      return only(verdictOf(head, head).findings);
    };
    const missing = { reason: 'no-match', actual: null, detail: 'no module of momet is inside' };

    expect(of({ max: 5_000 })).toMatchObject({ status: 'fail', ...missing });
    expect(of({ maxIncrease: 0 })).toMatchObject({ status: 'fail', ...missing });
    expect(of({ max: 5_000, optional: true })).toMatchObject({ status: 'pass', ...missing });
    expect(of({ max: 0 })).toMatchObject({ status: 'pass', actual: 0 });
  });

  it('knows what this change takes out', () => {
    const budgets = [packageBudget('moment', { max: 5_000 })];
    const base = snapshot({ budgets, assets: [opened('a.js', MOMENT)] });
    const head = snapshot({ budgets, assets: [opened('a.js', APP)] });

    expect(only(verdictOf(head, base).findings)).toMatchObject({ status: 'pass', actual: 0 });
  });

  it('compares beside a script that did not change, and not beside one that did', () => {
    const budgets = [packageBudget('moment', { maxIncrease: 500 })];
    const of = (...assets: Asset[]) => snapshot({ budgets, assets });
    const base = of(opened('a.js', MOMENT), asset('b.js', { content: 'one' }));
    const grown = opened('a.js', { ...MOMENT, 'node_modules/moment/more.js': 300 });
    const same = of(grown, asset('b.js', { content: 'one' }));
    const other = of(grown, asset('b.js', { content: 'two' }));
    const gone = of(grown);

    expect(only(verdictOf(same, base).findings)).toMatchObject({ status: 'pass', delta: 100 });
    for (const head of [other, gone]) {
      expect(only(verdictOf(head, base).findings)).toMatchObject({
        status: 'inconclusive',
        reason: 'incomparable',
        delta: null,
      });
    }
  });

  it('breaks no percent of a base that is not known in full', () => {
    const budgets = [packageBudget('moment', { maxIncrease: '1%' })];
    const closed = asset('b.js');
    const base = snapshot({ budgets, assets: [opened('a.js', MOMENT), closed] });
    const more = { ...MOMENT, 'node_modules/moment/more.js': 3_000 };
    const head = snapshot({ budgets, assets: [opened('a.js', more), closed] });

    expect(only(verdictOf(head, base).findings)).toMatchObject({
      status: 'inconclusive',
      reason: 'incomparable',
    });
  });

  it('is not taken in by a package whose name begins like it', () => {
    const head = built(opened('a.js', { 'node_modules/moment-timezone/index.js': 900 }));

    expect(only(verdictOf(head, null).findings).actual).toBe(0);
  });

  it('judges growth, and its causes sum to it', () => {
    const budgets = [packageBudget('moment', { maxIncrease: 500 })];
    const base = snapshot({ budgets, assets: [opened('a.js', { ...APP, ...MOMENT })] });
    const grown = { ...APP, ...MOMENT, 'node_modules/moment/more.js': 3_000 };
    const head = snapshot({ budgets, assets: [opened('a.js', grown)] });
    const finding = only(verdictOf(head, base).findings);
    const causes = attribute(compare(head, baseline(base)), 'gzip').filter(
      ({ budget }) => budget !== null,
    );

    expect(finding).toMatchObject({ status: 'fail', base: 3_000, actual: 4_000, delta: 1_000 });
    expect(causes.map(({ kind, bytes }) => [kind, bytes])).toEqual([['grown', 1_000]]);
  });

  it('has no base in a record that does not say what was inside', () => {
    const budgets = [packageBudget('moment', { maxIncrease: 500 })];
    const base = snapshot({ budgets, assets: [asset('a.js')] });
    const head = snapshot({ budgets, assets: [opened('a.js', MOMENT)] });

    expect(only(verdictOf(head, base).findings)).toMatchObject({
      status: 'inconclusive',
      reason: 'no-baseline',
      detail: 'new budget: nothing says what was inside the files of base',
    });
  });

  it('did not change where the files did not, whatever an older record says of their insides', () => {
    const budgets = [packageBudget('moment', { maxIncrease: 0 })];
    const one = opened('a.js', MOMENT);
    const rounded = { ...one, modules: one.modules?.map(({ id, raw }) => ({ id, raw: raw - 7 })) };
    const base = snapshot({ budgets, assets: [rounded] });

    expect(only(verdictOf(snapshot({ budgets, assets: [one] }), base).findings)).toMatchObject({
      status: 'pass',
      delta: 0,
    });
  });
});

describe('a budget on duplicates', () => {
  const budgets = [duplicatesBudget({ max: 0, maxIncrease: 0 })];
  const inner = 'node_modules/old/node_modules/qs';
  const twice = { 'node_modules/qs/i.js': 900, [`${inner}/i.js`]: 800 };
  const packages = [installed('qs', '6.13.0'), installed('qs', '5.0.0', { instance: inner })];

  it('counts packages that are inside in two copies, and names them', () => {
    const head = snapshot({ budgets, packages, assets: [opened('a.js', twice)] });
    const [first] = verdictOf(head, null).findings;

    expect(first).toMatchObject({
      subject: 'duplicates',
      unit: 'count',
      status: 'fail',
      actual: 1,
      detail: 'qs (5.0.0 and 6.13.0)',
    });
  });

  it('says how many copies there are, where all are of one version', () => {
    const same = packages.map((one) => ({ ...one, version: '6.13.0' }));
    const head = snapshot({ budgets, packages: same, assets: [opened('a.js', twice)] });

    expect(verdictOf(head, null).findings[0]?.detail).toBe('qs (2 copies)');
  });

  it('does not count a copy that is installed and not inside', () => {
    const inside = { 'node_modules/qs/i.js': 900 };
    const head = snapshot({ budgets, packages, assets: [opened('a.js', inside)] });

    expect(verdictOf(head, null).findings[0]).toMatchObject({ status: 'pass', actual: 0 });
  });

  it('judges growth against base', () => {
    const base = snapshot({ budgets, packages, assets: [opened('a.js', twice)] });
    const more = { 'node_modules/x/i.js': 9, 'node_modules/y/node_modules/x/i.js': 9 };
    const head = snapshot({ budgets, packages, assets: [opened('a.js', { ...twice, ...more })] });
    const found = verdictOf(head, base).findings;

    expect(found.map(({ rule, status, delta }) => [rule, status, delta])).toEqual([
      ['max', 'fail', 1],
      ['max-increase', 'fail', 1],
    ]);
  });

  it('does not pass where a script could not be looked into', () => {
    const assets = [opened('a.js', APP), asset('b.js')];
    const base = snapshot({ budgets, assets: [opened('a.js', APP)] });

    expect(verdictOf(snapshot({ budgets, assets }), base).findings).toMatchObject([
      { rule: 'max', status: 'inconclusive', reason: 'incomparable', actual: null },
      { rule: 'max-increase', status: 'inconclusive', reason: 'incomparable', actual: null },
    ]);
  });

  it('fails where nothing says what is inside', () => {
    const head = snapshot({ budgets, assets: [asset('a.js')] });

    expect(verdictOf(head, null).findings[0]).toMatchObject({ status: 'fail', reason: 'no-match' });
  });
});
