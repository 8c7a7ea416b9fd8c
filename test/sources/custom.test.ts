import { describe, expect, it } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { judge } from '../../src/core/judge.ts';
import type { Measurement } from '../../src/model/snapshot.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { measureFiles } from '../support/measured.ts';
import type { Files } from '../support/temporary.ts';

interface Entry {
  readonly metric?: string;
  readonly value?: number;
  readonly samples?: readonly number[];
  readonly unit?: string;
  readonly better?: string;
}

const START: Entry = { metric: 'start', value: 1.1, unit: 's' };

async function measured(entry: Entry, limits: object = { max: 1e6 }): Promise<Measurement> {
  const [first, ...others] = await measurementsOf({ 'm.json': [entry] }, limits);
  if (first === undefined || others.length > 0) throw new Error('one measurement was expected');
  return first;
}

/** Files go to `out/`, where the glob of the one budget finds them. */
async function measurementsOf(files: Files, limits: object): Promise<readonly Measurement[]> {
  const budgets = { budgets: [{ custom: 'out/*.json', metric: 'start', ...limits }] };
  const moved = Object.entries(files).map(([path, value]) => [`out/${path}`, value]);
  return (await measureFiles(budgets, Object.fromEntries(moved))).measurements;
}

async function judged(entries: readonly Entry[], limits: object): Promise<readonly Finding[]> {
  const budgets = { budgets: [{ custom: 'm.json', metric: 'start', ...limits }] };
  const head = await measureFiles(budgets, { 'm.json': entries });
  return judge(compare(head, null), { today: '2026-01-01', isPushToBase: false, labels: [] })
    .findings;
}

describe('values', () => {
  it.each([
    ['s', 1.1, 'millisecond', 1_100],
    ['ms', 1.5, 'millisecond', 1.5],
    ['us', 1_500, 'millisecond', 1.5],
    ['ns', 1_500_000, 'millisecond', 1.5],
    ['min', 2, 'millisecond', 120_000],
    ['B', 12, 'byte', 12],
    ['kB', 1.1, 'byte', 1_100],
    ['MB', 2, 'byte', 2_000_000],
    ['KiB', 2, 'byte', 2_048],
    ['MiB', 1, 'byte', 1_048_576],
    ['/s', 500, 'per-second', 500],
    ['%', 5, 'ratio', 0.05],
    ['ratio', 0.05, 'ratio', 0.05],
    ['score', 0.9, 'score', 0.9],
    ['count', 0, 'count', 0],
  ])(
    'in %s are stored in the unit of the kind: %d is %s %d',
    async (unit, value, stored, number) => {
      const limits = stored === 'ratio' || stored === 'score' ? { max: 1 } : { max: 1e6 };
      const item = await measured({ metric: 'start', value, unit }, limits);
      expect(item).toMatchObject({ unit: stored, value: number, samples: [number] });
    },
  );

  it.each(['KB', 'sec', 'seconds', '', 'constructor', 'toString'])(
    'in "%s" are refused',
    async (unit) => {
      await expect(measured({ ...START, unit })).rejects.toMatchObject({ name: 'UserError' });
    },
  );

  it('may be samples, of which the median counts', async () => {
    const item = await measured({ metric: 'start', samples: [3, 1, 10, 2], unit: 's' });
    expect(item).toMatchObject({ value: 2_500, samples: [3_000, 1_000, 10_000, 2_000] });
  });

  it('of several files are runs of one metric, in the order of the paths', async () => {
    const files = {
      'b.json': [{ ...START, value: 3 }],
      'a.json': [{ ...START, value: 1 }],
      'c.json': [{ metric: 'start', samples: [5, 6], unit: 's' }],
    };
    const [item, ...others] = await measurementsOf(files, { max: '9 s' });
    expect(others).toEqual([]);
    expect(item).toMatchObject({ value: 4_000, samples: [1_000, 3_000, 5_000, 6_000] });
  });

  it('of several files in different units are refused', async () => {
    const files = { 'a.json': [START], 'b.json': [{ ...START, unit: 'ms' }] };
    await expect(measurementsOf(files, { max: '9 s' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('start'),
    });
  });

  it('of a score are from 0 to 1', async () => {
    const entry = { metric: 'start', value: 90, unit: 'score' };
    await expect(measured(entry, { min: 0.9 })).rejects.toMatchObject({ name: 'UserError' });
  });
});

describe('direction', () => {
  it.each([
    ['s', 'lower'],
    ['kB', 'lower'],
    ['count', 'lower'],
    ['ratio', 'lower'],
    ['/s', 'higher'],
    ['score', 'higher'],
  ])('of %s is %s by default', async (unit, better) => {
    const limits = unit === '/s' || unit === 'score' ? { min: 0 } : { max: 1 };
    expect(await measured({ metric: 'start', value: 0.5, unit }, limits)).toMatchObject({ better });
  });

  it('is what the file says', async () => {
    const item = await measured({ ...START, unit: 'count', better: 'higher' }, { min: 1 });
    expect(item.better).toBe('higher');
  });

  it.each([
    ['maxIncrease', 'maxDecrease', '/s'],
    ['maxDecrease', 'maxIncrease', 's'],
  ])('refuses %s and names %s for a metric in %s', async (wrong, right, unit) => {
    const measuring = measured({ ...START, unit }, { [wrong]: '5%' });
    await expect(measuring).rejects.toMatchObject({ name: 'UserError' });
    await expect(measuring).rejects.toSatisfy((error: Error & { hint: string }) =>
      `${error.message} ${error.hint}`.includes(right),
    );
  });
});

describe('limits', () => {
  it("that are bare numbers are in the file's own unit", async () => {
    expect(await judged([START], { max: 1.2 })).toMatchObject([
      { status: 'pass', allowed: 1_200, actual: 1_100, unit: 'millisecond' },
    ]);
    expect(await judged([START], { max: 1 })).toMatchObject([{ status: 'fail', over: 100 }]);
    expect(await judged([{ ...START, value: 5, unit: '%' }], { max: 4 })).toMatchObject([
      { status: 'fail', allowed: 0.04, actual: 0.05 },
    ]);
  });

  it('may be written in another unit of the same kind', async () => {
    expect(await judged([START], { max: '1100 ms' })).toMatchObject([{ status: 'pass', over: 0 }]);
    expect(await judged([START], { max: '1099 ms' })).toMatchObject([{ status: 'fail', over: 1 }]);
  });

  it.each([
    ['a size on a time', 's', { max: '1 kB' }],
    ['a time on a size', 'kB', { max: '1 s' }],
    ['a rate on a time', 's', { max: '1/s' }],
    ['a size as the increase of a time', 's', { max: '9 s', maxIncrease: '1 kB' }],
    ['a size as what is ignored of a time', 's', { max: '9 s', ignoreBelow: '1 kB' }],
  ])('are refused: %s', async (_case, unit, limits) => {
    await expect(measured({ ...START, unit }, limits)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('start'),
    });
  });

  it('of 90 on a score are refused, naming 0.9', async () => {
    const entry = { metric: 'start', value: 0.93, unit: 'score' };
    const measuring = measured(entry, { min: 90 });
    await expect(measuring).rejects.toMatchObject({ name: 'UserError' });
    await expect(measuring).rejects.toSatisfy((error: Error & { hint: string | null }) =>
      `${error.message} ${error.hint}`.includes('0.9'),
    );
  });

  it('from `defaults` are taken only where they fit', async () => {
    const file = {
      defaults: { maxIncrease: '1 kB', ignoreBelow: '500 B' },
      budgets: [{ custom: 'm.json', metric: 'start', max: '2 s' }],
    };
    const head = await measureFiles(file, { 'm.json': [START] });
    expect(head.budgets[0]?.limits).toMatchObject({ max: { value: 2_000 } });
    const rates = {
      defaults: { maxIncrease: '5%' },
      budgets: [{ custom: 'm.json', metric: 'start', min: '1/s' }],
    };
    const rate = await measureFiles(rates, { 'm.json': [{ ...START, unit: '/s' }] });
    expect(rate.measurements).toMatchObject([{ value: 1.1 }]);
  });
});

describe('nothing there', () => {
  it('fails where no file matches, or the metric is in none', async () => {
    const budgets = {
      budgets: [
        { name: 'no file', custom: 'none/*.json', metric: 'start', max: 1 },
        { name: 'no metric', custom: 'm.json', metric: 'strat', max: 1, severity: 'warn' },
        { name: 'here', custom: 'm.json', metric: 'start', max: 2 },
      ],
    };
    const head = await measureFiles(budgets, { 'm.json': [START] });
    const { findings } = judge(compare(head, null), {
      today: '2026-01-01',
      isPushToBase: false,
      labels: [],
    });
    expect(findings).toMatchObject([
      { budget: 'no file', status: 'fail', reason: 'no-match', actual: null },
      { budget: 'no metric', status: 'fail', reason: 'no-match', actual: null },
      { budget: 'here', status: 'pass' },
    ]);
  });
});

describe('a damaged file', () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('[]', 'utf16le')]);

  it.each<[string, unknown]>([
    ['empty', ''],
    ['blank', ' \n'],
    ['half-written', '[{"metric":"start","value":1'],
    ['with a byte order mark', '\uFEFF[]'],
    ['in UTF-16, little endian', utf16],
    ['in UTF-16, big endian', Buffer.from(utf16).swap16()],
    ['of other bytes', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])],
    ['with NaN', '[{"metric":"start","value":NaN,"unit":"s"}]'],
    ['with Infinity', '[{"metric":"start","value":Infinity,"unit":"s"}]'],
    ['with a number out of range', '[{"metric":"start","value":1e999,"unit":"s"}]'],
    ['with null', [{ metric: 'start', value: null, unit: 's' }]],
    ['with a text for a number', [{ metric: 'start', value: '1.1', unit: 's' }]],
    ['without a unit', [{ metric: 'start', value: 1.1 }]],
    ['without a value', [{ metric: 'start', unit: 's' }]],
    ['with a value and samples', [{ ...START, samples: [1] }]],
    ['with no samples', [{ metric: 'start', samples: [], unit: 's' }]],
    ['with a key too many', [{ ...START, vlaue: 2 }]],
    ['that is no list', { metric: 'start', value: 1, unit: 's' }],
    ['that is null', 'null'],
    ['that is a list of lists', [[START]]],
  ])('is an error with its name: %s', async (_case, content) => {
    const files = { 'good.json': [START], 'bad-one.json': content };
    await expect(measurementsOf(files, { max: '9 s' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('out/bad-one.json'),
    });
  });

  it('says what the tools of the file did wrong', async () => {
    const failing = (content: unknown) => measurementsOf({ 'm.json': content }, { max: '9 s' });
    await expect(failing('')).rejects.toThrow(/empty/);
    await expect(failing(utf16)).rejects.toThrow(/UTF-16/);
    await expect(failing('\uFEFF[]')).rejects.toThrow(/byte order mark/);
    await expect(failing([START, { ...START, metric: 1 }])).rejects.toThrow(/\[1\]/);
  });
});
