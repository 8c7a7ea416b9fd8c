import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { fingerprint } from '../../src/core/fingerprint.ts';
import { codeSpan, escapeMarkdown } from '../../src/format/markdown.ts';
import { exactly, formatValue } from '../../src/format/numbers.ts';
import { cutMiddle, terminalText, textWidth } from '../../src/format/terminal.ts';
import { isMisread, parseQuantity } from '../../src/format/units.ts';
import { shorten, visible } from '../../src/format/visible.ts';
import type { Comparison } from '../../src/model/comparison.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import { asset, baseline, budget, snapshot, verdictOf } from '../support/build.ts';

const size = fc.integer({ min: 0, max: 2_000_000 });
const base64url = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'];
const hash = fc
  .array(fc.constantFrom(...base64url), { minLength: 8, maxLength: 8 })
  .map((characters) => characters.join(''));
const path = fc
  .tuple(
    fc.constantFrom('dist/', 'dist/assets/', ''),
    fc.constantFrom('index', 'vendor', 'user-profile', 'user-settings', 'a'),
    fc.option(hash, { nil: null }),
    fc.constantFrom('.js', '.css'),
  )
  .map(([folder, stem, token, end]) => folder + (token === null ? stem : `${stem}-${token}`) + end);

/** A build: some paths, named as a listing names them; contents come from a small pool, so that some repeat. */
const build: fc.Arbitrary<Asset[]> = fc
  .uniqueArray(fc.tuple(path, size, fc.integer({ min: 0, max: 30 })), {
    selector: ([name]) => name,
    maxLength: 12,
  })
  .map((files) => {
    const names = fingerprint(files.map(([name]) => name)).names;
    const sizes = new Map<number, number>();
    return files.map(([name, raw, content]) => {
      // Equal contents are equal bytes, and so have equal sizes.
      const bytes = sizes.get(content) ?? raw;
      sizes.set(content, bytes);
      return asset(name, {
        raw: bytes,
        gzip: Math.ceil(bytes / 3),
        content: `${content} of ${bytes}`,
        subject: names.get(name) ?? name,
      });
    });
  });

const ENCODINGS = ['raw', 'gzip', 'brotli'] as const;
const compared = (head: Asset[], base: Asset[]) =>
  compare(snapshot({ assets: head }), baseline(snapshot({ assets: base })));
const deltas = ({ assets }: Comparison, sign: 1 | -1) =>
  assets
    .flatMap(({ sizes }) =>
      ENCODINGS.map(
        (encoding) => sign * ((sizes[encoding].head ?? 0) - (sizes[encoding].base ?? 0)),
      ),
    )
    .map((delta) => (delta === 0 ? 0 : delta))
    .sort((left, right) => left - right);

describe('compare', () => {
  test('compare(s, s) has no delta, nothing added, nothing removed', () => {
    fc.assert(
      fc.property(build, (assets) => {
        const changes = compared(assets, assets).assets;
        expect(changes).toHaveLength(assets.length);
        for (const { base, head, sizes } of changes) {
          expect(base).not.toBeNull();
          expect(head).not.toBeNull();
          for (const encoding of ENCODINGS) expect(sizes[encoding].head).toBe(sizes[encoding].base);
        }
      }),
    );
  });

  test('swapping head and base negates every delta', () => {
    fc.assert(
      fc.property(build, build, (one, other) => {
        expect(deltas(compared(one, other), 1)).toEqual(deltas(compared(other, one), -1));
      }),
    );
  });

  test('two assets never collapse into one: each is in exactly one change, under a name of its own', () => {
    fc.assert(
      fc.property(build, build, (head, base) => {
        const { assets } = compared(head, base);
        const paths = (side: 'head' | 'base') =>
          assets.flatMap((change) => change[side]?.path ?? []).sort();
        expect(paths('head')).toEqual(head.map((one) => one.path).sort());
        expect(paths('base')).toEqual(base.map((one) => one.path).sort());
        expect(new Set(assets.map(({ subject }) => subject)).size).toBe(assets.length);
      }),
    );
  });

  test('a change whose contents are equal has delta 0', () => {
    fc.assert(
      fc.property(build, build, (head, base) => {
        for (const change of compared(head, base).assets) {
          if (change.head === null || change.head.content !== change.base?.content) continue;
          expect(change.sizes.gzip.head).toBe(change.sizes.gzip.base);
        }
      }),
    );
  });
});

describe('judge', () => {
  const budgets = [
    budget({ name: 'sum', files: '**', max: 500_000, maxIncrease: ['1%', 1_000] }),
    budget({
      name: 'each',
      files: ['**/*.js', '!**/vendor*'],
      each: true,
      max: 90_000,
      maxIncrease: 5,
    }),
  ];
  const shuffled = (assets: Asset[]) =>
    fc.shuffledSubarray(assets, { minLength: assets.length, maxLength: assets.length });

  test('the verdict does not depend on the order of assets', () => {
    const builds = fc
      .tuple(build, build)
      .chain(([head, base]) =>
        fc.tuple(fc.constant(head), fc.constant(base), shuffled(head), shuffled(base)),
      );
    fc.assert(
      fc.property(builds, ([head, base, otherHead, otherBase]) => {
        const judged = (left: Asset[], right: Asset[]) =>
          verdictOf(snapshot({ budgets, assets: left }), snapshot({ budgets, assets: right }));
        expect(judged(otherHead, otherBase)).toEqual(judged(head, base));
      }),
    );
  });

  test('a sum is the sum of its files, whatever their order', () => {
    const total = (assets: readonly Asset[]) =>
      assets.reduce((sum, { gzip }) => sum + (gzip ?? 0), 0);
    fc.assert(
      fc.property(build, (assets) => {
        fc.pre(assets.length > 0);
        const head = snapshot({ budgets: [budget({ files: '**', max: 1 })], assets });
        expect(verdictOf(head, null).findings).toMatchObject([{ actual: total(assets) }]);
      }),
    );
  });

  test('a limit of exactly the size holds, one of a byte less does not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), (gzip) => {
        const judged = (max: number) =>
          verdictOf(
            snapshot({
              budgets: [budget({ files: '**', max })],
              assets: [asset('a.js', { gzip })],
            }),
            null,
          );
        expect(judged(gzip).status).toBe('pass');
        expect(judged(gzip - 1)).toMatchObject({ status: 'fail', findings: [{ over: 1 }] });
      }),
    );
  });
});

describe('numbers', () => {
  const parsed = (text: string, unit: 'byte' | 'millisecond' | 'ratio' | 'per-second') => {
    const result = parseQuantity(text, unit);
    return isMisread(result) ? result.problem : result.value;
  };

  test('parseQuantity reads back what is shown exactly', () => {
    const exact = [
      fc.record({ value: fc.integer({ min: 0, max: 999 }), unit: fc.constant('byte' as const) }),
      fc.record({
        value: fc.integer({ min: 10, max: 9_999 }).map((tenths) => tenths * 100),
        unit: fc.constant('byte' as const),
      }),
      fc.record({
        value: fc.integer({ min: 100, max: 99_999 }).map((hundredths) => hundredths * 10_000),
        unit: fc.constant('byte' as const),
      }),
      fc.record({
        value: fc.integer({ min: 100, max: 99_999 }).map((hundredths) => hundredths * 10),
        unit: fc.constant('millisecond' as const),
      }),
      fc.record({
        value: fc.integer({ min: 0, max: 999 }),
        unit: fc.constant('millisecond' as const),
      }),
      fc.record({
        value: fc.integer({ min: 0, max: 10_000 }).map((share) => share / 10_000),
        unit: fc.constant('ratio' as const),
      }),
      fc.record({ value: fc.integer({ min: 0 }), unit: fc.constant('per-second' as const) }),
    ];
    fc.assert(
      fc.property(fc.oneof(...exact), ({ value, unit }) => {
        expect(parsed(formatValue(value, unit), unit)).toBe(value);
      }),
    );
  });

  test('parseQuantity reads back every digit of `exactly`', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (value) => {
        expect(parsed(exactly(value, 'byte'), 'byte')).toBe(value);
      }),
    );
  });

  test('what parseQuantity accepts is a finite number of at least 0; it never throws', () => {
    const words = fc.constantFrom(
      'kB',
      'KB',
      'ms',
      'constructor',
      'toString',
      '__proto__',
      '%',
      '',
    );
    const near = fc.tuple(fc.double(), words).map(([number, word]) => `${number} ${word}`);
    const unit = fc.constantFrom('byte', 'millisecond', 'ratio', 'score', 'count', null);
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), unit, (text, wanted) => {
        const result = parseQuantity(text, wanted);
        if (isMisread(result)) return;
        expect(Number.isFinite(result.value)).toBe(true);
        expect(result.value).toBeGreaterThanOrEqual(0);
      }),
      { examples: [['10 constructor', 'byte']] },
    );
  });
});

describe('escapes', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('\ud800', '\udc00', '`', '|', '\n', '\u202e', '@', ':', 'a'),
    }),
  );

  test('never throw on any string, and give well-formed text on one line', () => {
    const escapes = [visible, escapeMarkdown, codeSpan, terminalText];
    fc.assert(
      fc.property(anything, (text) => {
        for (const apply of escapes) {
          const escaped = apply(text);
          expect(escaped.isWellFormed()).toBe(true);
          expect(escaped).not.toMatch(/[\n\r]/);
        }
      }),
    );
  });

  test('what is cut fits', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 5, max: 60 }), (text, width) => {
        expect([...shorten(text, width)].length).toBeLessThanOrEqual(width);
        expect(textWidth(cutMiddle(visible(text), width))).toBeLessThanOrEqual(width);
      }),
      { examples: [['\u2e80\u0000\u{1f300}', 5]] },
    );
  });
});
