import { describe, expect, test } from 'vitest';
import { worst } from '../../src/model/verdict.ts';
import {
  asset,
  baseline,
  budget,
  customBudget,
  customMeasurement,
  measurement,
  snapshot,
  verdictOf,
  waiver,
} from '../support/build.ts';

const app = (gzip: number, content?: string) =>
  asset('dist/app.js', { gzip, ...(content === undefined ? {} : { content }) });
const LCP = 'largest-contentful-paint';
/** Three runs of the page, which differ. */
const paint = (middle: number) =>
  measurement({ metric: LCP, samples: [middle - 100, middle, middle + 100] });

describe('within all limits', () => {
  test('pass: one finding for each limit and subject', () => {
    const head = snapshot({
      budgets: [budget({ max: 2_000, maxIncrease: [100, '10%'] })],
      assets: [app(1_050)],
    });
    const { status, findings, relaxed } = verdictOf(
      head,
      snapshot({ budgets: head.budgets, assets: [app(1_000)] }),
    );
    expect(status).toBe('pass');
    expect(relaxed).toEqual([]);
    expect(findings).toMatchObject([
      { rule: 'max', status: 'pass', actual: 1_050, allowed: 2_000, over: 0, reason: null },
      { rule: 'max-increase', status: 'pass', allowed: 100, over: 0, base: 1_000, delta: 50 },
      { rule: 'max-increase', status: 'pass', allowed: 100, over: 0, limit: '10%' },
    ]);
  });

  test('a finding has every field of the promised report', () => {
    const head = snapshot({
      budgets: [budget({ max: 900, message: 'split it' })],
      assets: [app(1_000)],
    });
    const base = snapshot({ budgets: head.budgets, assets: [app(800)] });
    expect(verdictOf(head, base).findings).toEqual([
      {
        budget: 'dist/*.js',
        subject: 'dist/*.js',
        metric: 'size.gzip',
        unit: 'byte',
        rule: 'max',
        status: 'fail',
        actual: 1_000,
        allowed: 900,
        over: 100,
        base: 800,
        delta: 200,
        reason: null,
        detail: null,
        limit: '900',
        severity: 'fail',
        runs: 1,
        interval: null,
        message: 'split it',
      },
    ]);
  });

  test('exactly at a limit is within it, one byte more is not', () => {
    const judged = (gzip: number) =>
      verdictOf(snapshot({ budgets: [budget({ max: 1_000 })], assets: [app(gzip)] }), null).status;
    expect(judged(1_000)).toBe('pass');
    expect(judged(1_001)).toBe('fail');
  });
});

describe('over max, under min, or changed for the worse by more than the relative limit', () => {
  test('over max: the severity of the budget', () => {
    const judged = (severity: 'fail' | 'warn') =>
      verdictOf(
        snapshot({ budgets: [budget({ max: 999, severity })], assets: [app(1_000)] }),
        null,
      );
    expect(judged('fail')).toMatchObject({
      status: 'fail',
      findings: [{ rule: 'max', status: 'fail', over: 1, reason: null }],
    });
    expect(judged('warn')).toMatchObject({
      status: 'warn',
      findings: [{ status: 'warn', over: 1 }],
    });
  });

  test('under min', () => {
    const head = snapshot({
      budgets: [budget({ metric: 'performance', unit: 'score', min: 0.9 })],
      measurements: [
        measurement({ metric: 'performance', unit: 'score', better: 'higher', value: 0.8 }),
      ],
    });
    expect(verdictOf(head, null).findings).toMatchObject([
      { rule: 'min', status: 'fail', actual: 0.8, allowed: 0.9, over: 0.1 },
    ]);
  });

  test('max: 0 is a real limit, not "not given"', () => {
    const head = snapshot({ budgets: [budget({ max: 0 })], assets: [app(1)] });
    expect(verdictOf(head, null).findings).toMatchObject([{ status: 'fail', allowed: 0, over: 1 }]);
  });

  test('maxIncrease: 0 expresses "no growth at all"', () => {
    const judged = (gzip: number) => {
      const head = snapshot({ budgets: [budget({ maxIncrease: 0 })], assets: [app(gzip)] });
      return verdictOf(head, snapshot({ assets: [app(1_000)] })).findings;
    };
    expect(judged(1_001)).toMatchObject([{ status: 'fail', allowed: 0, over: 1, delta: 1 }]);
    expect(judged(1_000)).toMatchObject([{ status: 'pass' }]);
    expect(judged(999)).toMatchObject([{ status: 'pass', delta: -1 }]);
  });

  test('a percent is of base', () => {
    const judged = (gzip: number) => {
      const head = snapshot({ budgets: [budget({ maxIncrease: '5%' })], assets: [app(gzip)] });
      return verdictOf(head, snapshot({ assets: [app(2_000)] })).findings;
    };
    expect(judged(2_100)).toMatchObject([{ status: 'pass', allowed: 100 }]);
    expect(judged(2_101)).toMatchObject([{ status: 'fail', allowed: 100, over: 1, delta: 101 }]);
  });

  test('several limits in a list: all of them must hold, each has its finding', () => {
    const head = snapshot({
      budgets: [budget({ maxIncrease: ['50%', 100] })],
      assets: [app(1_101)],
    });
    expect(verdictOf(head, snapshot({ assets: [app(1_000)] })).findings).toMatchObject([
      { limit: '50%', status: 'pass' },
      { limit: '100', status: 'fail', over: 1 },
    ]);
  });

  test('max-decrease: a fall of what should be high', () => {
    const rate = (value: number) =>
      customMeasurement({
        metric: 'rate',
        unit: 'per-second',
        better: 'higher',
        samples: [value, value, value],
      });
    const judged = (value: number) => {
      const budgets = [customBudget({ metric: 'rate', maxDecrease: '10%' })];
      const head = snapshot({ budgets, measurements: [rate(value)] });
      return verdictOf(head, snapshot({ budgets, measurements: [rate(500)] })).findings;
    };
    expect(judged(440)).toMatchObject([
      { rule: 'max-decrease', status: 'fail', allowed: 50, over: 10, delta: -60 },
    ]);
    expect(judged(450)).toMatchObject([{ status: 'pass' }]);
    expect(judged(900)).toMatchObject([{ status: 'pass', delta: 400 }]);
  });

  test('a negative delta never breaks a limit on growth', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: 10 })], assets: [app(100)] });
    expect(verdictOf(head, snapshot({ assets: [app(5_000)] })).findings).toMatchObject([
      { status: 'pass', over: 0, delta: -4_900 },
    ]);
  });

  test('floats: 0.4 - 0.3 is 0.1, which is not more than 0.1', () => {
    const shift = (value: number) =>
      measurement({
        metric: 'cumulative-layout-shift',
        unit: 'score',
        samples: [value, value, value],
      });
    const budgets = [
      budget({ metric: 'cumulative-layout-shift', unit: 'score', max: 0.4, maxIncrease: 0.1 }),
    ];
    const head = snapshot({ budgets, measurements: [shift(0.4)] });
    expect(verdictOf(head, snapshot({ measurements: [shift(0.3)] })).findings).toMatchObject([
      { rule: 'max', status: 'pass', delta: 0.1 },
      { rule: 'max-increase', status: 'pass', delta: 0.1, over: 0 },
    ]);
  });

  test('a bare number is in the unit that the report declares', () => {
    const start = customMeasurement({ metric: 'cold-start', scale: 1_000, value: 1_300 });
    const budgets = [customBudget({ metric: 'cold-start', max: 1.2 })];
    expect(verdictOf(snapshot({ budgets, measurements: [start] }), null).findings).toMatchObject([
      { status: 'fail', unit: 'millisecond', actual: 1_300, allowed: 1_200, over: 100 },
    ]);
  });

  test('a group is the sum of its files, and a negation leaves one out', () => {
    const head = snapshot({
      budgets: [budget({ files: ['dist/*.js', '!dist/b.js'], max: 10 })],
      assets: [
        asset('dist/a.js', { gzip: 100 }),
        asset('dist/b.js', { gzip: 1_000 }),
        asset('dist/c.js', { gzip: 10 }),
      ],
    });
    expect(verdictOf(head, null).findings).toMatchObject([
      { actual: 110, subject: 'dist/*.js, !dist/b.js' },
    ]);
  });

  test('a threshold per file hides growth: 40 files x 99 B are 3,960 B in the sum', () => {
    const files = (size: number) =>
      Array.from({ length: 40 }, (_, index) => asset(`dist/${index}.js`, { gzip: size }));
    const budgets = [budget({ maxIncrease: 1_000, ignoreBelow: 100 })];
    const head = snapshot({ budgets, assets: files(1_099) });
    expect(verdictOf(head, snapshot({ assets: files(1_000) })).findings).toMatchObject([
      { status: 'fail', delta: 3_960 },
    ]);
  });
});

describe('over max (under min), base was too, and this change did not make it worse', () => {
  const budgets = [budget({ max: 900 })];
  const judged = (before: number, after: number) =>
    verdictOf(
      snapshot({ budgets, assets: [app(after)] }),
      snapshot({ budgets, assets: [app(before)] }),
    ).findings;

  test('warn, already-over, naming by how much', () => {
    expect(judged(1_000, 1_000)).toMatchObject([
      { status: 'warn', reason: 'already-over', over: 100, base: 1_000, delta: 0 },
    ]);
    expect(judged(1_000, 950)).toMatchObject([
      { status: 'warn', reason: 'already-over', over: 50, delta: -50 },
    ]);
  });

  test('one byte worse fails', () => {
    expect(judged(1_000, 1_001)).toMatchObject([{ status: 'fail', reason: null, over: 101 }]);
  });

  test('base within the limit: this change broke it', () => {
    expect(judged(900, 901)).toMatchObject([{ status: 'fail', reason: null }]);
  });

  test('under min likewise', () => {
    const score = (value: number) =>
      measurement({ metric: 'performance', unit: 'score', better: 'higher', value });
    const own = [budget({ metric: 'performance', unit: 'score', min: 0.9 })];
    const beside = (before: number, after: number) =>
      verdictOf(
        snapshot({ budgets: own, measurements: [score(after)] }),
        snapshot({ measurements: [score(before)] }),
      ).findings;
    expect(beside(0.8, 0.85)).toMatchObject([{ status: 'warn', reason: 'already-over' }]);
    expect(beside(0.8, 0.79)).toMatchObject([{ status: 'fail', reason: null }]);
  });
});

describe('a relative limit and no baseline', () => {
  test('inconclusive, no-baseline; never +100 %, never a pass', () => {
    const head = snapshot({
      budgets: [budget({ max: 2_000, maxIncrease: '1%' })],
      assets: [app(1)],
    });
    expect(verdictOf(head, null)).toMatchObject({
      status: 'inconclusive',
      findings: [
        { rule: 'max', status: 'pass', base: null, delta: null },
        {
          rule: 'max-increase',
          status: 'inconclusive',
          reason: 'no-baseline',
          base: null,
          delta: null,
          over: null,
        },
      ],
    });
  });
});

describe('a subject, pattern or encoding that base did not track (a new budget)', () => {
  const newBudget = { status: 'inconclusive', reason: 'no-baseline', base: null, delta: null };
  const tracked = { files: [['dist/*.js']], encodings: ['gzip' as const], reports: [] };

  test('files that base did not look for', () => {
    const css = asset('dist/app.css', { gzip: 500 });
    const head = snapshot({
      budgets: [budget({ files: 'dist/*.css', maxIncrease: 10 })],
      assets: [css],
    });
    const [finding] = verdictOf(head, snapshot({ tracked, assets: [app(1_000)] })).findings;
    expect(finding).toMatchObject(newBudget);
    expect(finding?.detail).toMatch(/new budget/);
  });

  test('files that base did not look for, with each', () => {
    const head = snapshot({
      budgets: [budget({ files: 'dist/*.css', each: true, maxIncrease: 10 })],
      assets: [asset('dist/app.css', { gzip: 500 })],
    });
    expect(verdictOf(head, snapshot({ tracked })).findings).toMatchObject([newBudget]);
  });

  test('an encoding that base did not measure', () => {
    const head = snapshot({
      budgets: [budget({ encoding: 'brotli', maxIncrease: 10 })],
      assets: [app(1_000)],
    });
    const base = snapshot({
      tracked,
      assets: [asset('dist/app.js', { gzip: 900, brotli: undefined })],
    });
    expect(verdictOf(head, base).findings).toMatchObject([newBudget]);
  });

  test('an encoding that the change switches: gzip bytes are never held against brotli bytes', () => {
    const of = (encoding: 'gzip' | 'brotli', gzip: number, brotli: number) =>
      snapshot({
        tracked: { ...tracked, encodings: ['gzip', 'brotli'] },
        budgets: [budget({ encoding, maxIncrease: 10 })],
        assets: [asset('dist/app.js', { raw: 3_000, gzip, brotli })],
      });
    const { findings } = verdictOf(of('brotli', 1_020, 815), of('gzip', 1_000, 800));

    expect(findings).toMatchObject([{ metric: 'size.brotli', base: 800, delta: 15, over: 5 }]);
  });

  test('a report that base did not read', () => {
    const budgets = [budget({ metric: LCP, maxIncrease: '10%' })];
    const head = snapshot({ budgets, measurements: [paint(2_000)] });
    expect(verdictOf(head, snapshot()).findings).toMatchObject([newBudget]);
  });

  test('an output folder that head renamed has not grown from nothing', () => {
    const before = snapshot({
      tracked,
      assets: [asset('dist/app.js', { gzip: 5_000, content: 'app' })],
    });
    const head = snapshot({
      budgets: [budget({ files: 'build/*.js', maxIncrease: 10 })],
      assets: [asset('build/app.js', { gzip: 5_000, content: 'app' })],
    });
    expect(verdictOf(head, before).findings).not.toContainEqual(
      expect.objectContaining({ status: 'fail' }),
    );
  });
});

describe('a file new in head inside what base tracked', () => {
  const extra = asset('dist/extra.js', { gzip: 400 });

  test('counts in full in a sum', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: 100 })], assets: [app(1_000), extra] });
    expect(verdictOf(head, snapshot({ assets: [app(1_000)] })).findings).toMatchObject([
      { status: 'fail', base: 1_000, actual: 1_400, delta: 400, over: 300 },
    ]);
  });

  test('with each it has no relative finding, its absolute limits are judged', () => {
    const head = snapshot({
      budgets: [budget({ each: true, max: 300, maxIncrease: 100 })],
      assets: [extra],
    });
    expect(verdictOf(head, snapshot()).findings).toMatchObject([
      { subject: 'dist/extra.js', rule: 'max', status: 'fail', base: null, delta: null },
    ]);
  });

  test('a percent of a base of 0 is inconclusive, never Infinity', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: '5%' })], assets: [extra] });
    expect(verdictOf(head, snapshot()).findings).toMatchObject([
      { status: 'inconclusive', reason: 'zero-base', base: 0, delta: 400, allowed: null },
    ]);
  });

  test('a base of 0 beside an amount is a plain change', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: 100 })], assets: [extra] });
    expect(verdictOf(head, snapshot()).findings).toMatchObject([
      { status: 'fail', base: 0, delta: 400, over: 300 },
    ]);
  });

  test('a removed file counts against the sum of base', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: 0 })], assets: [app(1_000)] });
    expect(verdictOf(head, snapshot({ assets: [app(1_000), extra] })).findings).toMatchObject([
      { status: 'pass', base: 1_400, delta: -400 },
    ]);
  });
});

describe('base measured with other levels or encoders', () => {
  const other = {
    levels: { gzip: 6, brotli: 11 },
    probe: { gzip: 510, brotli: 400 },
    versions: { zlib: '1.3' },
  };
  const budgets = [budget({ maxIncrease: 0 })];

  test('inconclusive, incomparable, where the content differs', () => {
    const base = snapshot({ encoders: other, assets: [app(900, 'before')] });
    const head = snapshot({ budgets, assets: [app(1_000, 'after')] });
    expect(verdictOf(head, base).findings).toMatchObject([
      { status: 'inconclusive', reason: 'incomparable', base: null, delta: null },
    ]);
  });

  test('the same content has delta 0 even so', () => {
    const base = snapshot({ encoders: other, assets: [app(1_050, 'same')] });
    const head = snapshot({ budgets, assets: [app(1_000, 'same')] });
    expect(verdictOf(head, base).findings).toMatchObject([
      { status: 'pass', actual: 1_000, base: 1_000, delta: 0 },
    ]);
  });

  test('raw bytes have no encoder', () => {
    const base = snapshot({ encoders: other, assets: [asset('dist/app.js', { raw: 900 })] });
    const head = snapshot({
      budgets: [budget({ encoding: 'raw', maxIncrease: 0 })],
      assets: [asset('dist/app.js', { raw: 1_000 })],
    });
    expect(verdictOf(head, base).findings).toMatchObject([{ status: 'fail', delta: 100 }]);
  });

  test('other versions with the same probe are the same encoder', () => {
    const base = snapshot({ assets: [app(1_000)] });
    const newer = { ...base, encoders: { ...base.encoders, versions: { zlib: '9.9' } } };
    const head = snapshot({ budgets, assets: [app(1_001)] });
    expect(verdictOf(head, newer).findings).toMatchObject([{ status: 'fail', delta: 1 }]);
  });

  test('the same levels with another probe are another encoder', () => {
    const base = snapshot({ assets: [app(1_000)] });
    const probe = { gzip: 501, brotli: 400 };
    const changed = { ...base, encoders: { ...base.encoders, probe } };
    const head = snapshot({ budgets, assets: [app(1_001)] });
    expect(verdictOf(head, changed).findings).toMatchObject([{ reason: 'incomparable' }]);
  });

  test('in a sum, one file that cannot be compared is enough', () => {
    const base = snapshot({
      encoders: other,
      assets: [app(1_000, 'same'), asset('dist/b.js', { gzip: 10 })],
    });
    const head = snapshot({
      budgets,
      assets: [app(1_000, 'same'), asset('dist/b.js', { gzip: 12 })],
    });
    expect(verdictOf(head, base).findings).toMatchObject([{ reason: 'incomparable' }]);
  });

  test('already-over cannot be known, so a broken absolute limit fails', () => {
    const base = snapshot({ encoders: other, assets: [app(2_000, 'before')] });
    const head = snapshot({ budgets: [budget({ max: 900 })], assets: [app(1_000, 'after')] });
    expect(verdictOf(head, base).findings).toMatchObject([{ status: 'fail', reason: null }]);
  });
});

describe('base is an ancestor of the merge base', () => {
  const budgets = [budget({ max: 500, maxIncrease: 10 })];
  const older = baseline(snapshot({ budgets, assets: [app(400)] }), {
    provenance: 'ancestor',
    distance: 3,
  });

  test('a broken relative limit is warn, ancestor, naming how many commits of others it includes', () => {
    const head = snapshot({ budgets, assets: [app(450)] });
    const relative = verdictOf(head, older).findings.find(({ rule }) => rule === 'max-increase');
    expect(relative).toMatchObject({ status: 'warn', reason: 'ancestor', delta: 50, over: 40 });
    expect(relative?.detail).toMatch(/\b3\b/);
  });

  test('already-over is said of that commit, not of base', () => {
    const before = baseline(snapshot({ budgets, assets: [app(520)] }), {
      provenance: 'ancestor',
      distance: 3,
    });
    const head = snapshot({ budgets, assets: [app(510)] });
    const absolute = verdictOf(head, before).findings.find(({ rule }) => rule === 'max');
    expect(absolute).toMatchObject({
      status: 'warn',
      reason: 'already-over',
      detail: 'on a commit 3 before base',
    });
  });

  test('a broken absolute limit keeps its severity', () => {
    const head = snapshot({ budgets, assets: [app(501)] });
    const absolute = verdictOf(head, older).findings.find(({ rule }) => rule === 'max');
    expect(absolute).toMatchObject({ status: 'fail', reason: null });
  });
});

describe('on a push to the base branch', () => {
  const budgets = [budget({ max: 500, maxIncrease: 10 })];
  const base = snapshot({ budgets, assets: [app(400)] });

  test('broken relative limits are warn: the pull request was their gate', () => {
    const head = snapshot({ budgets, assets: [app(450)] });
    expect(verdictOf(head, base, { isPushToBase: true })).toMatchObject({
      status: 'warn',
      findings: [
        { rule: 'max', status: 'pass' },
        { rule: 'max-increase', status: 'warn', reason: 'push', over: 40 },
      ],
    });
  });

  test('absolute ones keep their severity', () => {
    const head = snapshot({ budgets, assets: [app(501)] });
    expect(verdictOf(head, base, { isPushToBase: true }).findings).toMatchObject([
      { rule: 'max', status: 'fail', reason: null },
      { rule: 'max-increase', status: 'warn', reason: 'push' },
    ]);
  });
});

describe('absolute limit on a noisy metric', () => {
  const budgets = [budget({ metric: LCP, max: 2_500 })];

  test('the median decides; the number of runs and the interval are shown', () => {
    const runs = measurement({ metric: LCP, samples: [9_000, 2_400, 2_450] });
    expect(verdictOf(snapshot({ budgets, measurements: [runs] }), null).findings).toMatchObject([
      { status: 'pass', actual: 2_450, runs: 3, interval: [2_400, 9_000] },
    ]);
  });

  test('the only value decides as well', () => {
    const run = measurement({ metric: LCP, value: 2_501 });
    expect(verdictOf(snapshot({ budgets, measurements: [run] }), null).findings).toMatchObject([
      { status: 'fail', actual: 2_501, runs: 1, interval: null },
    ]);
  });
});

describe('relative limit on a noisy metric against a stored baseline', () => {
  const budgets = [budget({ metric: LCP, maxIncrease: '10%' })];
  const base = snapshot({ budgets, measurements: [paint(2_000)] });

  test('warn at most, history', () => {
    const head = snapshot({ budgets, measurements: [paint(3_000)] });
    expect(verdictOf(head, base).findings).toMatchObject([
      { status: 'warn', reason: 'history', delta: 1_000, allowed: 200, over: 800 },
    ]);
  });

  test('within the limit it passes', () => {
    const head = snapshot({ budgets, measurements: [paint(2_200)] });
    expect(verdictOf(head, base).findings).toMatchObject([{ status: 'pass', reason: null }]);
  });

  test('one run is noisy: nothing is known of its spread', () => {
    const one = (value: number) =>
      snapshot({ budgets, measurements: [measurement({ metric: LCP, value })] });
    expect(verdictOf(one(3_000), one(2_000)).findings).toMatchObject([
      { status: 'warn', reason: 'history' },
    ]);
  });

  test('bytes and counts of a report are exact: their limits have full severity', () => {
    const own = [budget({ metric: 'total-byte-weight', unit: 'byte', maxIncrease: 10 })];
    const weight = (value: number) =>
      measurement({ metric: 'total-byte-weight', unit: 'byte', kind: 'size', value });
    expect(
      verdictOf(
        snapshot({ budgets: own, measurements: [weight(1_000)] }),
        snapshot({ measurements: [weight(900)] }),
      ).findings,
    ).toMatchObject([{ status: 'fail', delta: 100 }]);
  });

  test('noisy values from another environment are not compared', () => {
    const at = (environment: string, value: number) =>
      snapshot({ budgets, measurements: [measurement({ metric: LCP, value, environment })] });
    const [finding] = verdictOf(at('lighthouse 13', 3_000), at('lighthouse 12', 2_000)).findings;
    expect(finding).toMatchObject({ status: 'inconclusive', reason: 'incomparable' });
    expect(finding?.detail).toMatch(/lighthouse 12.*lighthouse 13/);
  });

  test('another unit of the same name is not compared: ms, s and ns mixed up between tools', () => {
    const own = [customBudget({ metric: 'speed', maxIncrease: '5%' })];
    const head = snapshot({
      budgets: own,
      measurements: [customMeasurement({ metric: 'speed', unit: 'byte', value: 5 })],
    });
    const before = snapshot({ measurements: [customMeasurement({ metric: 'speed', value: 5 })] });
    expect(verdictOf(head, before).findings).toMatchObject([{ reason: 'incomparable' }]);
  });

  test('every page has a finding of its own, and form factors are told apart', () => {
    const pages = [
      measurement({ metric: LCP, subject: '/', value: 1 }),
      measurement({ metric: LCP, subject: '/cart', value: 2 }),
      measurement({ metric: LCP, subject: '/cart', formFactor: 'desktop', value: 3 }),
    ];
    const own = [budget({ metric: LCP, max: 9 })];
    const { findings } = verdictOf(snapshot({ budgets: own, measurements: pages }), null);
    expect(findings.map(({ subject, actual }) => [subject, actual])).toEqual([
      ['/', 1],
      ['/cart (mobile)', 2],
      ['/cart (desktop)', 3],
    ]);
  });
});

describe('a pattern, page, url or metric that matches nothing', () => {
  const noMatch = { status: 'fail', reason: 'no-match', actual: null, over: null };

  test('a pattern: fail, no-match, whatever the severity; nothing matched never stays green', () => {
    const head = snapshot({ budgets: [budget({ max: 10, severity: 'warn' })] });
    const { status, findings } = verdictOf(head, null);
    expect(status).toBe('fail');
    expect(findings).toMatchObject([noMatch]);
    expect(findings[0]?.detail).toContain('dist/*.js');
  });

  test('one pattern of several: unmatched entries are not ignored', () => {
    const head = snapshot({
      budgets: [budget({ files: ['dist/app.js', 'dist/gone.js'], max: 5_000 })],
      assets: [app(1_000)],
    });
    expect(verdictOf(head, null)).toMatchObject({
      status: 'fail',
      findings: [
        { ...noMatch, subject: 'dist/gone.js' },
        { status: 'pass', actual: 1_000 },
      ],
    });
  });

  test('a pattern of which negations leave nothing', () => {
    const head = snapshot({
      budgets: [budget({ files: ['dist/*.js', '!dist/**'], max: 5_000 })],
      assets: [app(1_000)],
    });
    expect(verdictOf(head, null).findings).toMatchObject([noMatch]);
  });

  test('negations alone match nothing, which is not green either', () => {
    const head = snapshot({
      budgets: [budget({ files: ['!dist/vendor.js'], max: 10 })],
      assets: [app(1_000)],
    });
    expect(verdictOf(head, null)).toMatchObject({ status: 'fail', findings: [noMatch] });
  });

  test('with each', () => {
    const head = snapshot({ budgets: [budget({ each: true, max: 10 })] });
    expect(verdictOf(head, null).findings).toMatchObject([noMatch]);
  });

  test('a relative limit fails too, with and without a baseline', () => {
    const head = snapshot({ budgets: [budget({ maxIncrease: 10 })] });
    expect(verdictOf(head, null).findings).toMatchObject([noMatch]);
    expect(verdictOf(head, snapshot({ assets: [app(1)] })).findings).toMatchObject([noMatch]);
  });

  test('a page or url names what the reports know', () => {
    const head = snapshot({
      budgets: [budget({ metric: LCP, page: '/checkout', max: 2_500 })],
      measurements: [paint(2_000)],
    });
    const [finding] = verdictOf(head, null).findings;
    expect(finding).toMatchObject({ ...noMatch, subject: '/checkout' });
    expect(finding?.detail).toMatch(/\/checkout.*\//);
  });

  test('a metric that a newer version removed', () => {
    const head = snapshot({
      budgets: [budget({ metric: 'first-meaningful-paint', max: 2_500 })],
      measurements: [paint(2_000)],
    });
    const [finding] = verdictOf(head, null).findings;
    expect(finding).toMatchObject(noMatch);
    expect(finding?.detail).toContain('first-meaningful-paint');
  });

  test('zero Lighthouse reports', () => {
    const head = snapshot({ budgets: [budget({ metric: LCP, max: 2_500 })] });
    expect(verdictOf(head, null).findings).toMatchObject([noMatch]);
  });

  test('`optional` makes it pass', () => {
    const head = snapshot({
      budgets: [
        budget({ max: 10, optional: true }),
        budget({ metric: LCP, max: 1, optional: true }),
      ],
    });
    expect(verdictOf(head, null)).toMatchObject({
      status: 'pass',
      findings: [
        { status: 'pass', reason: 'no-match' },
        { status: 'pass', reason: 'no-match' },
      ],
    });
  });

  test('a file without the size that is asked for is not a file of 0 bytes', () => {
    const head = snapshot({
      budgets: [budget({ encoding: 'brotli', max: 10 })],
      assets: [asset('dist/app.js', { gzip: 1_000, brotli: undefined })],
    });
    expect(verdictOf(head, null).status).toBe('fail');
  });
});

describe('waived', () => {
  test('warn, waived, with who answers for it', () => {
    const head = snapshot({
      budgets: [budget({ name: 'All', max: 900 })],
      assets: [app(1_000)],
      waivers: [waiver({ budget: 'All', upTo: 1_100, reason: 'new editor', by: '@ana' })],
    });
    const { status, findings } = verdictOf(head, null);
    expect(status).toBe('warn');
    expect(findings).toMatchObject([{ status: 'warn', reason: 'waived', over: 100 }]);
    expect(findings[0]?.detail).toMatch(/new editor.*@ana/);
  });
});

describe('limits loosened against base', () => {
  const budgets = (max: number) => [budget({ name: 'All', max })];
  const judged = (base: 'allow' | 'warn' | 'fail', head: 'allow' | 'warn' | 'fail' = base) =>
    verdictOf(
      snapshot({ budgets: budgets(2_000), assets: [app(1_000)], relaxing: head }),
      snapshot({ budgets: budgets(1_500), assets: [app(1_000)], relaxing: base }),
    );

  test('listed in verdict.relaxed; relaxing: allow, warn, fail', () => {
    const relaxed = [{ budget: 'All', kind: 'limit-raised', from: 'max 1500', to: 'max 2000' }];
    expect(judged('allow')).toMatchObject({ status: 'pass', relaxed });
    expect(judged('warn')).toMatchObject({ status: 'warn', relaxed });
    expect(judged('fail')).toMatchObject({ status: 'fail', relaxed });
  });

  test('`relaxing` is taken from base, so a change cannot pardon itself', () => {
    const { status, relaxed } = judged('fail', 'allow');
    expect(status).toBe('fail');
    expect(relaxed.map(({ kind }) => kind)).toEqual(['limit-raised', 'relaxing-weakened']);
    expect(judged('allow', 'fail').status).toBe('pass');
  });

  test('without a baseline nothing can be loosened', () => {
    const head = snapshot({ budgets: budgets(2_000), assets: [app(1_000)], relaxing: 'fail' });
    expect(verdictOf(head, null)).toMatchObject({ status: 'pass', relaxed: [] });
  });
});

describe('ignoreBelow', () => {
  const budgets = [budget({ max: 900, maxIncrease: 10, ignoreBelow: 100 })];
  const judged = (before: number, after: number) =>
    verdictOf(
      snapshot({ budgets, assets: [app(after)] }),
      snapshot({ budgets, assets: [app(before)] }),
    ).findings;

  test('a smaller change never breaks a relative limit', () => {
    expect(judged(500, 599)[1]).toMatchObject({ rule: 'max-increase', status: 'pass', delta: 99 });
  });

  test('a change of just that size does', () => {
    expect(judged(500, 600)[1]).toMatchObject({ rule: 'max-increase', status: 'fail', over: 90 });
  });

  test('a smaller change does not count as worse either', () => {
    expect(judged(1_000, 1_099)[0]).toMatchObject({ status: 'warn', reason: 'already-over' });
    expect(judged(1_000, 1_100)[0]).toMatchObject({ status: 'fail', reason: null });
  });

  test('it does not excuse the absolute limit that this change broke', () => {
    expect(judged(899, 901)[0]).toMatchObject({ rule: 'max', status: 'fail' });
  });

  test('a change smaller than it never breaks a percent of 0', () => {
    const own = [budget({ maxIncrease: '5%', ignoreBelow: 100 })];
    const head = snapshot({ budgets: own, assets: [app(99)] });
    expect(verdictOf(head, snapshot()).findings).toMatchObject([{ status: 'pass' }]);
  });
});

describe('the verdict is the worst of its findings', () => {
  test('fail, warn, inconclusive, pass', () => {
    expect(worst('fail', 'warn')).toBe('fail');
    expect(worst('inconclusive', 'warn')).toBe('warn');
    expect(worst('pass', 'inconclusive')).toBe('inconclusive');
    expect(worst('pass', 'pass')).toBe('pass');
  });

  test('without budgets it passes: a plain size diff', () => {
    expect(verdictOf(snapshot({ assets: [app(1)] }), null)).toEqual({
      status: 'pass',
      findings: [],
      relaxed: [],
    });
  });
});

describe('identity of subjects', () => {
  test('a rename escapes no percent limit: a re-hashed file is the same subject', () => {
    const budgets = [budget({ files: 'dist/index-[hash].js', each: true, maxIncrease: '5%' })];
    const head = snapshot({ budgets, assets: [asset('dist/index-DmFkd93s.js', { gzip: 1_100 })] });
    const base = snapshot({ budgets, assets: [asset('dist/index-BqX7rT0z.js', { gzip: 1_000 })] });
    expect(verdictOf(head, base).findings).toMatchObject([
      { subject: 'dist/index-[hash].js', status: 'fail', delta: 100 },
    ]);
  });

  test('a plain rename with the same content is the same subject', () => {
    const budgets = [budget({ each: true, maxIncrease: 0 })];
    const head = snapshot({ budgets, assets: [asset('dist/b.js', { gzip: 9, content: 'x' })] });
    const base = snapshot({ budgets, assets: [asset('dist/a.js', { gzip: 9, content: 'x' })] });
    expect(verdictOf(head, base).findings).toMatchObject([{ status: 'pass', delta: 0 }]);
  });

  test("an absolute limit is held against head's own bytes, to the byte", () => {
    // Equal but for the hashes of siblings embedded in it, which compress to one byte more.
    const side = (gzip: number, sha256: string) =>
      snapshot({
        budgets: [budget({ max: 1_000 })],
        assets: [asset('dist/app.js', { gzip, content: 'neutral', sha256: sha256.repeat(64) })],
      });
    expect(verdictOf(side(1_001, 'b'), side(1_000, 'a')).findings).toMatchObject([
      { rule: 'max', status: 'warn', actual: 1_001, delta: 0 },
    ]);
  });
});
