import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetPair } from '../../src/core/matching.ts';
import { pairAssets } from '../../src/core/pair.ts';
import { sketchOf } from '../../src/core/sketch.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import { type AssetFacts, asset } from '../support/build.ts';

const shown = (pairs: readonly AssetPair[]) =>
  pairs.map(({ base, head }) => `${base?.path ?? '-'} > ${head?.path ?? '-'}`).sort();
const paired = (base: readonly Asset[], head: readonly Asset[]) => shown(pairAssets(base, head));

/** An asset whose text is a number of words: `topic0`, `topic1` and so on. */
function worded(path: string, topics: Readonly<Record<string, number>>, facts: AssetFacts = {}) {
  const words = Object.entries(topics).flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, index) => `${topic}${index}`),
  );
  const sketch = sketchOf(new TextEncoder().encode(words.join(' '))) ?? undefined;
  return asset(path, { content: `${path} ${words.join(' ')}`, sketch, ...facts });
}

/** An asset with modules, given as bytes by id. */
function mapped(path: string, modules: Readonly<Record<string, number>>) {
  const list = Object.entries(modules).map(([id, raw]) => ({ id, raw }));
  return asset(path, { content: JSON.stringify([path, list]), modules: list });
}

const REPORT = { 'src/pages/report.tsx': 4_000, 'src/table.tsx': 900 };
const SETTINGS = { 'src/pages/settings.tsx': 3_000, 'src/form.tsx': 1_200 };
const VENDOR = { 'node_modules/react/index.js': 7_000, 'node_modules/react-dom/index.js': 130_000 };

describe('chunks without a name', () => {
  test('go on as those with the same modules, whatever their numbers', () => {
    const base = [mapped('dist/123.js', REPORT), mapped('dist/456.js', SETTINGS)];
    const head = [
      mapped('dist/123.js', { ...SETTINGS, 'src/pages/settings.tsx': 3_100 }),
      mapped('dist/789.js', { ...REPORT, 'src/chart.tsx': 700 }),
    ];
    expect(paired(base, head)).toEqual(['dist/123.js > dist/789.js', 'dist/456.js > dist/123.js']);
  });

  test('go on as those with the same words where there is no map', () => {
    const base = [
      worded('dist/chunk-YFUKKOJ3.js', { report: 60, shared: 20 }),
      worded('dist/chunk-6ILNWAKC.js', { settings: 300, shared: 20 }),
    ];
    const head = [
      worded('dist/chunk-UXWOQBGN.js', { settings: 320, shared: 20 }),
      worded('dist/chunk-PPP5SVIB.js', { report: 55, shared: 20 }),
    ];
    expect(paired(base, head)).toEqual([
      'dist/chunk-6ILNWAKC.js > dist/chunk-UXWOQBGN.js',
      'dist/chunk-YFUKKOJ3.js > dist/chunk-PPP5SVIB.js',
    ]);
  });

  test('that have nothing in common are two, although they have one path', () => {
    const base = [mapped('dist/123.js', REPORT)];
    const head = [mapped('dist/123.js', SETTINGS)];
    expect(paired(base, head)).toEqual(['- > dist/123.js', 'dist/123.js > -']);
  });

  test('go by their path, and by the rest of the name, where nothing else is known', () => {
    const known = asset('dist/123.js', { raw: 1 });
    expect(paired([known], [asset('dist/123.js', { raw: 2 })])).toEqual([
      'dist/123.js > dist/123.js',
    ]);
    const base = [asset('dist/chunk-YFUKKOJ3.js', { subject: 'dist/chunk-[hash].js' })];
    const head = [asset('dist/chunk-UXWOQBGN.js', { subject: 'dist/chunk-[hash].js', raw: 2 })];
    expect(paired(base, head)).toEqual(['dist/chunk-YFUKKOJ3.js > dist/chunk-UXWOQBGN.js']);
  });
});

describe('several of one name', () => {
  const index = (token: string, topics: Readonly<Record<string, number>>) =>
    worded(`dist/index-${token}.js`, topics, { subject: 'dist/index-[hash].js' });

  test('are told apart by what is inside', () => {
    const base = [index('BqX7rT0z', { a: 50 }), index('C9x_Q2sd', { beta: 50 })];
    const words = { beta: 50, gamma: 9 };
    const head = [index('DmFkd93s', words), index('CkP0sL3e', { alpha: 40 })];
    expect(paired(base, head)).toContain('dist/index-C9x_Q2sd.js > dist/index-DmFkd93s.js');
  });

  test('of which the last two have nothing in common are a removed and an added one', () => {
    const same = { shared: 50 };
    const base = [index('BqX7rT0z', same), index('C9x_Q2sd', { before: 50 })];
    const head = [index('DmFkd93s', same), index('CkP0sL3e', { after: 50 })];
    const [kept] = base;
    expect(
      paired(base, [{ ...(head[0] as Asset), content: kept?.content ?? '' }, ...head.slice(1)]),
    ).toEqual([
      '- > dist/index-CkP0sL3e.js',
      'dist/index-BqX7rT0z.js > dist/index-DmFkd93s.js',
      'dist/index-C9x_Q2sd.js > -',
    ]);
  });
});

describe('renames and splits', () => {
  test('a renamed page is the same subject', () => {
    const base = [mapped('dist/Report-BqX7rT0z.js', REPORT)];
    const head = [mapped('dist/Stats-DmFkd93s.js', { ...REPORT, 'src/new.ts': 100 })];
    expect(paired(base, head)).toEqual(['dist/Report-BqX7rT0z.js > dist/Stats-DmFkd93s.js']);
  });

  test('what splits goes on as the part that is most like it, the rest is added', () => {
    const base = [mapped('dist/1.js', { ...REPORT, ...SETTINGS })];
    const head = [mapped('dist/2.js', SETTINGS), mapped('dist/3.js', REPORT)];
    expect(paired(base, head)).toEqual(['- > dist/2.js', 'dist/1.js > dist/3.js']);
  });

  test('two that join go on as one, the other is removed', () => {
    const base = [mapped('dist/2.js', SETTINGS), mapped('dist/3.js', REPORT)];
    const head = [mapped('dist/4.js', { ...REPORT, ...SETTINGS })];
    expect(paired(base, head)).toEqual(['dist/2.js > -', 'dist/3.js > dist/4.js']);
  });

  test('own modules say more of a chunk than the packages in it', () => {
    const base = [mapped('dist/1.js', { ...REPORT, ...VENDOR })];
    const head = [mapped('dist/2.js', VENDOR), mapped('dist/3.js', REPORT)];
    expect(paired(base, head)).toEqual(['- > dist/2.js', 'dist/1.js > dist/3.js']);
  });

  test('a stylesheet is never a script', () => {
    const topics = { shared: 50 };
    expect(paired([worded('dist/1.css', topics)], [worded('dist/2.js', topics)])).toHaveLength(2);
  });

  test('two source files of one name are two where the bundler says so', () => {
    const named = (token: string, origin: string, topic: string) =>
      worded(
        `dist/index-${token}.js`,
        { [topic]: 50 },
        { subject: 'dist/index-[hash].js', origin },
      );
    const base = [named('BqX7rT0z', 'src/a/index.ts', 'before')];
    const head = [named('DmFkd93s', 'src/b/index.ts', 'after')];
    expect(paired(base, head)).toHaveLength(2);
    expect(paired(base, [named('DmFkd93s', 'src/b/index.ts', 'before')])).toHaveLength(1);
  });
});

const someAsset = fc
  .record({
    path: fc.constantFrom(
      '1.js',
      '2.js',
      'a.js',
      'b-BqX7rT0z.js',
      'b-DmFkd93s.js',
      'chunk-YFUKKOJ3.js',
      '[hash].css',
      'c.css',
    ),
    topics: fc.dictionary(fc.constantFrom('alpha', 'beta', 'gamma'), fc.constantFrom(3, 30, 90)),
    isMapped: fc.boolean(),
    origin: fc.option(fc.constantFrom('src/a.ts', '~b'), { nil: undefined }),
  })
  .map(({ path, topics, isMapped, origin }) => ({
    ...(isMapped ? mapped(path, topics) : worded(path, topics)),
    ...(origin === undefined ? {} : { origin }),
  }));
const side = fc.uniqueArray(someAsset, { selector: ({ path }) => path, maxLength: 8 });

describe('properties', () => {
  test('every asset is in exactly one pair: two never become one', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const pairs = pairAssets(base, head);
        const members = (of: 'base' | 'head') =>
          pairs
            .map((pair) => pair[of]?.path)
            .filter((path) => path !== undefined)
            .sort();
        expect(members('base')).toEqual(base.map(({ path }) => path).sort());
        expect(members('head')).toEqual(head.map(({ path }) => path).sort());
      }),
    );
  });

  test('the order of assets does not matter', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        expect(paired(base.toReversed(), head.toReversed())).toEqual(paired(base, head));
      }),
    );
  });

  test('head against base gives the pairs of base against head', () => {
    const turned = (pairs: readonly AssetPair[]) =>
      shown(pairs.map(({ base, head }) => ({ base: head, head: base })));
    fc.assert(
      fc.property(side, side, (base, head) => {
        expect(turned(pairAssets(head, base))).toEqual(paired(base, head));
      }),
    );
  });
});

test('20,000 chunks without a name take seconds, not minutes', () => {
  const chunks = (from: number) =>
    Array.from({ length: 20_000 }, (_, index) =>
      mapped(`dist/${from + index}.js`, {
        [`src/page-${index}.tsx`]: 1_000 + from,
        'src/shared.ts': 500,
        [`src/group-${index % 100}.ts`]: 500,
      }),
    );
  const base = chunks(0);
  const head = chunks(20_000);
  const start = performance.now();
  const pairs = pairAssets(base, head);
  expect(pairs).toHaveLength(20_000);
  expect(pairs.every(({ base, head }) => base?.modules?.[0]?.id === head?.modules?.[0]?.id)).toBe(
    true,
  );
  expect(performance.now() - start).toBeLessThan(20_000);
}, 60_000);
