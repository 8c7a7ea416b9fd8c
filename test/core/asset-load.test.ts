import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { asset, type BudgetFacts, budget, page, snapshot, verdictOf } from '../support/build.ts';

const PAGES = [
  page('dist/index.html', { initial: ['dist/a.js'], lazy: ['dist/b.js', 'dist/c.js'] }),
];
const ASSETS = [
  { ...asset('dist/a.js', { gzip: 1 }), load: 'initial' },
  { ...asset('dist/b.js', { gzip: 20 }), load: 'lazy' },
  { ...asset('dist/c.js', { gzip: 300 }), load: 'lazy' },
  asset('dist/d.js', { gzip: 4_000 }),
] as const;

function build(facts: BudgetFacts, given: Partial<Snapshot> = {}): Snapshot {
  return snapshot({ budgets: [budget(facts)], assets: ASSETS, pages: PAGES, ...given });
}

function findings(facts: BudgetFacts, base: Snapshot | null = null, given: Partial<Snapshot> = {}) {
  return verdictOf(build(facts, given), base).findings;
}

describe('files of one class', () => {
  it.each([
    ['lazy', 320],
    ['initial', 1],
    [undefined, 4_321],
  ] as const)('%s', (load, actual) => {
    expect(findings({ load, max: 5_000 })).toMatchObject([{ actual, status: 'pass' }]);
  });

  it('each by itself', () => {
    expect(findings({ load: 'lazy', each: true, max: 100 })).toMatchObject([
      { subject: 'dist/b.js', status: 'pass' },
      { subject: 'dist/c.js', status: 'fail' },
    ]);
  });

  it.each([
    [5_000, 'lazy'],
    [1, 'initial'],
  ] as const)('are not judged where not all pages were read', (max, load) => {
    const given = { hasMorePages: true };
    const doubt = {
      status: 'inconclusive',
      reason: 'incomparable',
      detail: `not all pages of the build were read, so not all that is ${load} is known`,
    };
    expect(findings({ load, max }, null, given)).toMatchObject([doubt]);
    expect(findings({ load, files: 'dist/x.js', max }, null, given)).toMatchObject([doubt]);
    expect(findings({ max: 5_000 }, null, given)).toMatchObject([{ status: 'pass' }]);
  });

  it('are those of each side: what became lazy is growth of what is lazy', () => {
    const assets = ASSETS.map((one) => (one.path === 'dist/a.js' ? { ...one, load: 'lazy' } : one));
    const facts = { load: 'lazy', maxIncrease: 0 } as const;
    expect(findings(facts, build(facts), { assets: assets as Snapshot['assets'] })).toMatchObject([
      { base: 320, actual: 321, delta: 1, status: 'fail' },
    ]);
  });

  it('that are not there are no match, which says why', () => {
    const facts = { files: 'dist/a.js', load: 'lazy', max: 1 } as const;
    expect(findings(facts)).toMatchObject([
      { status: 'fail', reason: 'no-match', detail: 'no lazy file matches dist/a.js' },
    ]);
    expect(findings(facts, null, { pages: undefined })).toMatchObject([
      {
        reason: 'no-match',
        detail: 'no page of the build was found, so nothing says which files of dist/a.js are lazy',
      },
    ]);
  });

  it('are a new budget for a record without pages', () => {
    const facts = { load: 'lazy', maxIncrease: 0 } as const;
    expect(findings(facts, build(facts, { pages: undefined }))).toMatchObject([
      {
        status: 'inconclusive',
        reason: 'no-baseline',
        detail: "new budget: base's record does not say what its pages load",
      },
    ]);
  });

  it('loosen a budget on all of them', () => {
    const relaxed = (before: BudgetFacts, after: BudgetFacts) =>
      verdictOf(build({ max: 1, ...after }), build({ max: 1, ...before })).relaxed;
    expect(relaxed({}, { load: 'lazy' })).toMatchObject([
      { kind: 'selection-changed', from: 'dist/*.js', to: 'dist/*.js (lazy)' },
    ]);
    expect(relaxed({ load: 'lazy' }, {})).toEqual([]);
  });
});
