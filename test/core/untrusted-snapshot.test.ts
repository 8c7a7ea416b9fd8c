import { describe, expect, it } from 'vitest';
import { formatSnapshot } from '../../src/core/snapshot-text.ts';
import { parseUntrusted } from '../../src/core/untrusted-snapshot.ts';
import { UserError } from '../../src/model/errors.ts';
import { asset, budget, measurement, page, snapshot, waiver } from '../support/build.ts';
import { WHOLE } from '../support/records.ts';

const FILE = 'The artifact weighbridge-head-shop';
const ASSETS = [asset('dist/a.js'), asset('dist/b-3f2a1c9d.css', { raw: 0 })];
const MEASUREMENTS = [measurement({ metric: 'lcp', samples: [1, 2.5, 3] })];
const HEAD = snapshot({ assets: ASSETS, measurements: MEASUREMENTS });

function refusal(text: string): UserError {
  try {
    parseUntrusted(text, FILE);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it was believed');
}

const changed = (change: (value: ReturnType<typeof plain>) => void): string => {
  const value = plain();
  change(value);
  return JSON.stringify(value);
};

// biome-ignore lint/suspicious/noExplicitAny: what an attacker writes has no type
const plain = (): any => structuredClone(HEAD);

/** A module of the first asset, whose sizes are 1,000 B. */
const share = (given: object) => ({ id: 'src/a.ts', raw: 1, gzip: 1, brotli: 1, ...given });

describe('what is believed', () => {
  it('the measured facts, and nothing that judges them', () => {
    const head = snapshot({
      ...HEAD,
      budgets: [budget({ max: 1 })],
      waivers: [waiver({ budget: 'a' })],
      relaxing: 'allow',
      acceptLabel: 'bug',
      kept: { verdict: 'pass', run: 1 },
    });
    const { encoders, ...read } = parseUntrusted(formatSnapshot(head), FILE);

    expect(read).toEqual({
      schemaVersion: 1,
      commit: head.commit,
      project: '.',
      takenAt: head.takenAt,
      assets: ASSETS,
      measurements: MEASUREMENTS,
      budgets: [],
      tracked: { files: [], encodings: [], reports: [] },
      rules: { relaxing: 'fail', waivers: [] },
    });
    expect(encoders).toEqual({ ...head.encoders, versions: {} });
  });

  it('damaged rules of its own hide nothing, for they are not looked at', () => {
    const text = changed((value) => {
      value.budgets = 'x'.repeat(5_000);
      value.rules = { relaxing: 1e308 };
      value.tracked = null;
    });
    expect(parseUntrusted(text, FILE).assets).toEqual(ASSETS);
  });

  it('modules that are all of their asset', () => {
    const modules = [share({ raw: 400 }), share({ id: 'src/b.ts', raw: 600, brotli: 999 })];
    const text = changed((value) => {
      value.assets[0].modules = modules;
    });
    expect(parseUntrusted(text, FILE).assets[0]?.modules).toEqual(modules);
  });

  it('as many as are allowed, of the size that is allowed', () => {
    const path = `${'重'.repeat(1_021)}.js`;
    const samples = Array.from({ length: 2_000 }, () => Number.MAX_SAFE_INTEGER);
    const text = changed((value) => {
      value.assets = [asset(path)];
      value.measurements = [measurement({ metric: 'm', samples })];
    });
    expect(parseUntrusted(text, FILE).assets[0]?.path).toBe(path);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'a share of more than its asset',
      (value) => (value.assets[0].modules = [share({ raw: 1_001 })]),
    ],
    [
      'shares that together are a byte more than their asset',
      (value) => {
        const modules = [share({ gzip: 500 }), share({ id: 'src/b.ts', gzip: 501 })];
        value.assets[0].modules = modules;
      },
    ],
    [
      'a share of more than an import',
      (value) => {
        const cost = { metric: 'size.gzip', value: 1_000, modules: [share({ gzip: 1_001 })] };
        value.measurements = [measurement({ source: 'import', ...cost })];
      },
    ],
    [
      'a share of a size that there is not',
      (value) => {
        value.assets[0].brotli = undefined;
        value.assets[0].modules = [share({})];
      },
    ],
    [
      'more files than pages load',
      (value) => {
        const initial = Array.from({ length: 19_000 }, () => 'a.js');
        value.pages = Array.from({ length: 27 }, (_, at) => page(`${at}.html`, { initial }));
      },
    ],
    ['a page that is null', (value) => (value.pages = [null])],
    ['a measurement that is null', (value) => (value.measurements = [null])],
    ['a page twice', (value) => (value.pages = [page('a.html'), page('a.html')])],
    ['a path of 1,025 characters', (value) => (value.assets[0].path = 'x'.repeat(1_025))],
    ['a long project', (value) => (value.project = 'x'.repeat(1_025))],
    ['a long key', (value) => (value.assets[0]['x'.repeat(1_025)] = 1)],
    ['an escape sequence', (value) => (value.assets[0].subject = '\u001b[2J')],
    ['a zero byte', (value) => (value.project = 'a\u0000')],
    ['a line separator', (value) => (value.measurements[0].label = 'a\u2028b')],
    ['a C1 control character', (value) => (value.measurements[0].environment = '\u009b31m')],
    ['half a character', (value) => (value.project = '\ud800')],
    ['a number beyond exactness', (value) => (value.measurements[0].value = 2 ** 53)],
    ['a negative one', (value) => (value.measurements[0].value = -(2 ** 53))],
    ['deep nesting', (value) => (value.assets[0].x = [[[[[[[1]]]]]]])],
    ['__proto__', (value) => (value.assets[0] = JSON.parse('{"__proto__":{"path":"a"}}'))],
    ['constructor', (value) => (value.measurements[0].constructor = {})],
    ['prototype', (value) => (value.encoders.levels.prototype = {})],
    ['encoders that are a list', (value) => (value.encoders = [])],
    ['assets that are none', (value) => (value.assets = { length: 3 })],
    ['a path twice', (value) => (value.assets[1] = value.assets[0])],
    ['a hash that is none', (value) => (value.assets[0].sha256 = 'a'.repeat(63))],
    ['a scale of zero', (value) => (value.measurements[0].scale = 0)],
    ['no samples', (value) => (value.measurements[0].samples = [])],
    ['2,001 samples', (value) => (value.measurements[0].samples = Array(2_001).fill(1))],
    ['101 globs', (value) => (value.measurements[0].reports = Array(101).fill('a'))],
    ['5,001 measurements', (value) => (value.measurements = Array(5_001).fill(MEASUREMENTS[0]))],
    ['20,001 assets', (value) => (value.assets = Array(20_001).fill(1))],
    ['another schema', (value) => (value.schemaVersion = 0)],
    ['a day that is none', (value) => (value.takenAt = 'today')],
    ['a commit that is a ref', (value) => (value.commit = 'refs/heads/main')],
    // biome-ignore lint/suspicious/noExplicitAny: what an attacker writes has no type
  ] satisfies [string, (value: any) => void][])('%s', (_, change) => {
    const error = refusal(changed(change));

    expect(error.message).toContain(FILE);
    expect(['snapshot-refused', 'snapshot-damaged']).toContain(error.code);
  });

  it.each(['1e999', '-1e999', 'NaN', 'Infinity', '1e308'])('%s for a number', (number) => {
    const text = formatSnapshot(HEAD).replace('"raw":1000', `"raw":${number}`);
    expect(text).not.toBe(formatSnapshot(HEAD));
    expect(refusal(text).code).toBe('snapshot-refused');
  });

  it.each(['', 'null', '[]', '3', '"text"', '{', '[', '['.repeat(200_000)])('%.20s', (text) => {
    expect(refusal(text).code).toBe('snapshot-refused');
  });

  it('says nothing in the words of who wrote it', () => {
    const text = changed((value) => {
      value.assets[0]['@octocat'] = { '<img>': '\n' };
    });
    expect(`${refusal(text).message}${refusal(text).hint}`).not.toMatch(/octocat|img/);
  });

  it('leaves the prototype of everything as it was', () => {
    const text = formatSnapshot(HEAD).replace('"schemaVersion"', '"__proto__":{"isOwn":1},"a"');
    expect(() => parseUntrusted(text, FILE)).toThrow();
    expect(({} as { isOwn?: unknown }).isOwn).toBeUndefined();
  });

  it('what a record may have and no build has', () => {
    expect(refusal(formatSnapshot(WHOLE)).message).toContain('control character');
  });
});
