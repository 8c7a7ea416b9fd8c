import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { measure } from '../../src/measure.ts';
import type { Budget } from '../../src/model/budget.ts';
import type { Config } from '../../src/model/config.ts';
import { UserError } from '../../src/model/errors.ts';
import { memoryHost } from '../support/memory-host.ts';

const FILES = { files: 'dist/*.js' };
const LCP = 'largest-contentful-paint';

const textOf = (file: unknown) => (typeof file === 'string' ? file : JSON.stringify(file, null, 2));

/** The config that `budgets.json` with this text, or value, gives. */
function load(file: unknown): Promise<Config> {
  return loadConfig(null, '/repo', memoryHost({ 'budgets.json': textOf(file) }));
}

const loadOne = async (entry: object, top: object = {}) => (await loadAll([entry], top))[0];
const loadAll = async (budgets: object[], top: object = {}): Promise<readonly Budget[]> =>
  (await load({ ...top, budgets })).budgets;

async function refused(file: unknown): Promise<UserError> {
  try {
    await load(file);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the budgets file was accepted');
}

/** The problems of a file, one a line. */
const problems = async (file: unknown) => (await refused(file)).message.split('\n');
/** The only problem of a budget. */
async function problem(entry: object, top: object = {}): Promise<string> {
  const all = await problems({ ...top, budgets: [entry] });
  expect(all).toHaveLength(1);
  return all.join('\n');
}

describe('a budgets file', () => {
  test('comments, trailing commas and a byte order mark are fine', async () => {
    const config = await load(
      '\ufeff{ // all\n "budgets": [ { "files": "a.js", "max": "1 kB", }, ], /* end */ }',
    );
    expect(config.budgets).toMatchObject([{ name: 'a.js', limits: { max: { value: 1_000 } } }]);
  });

  test('has defaults for all that is not said', async () => {
    expect(await load({ budgets: [{ ...FILES, max: 1 }] })).toMatchObject({
      file: 'budgets.json',
      folder: '/repo',
      project: null,
      track: [],
      encodings: ['gzip', 'brotli'],
      levels: { gzip: 9, brotli: 11 },
      rules: { relaxing: 'warn', waivers: [], acceptLabel: null },
      ignoreBelow: 0,
    });
  });

  test('says all of it', async () => {
    const config = await load({
      $schema: 'https://unpkg.com/weighbridge@1/dist/budgets.schema.json',
      project: 'shop',
      track: 'dist/**',
      encodings: ['brotli'],
      levels: { gzip: 6 },
      relaxing: 'fail',
      acceptLabel: 'size: accepted',
      ignoreBelow: '1 kB',
      budgets: [],
    });
    expect(config).toMatchObject({
      project: 'shop',
      track: ['dist/**'],
      encodings: ['brotli'],
      levels: { gzip: 6, brotli: 11 },
      rules: { relaxing: 'fail', acceptLabel: 'size: accepted' },
      ignoreBelow: 1_000,
    });
  });

  test('knows the line of each budget, and of each of its metrics', async () => {
    const { lines } = await load(`{
      "budgets": [
        { "files": "a.js", "max": 1 },
        { "name": "Home", "lighthouse": "r/*.json", "metrics": {
          "${LCP}": { "max": "2.5 s" }
        } }
      ]
    }`);
    expect(Object.fromEntries(lines)).toEqual({ 'a.js': 3, [`Home: ${LCP}`]: 5 });
  });

  test('that is code is its default export', async () => {
    const modules = { 'weighbridge.config.mjs': { budgets: [{ ...FILES, max: '1 kB' }] } };
    const config = await loadConfig(null, '/repo', memoryHost({}, { modules }));
    expect(config).toMatchObject({
      file: 'weighbridge.config.mjs',
      budgets: [{ name: 'dist/*.js' }],
    });
  });

  test('in package.json is its `weighbridge` key', async () => {
    const host = memoryHost({
      'package.json': JSON.stringify(
        { weighbridge: { budgets: [{ ...FILES, max: 'big' }] } },
        null,
        1,
      ),
    });
    await expect(loadConfig(null, '/repo', host)).rejects.toThrow(
      /^package\.json:6:5 weighbridge\.budgets\[0\]\.max: "big"/,
    );
  });
});

describe('an error of a config', () => {
  test('has file:line:column, JSON path, what is wrong and what was expected', async () => {
    const text = '{\n  "budgets": [\n    { "files": "a.js", "max": true }\n  ]\n}';
    expect(await problems(text)).toEqual([
      expect.stringMatching(
        /^budgets\.json:3:24 budgets\[0\]\.max: expected .*number.*string.*got true/,
      ),
    ]);
  });

  test('all errors of a file at once, and nothing was measured', async () => {
    const error = await refused({
      tracks: [],
      relaxing: 'maybe',
      budgets: [
        { ...FILES, max: '10 KB' },
        { files: 'b.js', maxx: 1 },
        { files: 'c.js' },
        { lighthouse: 'r.json', metric: 'largest-contentful-pain', max: 1 },
      ],
      waivers: [{ budget: 'x', reason: 'y' }],
    });
    expect(error.code).toBe('config-invalid');
    for (const path of [
      'tracks',
      'relaxing',
      'budgets[0].max',
      'budgets[1].maxx',
      'budgets[2]',
      'budgets[3].metric',
      'waivers[0]',
    ]) {
      expect(error.message).toContain(` ${path}`);
    }
    expect(error.hint).toMatch(/nothing was measured/);
  });

  test('all errors of one budget at once: an unknown key hides no wrong unit', async () => {
    const message = (
      await problems({ budgets: [{ ...FILES, max: '10 KB', sevrity: 'warn' }] })
    ).join();
    expect(message).toContain('budgets[0].sevrity');
    expect(message).toContain('budgets[0].max');
  });

  test('an error in a waiver hides none in another', async () => {
    const waivers = [
      { budget: 'a.js', reason: 'x' },
      { budget: 'a.js', upTo: 1 },
    ];
    const message = (await problems({ budgets: [{ files: 'a.js', max: 1 }], waivers })).join();
    expect(message).toContain('waivers[0]');
    expect(message).toContain('waivers[1]');
  });

  test('one error does not make another: defaults with an error leave no budget without a limit', async () => {
    const all = await problems({ defaults: { max: '1 kB', maxx: 1 }, budgets: [FILES] });
    expect(all).toEqual([expect.stringContaining('defaults.maxx')]);
  });

  test('one error does not make another: the waiver of a broken budget names a budget', async () => {
    const all = await problems({
      budgets: [{ name: 'All', ...FILES, max: '10 KB' }],
      waivers: [{ budget: 'All', upTo: '1 MB', reason: 'x' }],
    });
    expect(all).toEqual([expect.stringContaining('budgets[0].max')]);
  });

  test('in a syntax error too', async () => {
    expect(await problems('{\n  "budgets": [\n}')).toEqual([
      expect.stringMatching(/^budgets\.json:3:1: /),
    ]);
    expect((await problems(''))[0]).toMatch(/^budgets\.json:1:1: /);
  });

  test('in every line with a syntax error, once', async () => {
    const text = '{\n"budgets": [{ "files": "a" "max": 1 }],\n"track" ["a", b],\n"x": 5 kB }';
    const error = await refused(text);
    expect(error.message.split('\n')).toEqual([
      'budgets.json:2:28: comma expected.',
      'budgets.json:3:9: colon expected.',
      'budgets.json:4:8: invalid symbol. Put it in quotes: "5 kB".',
    ]);
    expect(error.hint).toContain('The file is JSON');
  });

  test('in the middle of a merge it is that', async () => {
    const text = '{\n<<<<<<< HEAD\n"track": "a"\n=======\n"track": "b"\n>>>>>>> other\n}';
    expect(await refused(text)).toMatchObject({
      message: 'budgets.json:2:1: is in the middle of a merge.',
      hint: expect.stringContaining('Resolve the conflict'),
    });
  });

  test.each(['100kB', '2.5 s', '5%', '500/s'])('%s without quotes says so', async (amount) => {
    const error = loadConfig(
      null,
      '/repo',
      memoryHost({ 'budgets.json': `{ "budgets": [\n{ "files": "a", "max": ${amount} }] }` }),
    );
    await expect(error).rejects.toMatchObject({ hint: `Put it in quotes: "${amount}".` });
  });

  test('no other mistake is taken for missing quotes', async () => {
    const host = memoryHost({ 'budgets.json': '{ "budgets": [{ "max": 5 "min": 3 }] }' });
    await expect(loadConfig(null, '/repo', host)).rejects.toMatchObject({
      hint: expect.stringContaining('The file is JSON'),
    });
  });

  test('in a config that is code the JSON path is there', async () => {
    const modules = { 'weighbridge.config.js': { budgets: [{ ...FILES, max: Number.NaN }] } };
    await expect(loadConfig(null, '/repo', memoryHost({}, { modules }))).rejects.toThrow(
      /^weighbridge\.config\.js budgets\[0\]\.max: /,
    );
  });

  test('what is no object is said', async () => {
    for (const value of ['[]', '1', 'null', '"x"']) {
      expect((await problems(value))[0]).toMatch(
        /^budgets\.json:1:1: is not an object.*Write \{ "budgets": \[/s,
      );
    }
  });

  test('a file that asks for nothing is none', async () => {
    for (const value of [{}, { budgets: [] }, { track: [] }]) {
      expect((await problems(value))[0]).toMatch(/neither budgets nor/);
    }
    expect(await load({ track: 'dist/**' })).toMatchObject({ budgets: [] });
  });

  test.each([
    [[0xff, 0xfe, 0x7b, 0x00]],
    [[0xfe, 0xff, 0x00, 0x7b]],
    [[0x7b, 0x00, 0x7d, 0x00]],
    [[0x00, 0x7b, 0x00, 0x7d]],
  ])('UTF-16 from a shell redirect is named, with a mark or without: %j', async (bytes) => {
    const host = memoryHost({ 'budgets.json': new Uint8Array(bytes) });
    await expect(loadConfig(null, '/repo', host)).rejects.toThrow('budgets.json is UTF-16');
  });
});

describe('unknown keys', () => {
  test('a typo `maxsize` does not mean Infinity', async () => {
    expect(await problem({ ...FILES, max: 1, maxsize: '1 kB' })).toMatch(
      /budgets\[0\]\.maxsize: "maxsize" is not a key here/,
    );
  });

  test.each([
    [{ budgets: [], tracks: 'a' }, 'tracks', 'track'],
    [{ track: 'a', levels: { gzipp: 9 } }, 'levels.gzipp', 'gzip'],
    [{ track: 'a', defaults: { maxIncrese: 1 } }, 'defaults.maxIncrese', 'maxIncrease'],
    [{ budgets: [{ ...FILES, maxIncrese: 1 }] }, 'budgets[0].maxIncrese', 'maxIncrease'],
    [{ budgets: [{ ...FILES, max: 1, Optional: true }] }, 'budgets[0].Optional', 'optional'],
    [{ budgets: [{ file: 'a.js', max: 1 }] }, 'budgets[0].file', 'files'],
    [
      { budgets: [{ lighthouse: 'r', metrics: { performance: { mim: 0.9 } } }] },
      'budgets[0].metrics.performance.mim',
      'min',
    ],
    [
      {
        budgets: [{ ...FILES, max: 1 }],
        waivers: [{ budget: 'dist/*.js', upto: 1, until: '2026-01-01', reason: 'x' }],
      },
      'waivers[0].upto',
      'upTo',
    ],
  ])('%j', async (file, path, right) => {
    const all = (await problems(file)).join('\n');
    expect(all).toContain(` ${path}: `);
    expect(all).toContain(`Did you mean "${right}"?`);
  });

  test('words that every object knows are as unknown', async () => {
    expect(await problem({ ...FILES, max: 1, toString: 'x' })).toContain('"toString" is not a key');
    expect(await problem({ lighthouse: 'r.json', metric: 'constructor', max: 1 })).not.toContain(
      'function',
    );
  });
});

describe('metrics', () => {
  test('unknown: the nearest right word', async () => {
    expect(await problem({ lighthouse: 'r', metric: 'largest-contentful-pain', max: 1 })).toContain(
      'Did you mean "largest-contentful-paint"?',
    );
    expect(await problem({ ...FILES, metric: 'size.brotil', max: 1 })).toMatch(
      /budgets\[0\]\.metric: "size\.brotil" is not a metric.*Did you mean "size\.brotli"\?/,
    );
  });

  test('fan out: one budget each, named `name: metric`', async () => {
    const budgets = await loadAll([
      {
        name: 'Home',
        lighthouse: 'reports/*.json',
        url: '/',
        message: 'ask web',
        severity: 'warn',
        metrics: { [LCP]: { max: '2.5 s', severity: 'fail' }, performance: { min: 0.9 } },
      },
    ]);
    expect(budgets).toMatchObject([
      {
        name: `Home: ${LCP}`,
        entry: 'Home',
        metric: LCP,
        limits: { max: { value: 2_500, unit: 'millisecond' } },
        severity: 'fail',
        message: 'ask web',
        selection: { page: '/', reports: ['reports/*.json'] },
      },
      { name: 'Home: performance', limits: { min: { value: 0.9 } }, severity: 'warn' },
    ]);
  });

  test('stand alone: neither `metric` nor a limit beside them, and none is empty', async () => {
    const metrics = { performance: { min: 0.9 } };
    expect(await problem({ lighthouse: 'r', metrics, metric: 'seo' })).toContain(
      'budgets[0].metric:',
    );
    expect(await problem({ lighthouse: 'r', metrics, max: 1 })).toContain('budgets[0].max:');
    expect(await problem({ lighthouse: 'r', metrics: {} })).toContain('budgets[0].metrics:');
    expect(await problem({ lighthouse: 'r', metrics: { performance: {} } })).toMatch(
      /budgets\[0\]\.metrics\.performance: has no limit/,
    );
  });

  test('a budget on reports needs one', async () => {
    expect(await problem({ lighthouse: 'r', max: 1 })).toContain('has no metric');
    expect(await problem({ custom: 'm.json', max: 1 })).toContain('has no metric');
  });

  test('two of them do not contradict each other: `encoding` and `metric`', async () => {
    expect(await problem({ ...FILES, encoding: 'brotli', metric: 'size.gzip', max: 1 })).toMatch(
      /encoding|metric/,
    );
  });
});

describe('limits', () => {
  test('`max: 0` is not treated as "not given"', async () => {
    expect(await loadOne({ ...FILES, max: 0 })).toMatchObject({ limits: { max: { value: 0 } } });
    expect(await loadOne({ ...FILES, max: '0 B' })).toMatchObject({
      limits: { max: { value: 0 } },
    });
    expect(await loadOne({ ...FILES, maxIncrease: 0 })).toMatchObject({
      limits: { maxIncrease: [{ value: 0 }] },
    });
  });

  test('relative: an amount, a percent, a number or a list', async () => {
    const of = async (maxIncrease: unknown) =>
      (await loadOne({ ...FILES, maxIncrease }))?.limits.maxIncrease;
    expect(await of('1 kB')).toEqual([{ value: 1_000, unit: 'byte', text: '1 kB' }]);
    expect(await of('5%')).toEqual([{ percent: 5, text: '5%' }]);
    expect(await of(50)).toEqual([{ value: 50, unit: 'byte', text: '50' }]);
    expect(await of(['1 kB', '5%'])).toHaveLength(2);
    expect(await of('2.5 %')).toEqual([{ percent: 2.5, text: '2.5 %' }]);
  });

  test('at least one, which is not an empty list', async () => {
    expect(await problem(FILES)).toContain('has no limit');
    expect(await problem({ ...FILES, maxIncrease: [] })).toContain('budgets[0].maxIncrease');
  });

  test('`min: 90` is refused: "write 0.9"', async () => {
    expect(await problem({ lighthouse: 'r', metric: 'performance', min: 90 })).toMatch(
      /budgets\[0\]\.min: 90 is outside 0 to 1.*Write 0\.9\./,
    );
  });

  test('a percent over 100 of a score is refused without bad advice', async () => {
    const text = await problem({ lighthouse: 'r', metric: 'performance', min: '150%' });
    expect(text).toContain('outside 0 to 1');
    expect(text).not.toContain('0.015');
  });

  test.each([
    ['10 KB', /10 kB.*10 KiB/],
    ['10 K', /10 kB.*10 KiB/],
    ['1,000 B', /thousands/],
    ['', /empty/],
    ['abc', /"abc"/],
    ['500 bytes', /"500 B"/],
    ['2 s', /a time/],
    ['10 constructor', /not a unit/],
    [-1, /-1 is (below 0|negative)/],
    [null, /got null/],
    [{}, /got an object/],
  ])('max: %j is refused', async (max, words) => {
    expect(await problem({ ...FILES, max })).toMatch(words);
  });

  test('NaN and Infinity from a config that is code', async () => {
    for (const max of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const modules = { 'weighbridge.config.js': { budgets: [{ ...FILES, max }] } };
      await expect(loadConfig(null, '/repo', memoryHost({}, { modules }))).rejects.toThrow(
        'budgets[0].max',
      );
    }
  });

  test('one bad item of a list is named by its place', async () => {
    expect(await problem({ ...FILES, maxIncrease: ['1 kB', '5 KB'] })).toContain(
      'budgets[0].maxIncrease[1]:',
    );
  });

  test('maxIncrease where higher is better names maxDecrease, and the other way round', async () => {
    expect(await problem({ lighthouse: 'r', metric: 'performance', maxIncrease: '5%' })).toMatch(
      /budgets\[0\]\.maxIncrease: higher is better.*Use maxDecrease\./,
    );
    expect(await problem({ ...FILES, maxDecrease: '5%' })).toMatch(/Use maxIncrease\./);
  });

  test('a bare 90 on a ratio of a report is refused when the report says what it is', async () => {
    const host = memoryHost({
      'budgets.json': JSON.stringify({ budgets: [{ custom: 'm.json', metric: 'errors', max: 5 }] }),
      'm.json': JSON.stringify([{ metric: 'errors', value: 0.4, unit: 'ratio' }]),
    });
    const config = await loadConfig(null, '/repo', host);
    await expect(measure(config, host, null)).rejects.toThrow(/0 to 1|0\.05/);
  });

  test('a number is in the unit of the metric', async () => {
    expect(await loadOne({ lighthouse: 'r', metric: LCP, max: 2_500 })).toMatchObject({
      limits: { max: { value: 2_500, unit: 'millisecond' } },
    });
    expect(await loadOne({ custom: 'm.json', metric: 'x', max: 1.2 })).toMatchObject({
      limits: { max: { value: 1.2, unit: null } },
    });
  });
});

describe('encoding and each', () => {
  test('the default is the first of `encodings`', async () => {
    expect(await loadOne({ ...FILES, max: 1 })).toMatchObject({ metric: 'size.gzip' });
    expect(await loadOne({ ...FILES, max: 1 }, { encodings: ['brotli'] })).toMatchObject({
      metric: 'size.brotli',
    });
    expect(await loadOne({ ...FILES, max: 1, encoding: 'raw' })).toMatchObject({
      metric: 'size.raw',
    });
  });

  test('one that there is not', async () => {
    expect(await problem({ ...FILES, max: 1, encoding: 'zstd' })).toMatch(
      /"zstd" is not one of.*"gzip"/,
    );
  });

  test('each is for files', async () => {
    expect(await loadOne({ ...FILES, each: true, max: 1 })).toMatchObject({
      selection: { each: true },
    });
    expect(await problem({ lighthouse: 'r', metric: LCP, max: 1, each: true })).toContain(
      'budgets[0].each',
    );
  });
});

describe('defaults', () => {
  test('are merged into each budget, whose own keys win', async () => {
    const budgets = await loadAll(
      [
        { files: 'a.js' },
        { files: 'b.js', max: 1, severity: 'fail', each: false, encoding: 'raw' },
      ],
      {
        defaults: { max: '5 kB', severity: 'warn', each: true, encoding: 'brotli', optional: true },
      },
    );
    expect(budgets).toMatchObject([
      {
        limits: { max: { value: 5_000 } },
        severity: 'warn',
        metric: 'size.brotli',
        optional: true,
        selection: { each: true },
      },
      {
        limits: { max: { value: 1 } },
        severity: 'fail',
        metric: 'size.raw',
        selection: { each: false },
      },
    ]);
  });

  test('only where they fit: bytes are no limit of a time, growth none of a score', async () => {
    const budgets = await loadAll(
      [
        { lighthouse: 'r', metric: LCP, max: 1 },
        { lighthouse: 'r', metric: 'performance', min: 0.9 },
        { files: 'a.js' },
      ],
      { defaults: { maxIncrease: '1 kB', ignoreBelow: '500 B' } },
    );
    expect(
      budgets.map(({ limits, ignoreBelow }) => [limits.maxIncrease, ignoreBelow?.text]),
    ).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [[{ value: 1_000, unit: 'byte', text: '1 kB' }], '500 B'],
    ]);
  });

  test('only where they fit: nor of a metric whose unit only its report knows', async () => {
    const host = memoryHost({
      'budgets.json': JSON.stringify({
        defaults: { ignoreBelow: '500 B', maxIncrease: '5%' },
        budgets: [
          { custom: 'm.json', metric: 'cold-start', max: '2 s' },
          { custom: 'm.json', metric: 'rate', min: 5 },
        ],
      }),
      'm.json': JSON.stringify([
        { metric: 'cold-start', value: 1, unit: 's' },
        { metric: 'rate', value: 9, unit: '/s' },
      ]),
    });
    const config = await loadConfig(null, '/repo', host);
    const { snapshot } = await measure(config, host, null);
    expect(snapshot.measurements).toHaveLength(2);
  });

  test('with a unit that is read nowhere are an error, not "no limit"', async () => {
    const all = await problems({
      defaults: { max: '10 KB' },
      budgets: [{ ...FILES, maxIncrease: 1 }],
    });
    expect(all.join()).toMatch(/defaults\.max: "KB" can be read in two ways/);
  });

  test('with an unknown key hide no wrong limit beside it', async () => {
    const all = await problems({
      defaults: { maxx: 1, max: '10 KB', severity: 'error', maxIncrease: true },
      budgets: [{ ...FILES, max: 1 }],
    });
    expect(all.map((line) => line.split(' ')[1])).toEqual([
      'defaults.maxx:',
      'defaults.max:',
      'defaults.severity:',
      'defaults.maxIncrease:',
    ]);
  });

  test('that are no limit at all are an error', async () => {
    const all = await problems({
      defaults: { maxIncrease: 'abc' },
      budgets: [{ ...FILES, max: 1 }],
    });
    expect(all.join()).toContain('defaults.maxIncrease');
  });
});

describe('names', () => {
  test('the default is the subject', async () => {
    const budgets = await loadAll([
      { files: ['a.js', '!b.js'], max: 1 },
      { lighthouse: 'r', url: '/cart', metric: 'performance', min: 0.9 },
    ]);
    expect(budgets.map(({ name }) => name)).toEqual(['a.js, !b.js', '/cart: performance']);
  });

  test('are unique', async () => {
    const all = await problems({
      budgets: [
        { name: 'All', files: 'a.js', max: 1 },
        { name: 'All', files: 'b.js', max: 1 },
      ],
    });
    expect(all).toEqual([expect.stringMatching(/budgets\[1\]\.name: two budgets are named "All"/)]);
  });

  test('are unique among those with metrics too: a waiver of one must not pardon the other', async () => {
    const all = await problems({
      budgets: [
        { name: 'Home', files: 'a.js', max: 1 },
        { name: 'Home', lighthouse: 'r', metrics: { performance: { min: 0.9 } } },
      ],
    });
    expect(all).toEqual([expect.stringContaining('budgets[1].name')]);
  });
});

describe('one subject', () => {
  test('none', async () => {
    expect(await problem({ max: 1 })).toMatch(/budgets\[0\]: has no subject.*files.*lighthouse/);
  });

  test('two', async () => {
    expect(await problem({ ...FILES, custom: 'm.json', max: 1 })).toContain('two subjects');
  });

  test('empty', async () => {
    expect(await problem({ files: '', max: 1 })).toContain('budgets[0].files');
    expect(await problem({ files: [], max: 1 })).toContain('budgets[0].files');
  });

  test('negations alone are none: they match nothing', async () => {
    expect(await problem({ files: ['!a.js'], max: 1 })).toContain('budgets[0].files');
  });
});

describe('the baseline', () => {
  const read = async (baseline: unknown) => (await load({ track: 'a', baseline })).baseline;

  test('has a default for all that is not said', async () => {
    const unsaid = { branch: null, stores: null, build: null, buildTimeout: 900_000 };
    expect((await load({ track: 'a' })).baseline).toEqual(unsaid);
    expect(await read({})).toEqual(unsaid);
  });

  test('names its stores with or without their places', async () => {
    const stores = ['artifact', 'git', { git: 'refs/size/base' }, 'file', { file: 'records' }];
    expect((await read({ stores })).stores).toEqual([
      { kind: 'artifact' },
      { kind: 'git', ref: 'refs/weighbridge/baselines' },
      { kind: 'git', ref: 'refs/size/base' },
      { kind: 'file', folder: null },
      { kind: 'file', folder: 'records' },
    ]);
  });

  test('says how base is built, and for how long', async () => {
    const read = await load({ track: 'a', baseline: { build: 'make', buildTimeout: '2 min' } });
    expect(read.baseline).toMatchObject({ build: 'make', buildTimeout: 120_000 });
  });

  test.each([
    [
      { stores: ['s3'] },
      /baseline\.stores\[0\]: expected "artifact" or "git" or "file" or an object, got "s3"/,
    ],
    [{ stores: [{ git: 'main' }] }, /baseline\.stores\[0\]\.git: "main" is not a ref .*refs\//],
    [{ stores: [{ git: 'refs/heads/main' }] }, /baseline\.stores\[0\]\.git/],
    [{ stores: [{ file: '' }] }, /baseline\.stores\[0\]\.file: names no folder/],
    [{ stores: [] }, /baseline\.stores/],
    [{ build: '' }, /baseline\.build/],
    [{ buildTimeout: '0 s' }, /baseline\.buildTimeout: leaves no time to build/],
    [{ buildTimeout: '5 kB' }, /baseline\.buildTimeout/],
    [{ branchs: 'main' }, /baseline\.branchs: .*Did you mean.*branch/],
  ])('%j is refused', async (baseline, words) => {
    expect(await problems({ track: 'a', baseline })).toEqual([expect.stringMatching(words)]);
  });
});

describe('acceptLabel', () => {
  const said = (acceptLabel: unknown) => problems({ track: 'a', acceptLabel });

  test('is as long as a label of GitHub can be', async () => {
    const longest = 'x'.repeat(50);
    expect((await load({ track: 'a', acceptLabel: longest })).rules.acceptLabel).toBe(longest);
    expect(await said(`${longest}x`)).toEqual([
      expect.stringContaining(' acceptLabel: is longer than 50 characters.'),
    ]);
  });

  test('is one label, and has a name', async () => {
    expect(await said('')).toEqual([expect.stringContaining(' acceptLabel: is empty.')]);
    expect(await said(['a', 'b'])).toEqual([
      expect.stringContaining(' acceptLabel: expected a string, got a list.'),
    ]);
  });
});

test('a value of a wrong shape is refused once, whatever it is', async () => {
  expect(await problem({ lighthouse: 'r', metric: LCP, max: 1, url: {} })).toContain(
    '.url: expected',
  );
});

describe('imports', () => {
  const FROM = './dist/index.js';
  const imported = async (entry: object) => (await loadOne({ max: '3 kB', ...entry }))?.selection;

  test('what is imported, where from, and how', async () => {
    const entry = { import: '{ b, a, a as c, }', from: FROM };
    expect(await loadOne({ ...entry, max: '3 kB' })).toMatchObject({
      name: 'import { a, b } from "./dist/index.js"',
      metric: 'size.gzip',
      selection: {
        kind: 'imports',
        imports: [{ from: FROM, names: ['a', 'b'] }],
        platform: 'browser',
        conditions: [],
        external: [],
      },
    });
    const how = { platform: 'node', conditions: ['b', 'a'], ignore: ['y'], external: ['x', 'y'] };
    expect(await imported({ ...entry, ...how })).toMatchObject({
      platform: 'node',
      conditions: ['a', 'b'],
      external: ['x', 'y'],
    });
  });

  test('lists of files, and maps from file to names', async () => {
    expect(await imported({ import: '*', from: ['b.js', 'a.js', 'b.js'] })).toMatchObject({
      imports: [
        { from: 'a.js', names: ['*'] },
        { from: 'b.js', names: ['*'] },
      ],
    });
    const map = { 'b.js': '{ b }', 'a.js': 'default' };
    expect(await imported({ import: map })).toMatchObject({
      imports: [
        { from: 'a.js', names: ['default'] },
        { from: 'b.js', names: ['b'] },
      ],
    });
  });

  test('encodings as for files', async () => {
    const entry = { import: '*', from: FROM, max: 1 };
    expect(await loadOne(entry, { encodings: ['brotli'] })).toMatchObject({
      metric: 'size.brotli',
    });
    expect(await loadOne({ ...entry, encoding: 'raw' })).toMatchObject({ metric: 'size.raw' });
    expect(await loadOne({ ...entry, metric: 'size.raw' })).toMatchObject({ metric: 'size.raw' });
    expect(await problem({ ...entry, metric: 'size.brotil' })).toContain('"size.brotli"');
    expect(await problem({ ...entry, metric: 'requests' })).toContain('is not a metric of imports');
  });

  test.each([
    [{ import: '{ a }' }, '.from: is missing. Give the file'],
    [{ import: '{ a, }}', from: FROM }, '.import: "{ a, }}" is not what can be imported. Write "{'],
    [
      { import: '{}', from: FROM },
      'is not what can be imported. Write "{ a, b }", "*" or "default"',
    ],
    [{ import: 'store', from: FROM }, 'Write "{ store }" for the export of that name, "default"'],
    [{ import: { 'a.js': '{ a }' }, from: FROM }, '.from: stands beside files in `import`'],
    [{ import: { 'a.js': 'a' } }, '.import: "a" is not what can be imported'],
    [{ import: {} }, '.import: is empty'],
    [{ import: '', from: FROM }, '.import: is empty'],
    [{ import: '*', from: [] }, '.from: is empty'],
    [{ import: '*', from: [5] }, 'expected'],
    [{ import: '*', from: {} }, 'expected'],
    [{ import: '*', from: FROM, ignore: 'react' }, '.ignore: expected an array'],
    [{ import: '*', from: FROM, conditions: [null] }, '.conditions'],
    [{ import: '*', from: '/dist/a.js' }, '.from: "/dist/a.js" is an absolute path'],
    [{ import: '*', from: 'dist\\a.js' }, 'has a backslash'],
    [
      { import: '*', from: FROM, platform: 'deno' },
      '"deno" is not one of "browser", "node", "neutral"',
    ],
    [{ import: '*', from: FROM, condition: ['a'] }, 'Did you mean "conditions"?'],
    [{ import: '*', from: FROM, each: true }, '"each" is not a key here'],
    [
      { import: `{ ${Array.from({ length: 200 }, (_, index) => `name${index}`)} }`, from: FROM },
      '.import: takes more than 1000 characters to say. Make several budgets',
    ],
    [{ import: '*', files: 'a.js' }, 'has two subjects: files and import'],
  ])('%j is refused', async (entry, words) => {
    expect(await problem({ max: 1, ...entry })).toContain(words);
  });
});

describe('reserved names are refused honestly', () => {
  test.each(['k6', 'autocannon', 'hyperfine', 'vitest', 'benchmark'])(
    'the subject `%s`',
    async (subject) => {
      expect(await problem({ [subject]: 'x', max: 1 })).toMatch(
        new RegExp(`budgets\\[0\\]\\.${subject}: .*reserved.*cannot do it yet`),
      );
    },
  );

  test.each(['against', 'percentile'])('`%s` of a budget', async (key) => {
    expect(await problem({ lighthouse: 'r', metric: LCP, max: 1, [key]: 'x' })).toContain(
      'reserved',
    );
  });

  test('only where they will mean something: no promise for a misplaced word', async () => {
    expect(await problem({ ...FILES, max: 1, acceptLabel: 'x' })).not.toContain('reserved');
    expect((await problems({ track: 'a', percentile: 9 })).join()).not.toContain('reserved');
  });
});

describe('budgets on what is inside', () => {
  const track = 'dist/*.js';

  test('a package, in an encoding of its own', async () => {
    const {
      budgets: [budget],
    } = await load({
      track,
      budgets: [{ package: '@a/b', encoding: 'raw', max: 0 }],
    });
    expect(budget).toMatchObject({
      name: '@a/b',
      metric: 'size.raw',
      selection: { kind: 'package', name: '@a/b' },
    });
  });

  test('duplicates, which are counted', async () => {
    const {
      budgets: [budget],
    } = await load({ track, budgets: [{ duplicates: true, max: 0 }] });
    expect(budget).toMatchObject({
      name: 'duplicates',
      metric: 'duplicates',
      selection: { kind: 'duplicates' },
    });
  });

  test.each([
    [{ package: 'moment@2', max: 0 }, 'without a version'],
    [{ package: 'moment/locale', max: 0 }, 'without a version or a path'],
    [{ package: 'moment', metric: 'duplicates', max: 0 }, 'is not a metric of packages'],
    [{ package: 'moment', files: 'a.js', max: 0 }, 'two subjects'],
    [{ duplicates: false, max: 0 }, 'duplicates'],
    [{ duplicates: 1, max: 0 }, 'expected true, got 1'],
    [{ duplicates: true, max: '1 kB' }, 'a count'],
  ])('%j is refused', async (entry, words) => {
    expect(await problem(entry, { track })).toContain(words);
  });

  test('without files there is nothing to look into, and it is said', async () => {
    const { message, hint } = await refused({ budgets: [{ package: 'moment', max: 0 }] });
    expect(`${message} ${hint}`).toContain('no files to look for moment in');
  });
});
