import { describe, expect, it } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { MOST_UNRESOLVED } from '../../src/model/page.ts';
import type { Asset, Snapshot } from '../../src/model/snapshot.ts';
import {
  asset,
  baseline,
  type PageBudgetFacts,
  page,
  pageBudget,
  snapshot,
  verdictOf,
} from '../support/build.ts';

const HTML = asset('dist/index.html', { gzip: 100 });
const INDEX = page('dist/index.html', {
  initial: ['dist/a.js', 'dist/a.css'],
  lazy: ['dist/b.js'],
});
const ASSETS = [
  HTML,
  asset('dist/a.js', { gzip: 1_000 }),
  asset('dist/a.css', { gzip: 10 }),
  asset('dist/b.js', { gzip: 5_000 }),
];

function build(facts: PageBudgetFacts, given: Partial<Snapshot> = {}): Snapshot {
  // A page's files are tracked because a budget speaks of them, and for no other reason.
  const tracked = { files: [], encodings: ['gzip'], reports: [] } as const;
  return snapshot({
    budgets: [pageBudget(facts)],
    assets: ASSETS,
    pages: [INDEX],
    tracked,
    ...given,
  });
}

function finding(
  facts: PageBudgetFacts,
  base: Snapshot | null = null,
  given: Partial<Snapshot> = {},
) {
  const { findings } = verdictOf(build(facts, given), base);
  expect(findings).toHaveLength(1);
  return findings[0];
}

describe('the bytes of a page', () => {
  it.each([
    [{}, 1_110],
    [{ types: ['script'] }, 1_000],
    [{ types: ['script', 'stylesheet'] }, 1_010],
    [{ types: ['script'], load: 'lazy' }, 5_000],
    [{ load: 'all' }, 6_110],
  ] as [PageBudgetFacts, number][])('%j', (facts, actual) => {
    expect(finding({ ...facts, max: 10_000 })).toMatchObject({
      actual,
      unit: 'byte',
      subject: 'dist/index.html',
      metric: 'size.gzip',
      status: 'pass',
    });
  });

  it('are not known where one of its files has no size', () => {
    const assets = ASSETS.filter(({ path }) => path !== 'dist/a.css');
    expect(finding({ max: 1 }, null, { assets })).toMatchObject({
      status: 'fail',
      actual: null,
      detail: 'some of its files have no gzip size',
    });
  });

  it.each(['fail', 'warn'] as const)('fail where no page matches, with severity %s', (severity) => {
    expect(finding({ page: 'dist/gone.html', max: 1, severity })).toMatchObject({
      status: 'fail',
      reason: 'no-match',
      detail: 'no page matches dist/gone.html',
    });
    expect(finding({ page: 'dist/gone.html', max: 1, optional: true })).toMatchObject({
      status: 'pass',
    });
  });
});

describe('types that select no file', () => {
  it('are no match', () => {
    expect(finding({ types: ['font'], max: 10_000 })).toMatchObject({
      status: 'fail',
      reason: 'no-match',
      detail: 'dist/index.html loads no file of type font at once',
    });
    const facts = { types: ['font'], maxIncrease: 1 } as const;
    expect(finding(facts, build(facts))).toMatchObject({ status: 'fail', reason: 'no-match' });
  });

  it('are right for a limit of 0, and for an optional budget', () => {
    expect(finding({ types: ['font'], max: 0 })).toMatchObject({ status: 'pass', actual: 0 });
    const optional = { types: ['font'], max: 9, optional: true } as const;
    expect(finding(optional)).toMatchObject({ status: 'pass', reason: 'no-match' });
  });

  it('are no fault of one page where another has some', () => {
    const pages = [INDEX, page('dist/bare.html')];
    const facts = { page: 'dist/*.html', types: ['script'], each: true, max: 2_000 } as const;
    const { findings } = verdictOf(build(facts, { pages }), null);
    expect(findings.map(({ status }) => status)).toEqual(['pass', 'pass']);
  });
});

describe('scripts and style sheets that are not in the build', () => {
  const pages = [{ ...INDEX, unresolved: ['/b.js', '/c.css'], broken: ['/b.js', '/c.css'] }];
  const doubt = {
    status: 'inconclusive',
    reason: 'incomparable',
    detail: 'dist/index.html refers to /b.js and 1 more, not in the build and not counted',
  };

  it.each([
    { max: 10_000 },
    { metric: 'requests', max: 10 },
    { metric: 'download-time', network: { kbps: 400, rtt: 400 }, max: 100_000 },
  ])('are no pass: %j', (facts) => {
    expect(finding(facts, null, { pages })).toMatchObject(doubt);
  });

  it('leave what is broken broken, and the HTML alone as it is', () => {
    expect(finding({ max: 1 }, null, { pages })).toMatchObject({ status: 'fail', reason: null });
    const facts = { types: ['document'], max: 1_000 } as const;
    expect(finding(facts, null, { pages })).toMatchObject({ status: 'pass' });
  });

  it('are none where the budget leaves them out, and the others stay', () => {
    const ignore = (...patterns: string[]) =>
      finding({ max: 10_000, ignore: patterns }, null, { pages });
    expect(ignore('/b.js', '*.css')).toMatchObject({ status: 'pass', detail: null });
    expect(ignore('/b.js')).toMatchObject({
      status: 'inconclusive',
      detail: 'dist/index.html refers to /c.css, not in the build and not counted',
    });
  });

  it('may be more than are listed: a list that was cut is no pass', () => {
    const ofMany = (length: number) => {
      const broken = Array.from({ length }, (_, index) => `/env/${index}.js`);
      const given = { pages: [{ ...INDEX, unresolved: broken.slice(0, MOST_UNRESOLVED), broken }] };
      return finding({ max: 10_000, ignore: ['/env/*'] }, null, given);
    };
    expect(ofMany(MOST_UNRESOLVED)).toMatchObject({ status: 'pass', detail: null });
    expect(ofMany(MOST_UNRESOLVED + 1)).toMatchObject({
      status: 'inconclusive',
      detail: 'dist/index.html refers to more files, not in the build and not counted',
    });
  });

  it('are no reason for types that select nothing, once they are left out', () => {
    const facts = { types: ['script'], load: 'lazy', max: 9, ignore: ['*'] } as const;
    const given = {
      pages: [{ ...page('dist/index.html'), unresolved: ['/b.js'], broken: ['/b.js'] }],
    };
    expect(finding(facts, null, given)).toMatchObject({
      status: 'fail',
      detail: 'dist/index.html loads no file of type script later',
    });
  });

  it('are no pass of a limit on changes either', () => {
    const facts = { maxIncrease: 10 };
    expect(finding(facts, build(facts), { pages })).toMatchObject(doubt);
  });
});

describe('several pages', () => {
  const about = page('dist/about.html', { initial: ['dist/a.js'] });
  const given = {
    pages: [about, INDEX],
    assets: [...ASSETS, asset('dist/about.html', { gzip: 50 })],
  };

  it('count as the union of their files, each once', () => {
    expect(finding({ page: 'dist/*.html', max: 1 }, null, given)).toMatchObject({
      subject: 'dist/*.html',
      actual: 1_160,
    });
  });

  it('are judged one by one with `each`', () => {
    const { findings } = verdictOf(
      build({ page: 'dist/*.html', each: true, max: 1_060 }, given),
      null,
    );
    expect(findings.map(({ subject, actual, status }) => [subject, actual, status])).toEqual([
      ['dist/about.html', 1_050, 'pass'],
      ['dist/index.html', 1_110, 'fail'],
    ]);
  });

  it('leave out what is negated', () => {
    expect(
      finding({ page: ['dist/*.html', '!dist/about.html'], max: 1 }, null, given),
    ).toMatchObject({
      actual: 1_110,
    });
  });
});

describe('requests and download time', () => {
  it('requests are files; what is inline is none', () => {
    expect(finding({ metric: 'requests', max: 2 })).toMatchObject({
      actual: 3,
      over: 1,
      unit: 'count',
    });
  });

  it('a download takes one round trip and its bits', () => {
    const network = { kbps: 400, rtt: 400 };
    expect(finding({ metric: 'download-time', network, max: 1_000 })).toMatchObject({
      actual: 400 + (1_110 * 8) / 400,
      unit: 'millisecond',
    });
  });

  it('nothing takes no time', () => {
    const network = { kbps: 400, rtt: 400 };
    const facts = { metric: 'download-time', types: ['font'], network, max: 0 } as const;
    expect(finding(facts)).toMatchObject({ actual: 0, status: 'pass' });
  });
});

describe('against base', () => {
  const grown = ASSETS.map((one) =>
    one.path === 'dist/a.js' ? asset('dist/a.js', { gzip: 1_400 }) : one,
  );
  const limits = { maxIncrease: 300 } as const;

  it('is the same page in base', () => {
    expect(finding(limits, build(limits), { assets: grown })).toMatchObject({
      status: 'fail',
      base: 1_110,
      delta: 400,
      over: 100,
    });
  });

  it('counts what the page did not load before', () => {
    const pages = [page('dist/index.html', { initial: ['dist/a.js', 'dist/a.css', 'dist/b.js'] })];
    expect(finding(limits, build({ ...limits, load: 'all' }), { pages })).toMatchObject({
      delta: 5_000,
    });
  });

  it('shares equal contents: hashes of siblings are no growth', () => {
    const head = ASSETS.map((one) =>
      one.path === 'dist/a.js' ? { ...one, gzip: 1_003, sha256: 'f'.repeat(64) } : one,
    );
    expect(finding(limits, build(limits), { assets: head })).toMatchObject({ delta: 0 });
  });

  it.each([
    ['a record without pages', { pages: undefined }, "new budget: base's record knows no pages"],
    ['a record without this page', { pages: [], budgets: [] }, 'new budget: base has no such page'],
    [
      'a record without sizes of all of it',
      { assets: [HTML] },
      'new budget: base has no gzip sizes of all that it loads',
    ],
  ])('is a new budget for %s', (_, given, detail) => {
    expect(finding(limits, build(limits, given as Partial<Snapshot>))).toMatchObject({
      status: 'inconclusive',
      reason: 'no-baseline',
      detail,
    });
  });

  it('a new page among those of base counts in full, and by itself is new', () => {
    const about = page('dist/about.html');
    const given = {
      pages: [INDEX, about],
      assets: [...ASSETS, asset('dist/about.html', { gzip: 400 })],
    };
    const facts = { page: 'dist/*.html', ...limits };
    expect(finding(facts, build(facts), given)).toMatchObject({ delta: 400, status: 'fail' });
    const { findings } = verdictOf(build({ ...facts, each: true }, given), build(facts));
    expect(findings.map(({ subject }) => subject)).toEqual(['dist/index.html']);
  });

  it('requests need no sizes', () => {
    const facts = { metric: 'requests', maxIncrease: 0 } as const;
    expect(finding(facts, build(facts, { assets: [] }))).toMatchObject({ base: 3, delta: 0 });
  });

  it('is incomparable with another encoder, where contents differ', () => {
    const other = { levels: { gzip: 6, brotli: 11 }, probe: { gzip: 505 }, versions: {} };
    const base = build(limits, { encoders: other });
    expect(finding(limits, base)).toMatchObject({ delta: 0 });
    expect(finding(limits, base, { assets: grown })).toMatchObject({ reason: 'incomparable' });
  });

  it('a file that a page begins to load is new, where base would have weighed it', () => {
    const head = build(limits, {
      pages: [page('dist/index.html', { initial: ['dist/a.js', 'dist/new.js'] })],
      assets: [...ASSETS, asset('dist/new.js', { gzip: 7 })],
    });
    const changeOf = (base: Snapshot) =>
      compare(head, baseline(base)).assets.find(({ subject }) => subject === 'dist/new.js');
    expect(changeOf(build(limits))).toMatchObject({ base: null, isLookedFor: true });
    expect(changeOf(build(limits, { budgets: [] }))).toMatchObject({ isLookedFor: false });
    const onlyStyles = build({ ...limits, types: ['stylesheet'] });
    expect(changeOf(onlyStyles)).toMatchObject({ isLookedFor: false });
  });
});

describe('loosened', () => {
  const network = { kbps: 400, rtt: 400 };
  const relaxed = (before: PageBudgetFacts, after: PageBudgetFacts) =>
    verdictOf(
      build({ name: 'Home', max: 9_000, ...after }),
      build({ name: 'Home', max: 9_000, ...before }),
    ).relaxed.map(({ kind }) => kind);

  it.each([
    [
      'a type is removed',
      { types: ['script', 'font'] },
      { types: ['script'] },
      'selection-changed',
    ],
    ['only what is lazy counts', {}, { load: 'lazy' }, 'selection-changed'],
    ['not all counts any more', { load: 'all' }, {}, 'selection-changed'],
    [
      'a page is removed',
      { page: ['dist/*.html', 'b.html'] },
      { page: ['dist/*.html'] },
      'pattern-removed',
    ],
    ['a page is left out', { page: ['*.html'] }, { page: ['*.html', '!a.html'] }, 'negation-added'],
    ['each goes', { each: true }, {}, 'each-removed'],
    ['another encoding', { encoding: 'gzip' }, { encoding: 'brotli' }, 'weaker-encoding'],
    ['another metric', {}, { metric: 'requests' }, 'selection-changed'],
    [
      'a faster network',
      { metric: 'download-time', network },
      { metric: 'download-time', network: { kbps: 401, rtt: 400 } },
      'selection-changed',
    ],
    [
      'a time of fewer bytes',
      { metric: 'download-time', network },
      { metric: 'download-time', network, encoding: 'brotli' },
      'weaker-encoding',
    ],
  ] as [string, PageBudgetFacts, PageBudgetFacts, string][])(
    'when %s',
    (_, before, after, kind) => {
      expect(relaxed(before, after)).toEqual([kind]);
    },
  );

  it.each([
    ['a type is added', { types: ['script'] }, { types: ['script', 'font'] }],
    ['all counts now', {}, { load: 'all' }],
    [
      'a slower network',
      { metric: 'download-time', network: { kbps: 500, rtt: 1 } },
      { metric: 'download-time', network },
    ],
  ] as [string, PageBudgetFacts, PageBudgetFacts][])('not when %s', (_, before, after) => {
    expect(relaxed(before, after)).toEqual([]);
  });
});

// What the builders leave out would make a test pass for the wrong reason.
it('the sizes of the builders are those that are given', () => {
  expect(ASSETS.map(({ gzip }: Asset) => gzip)).toEqual([100, 1_000, 10, 5_000]);
});
