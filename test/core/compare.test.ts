import { describe, expect, test } from 'vitest';
import { compare } from '../../src/core/compare.ts';
import { asset, baseline, customMeasurement, measurement, snapshot } from '../support/build.ts';

const GZIP_6 = {
  levels: { gzip: 6, brotli: 11 },
  probe: { gzip: 520, brotli: 400 },
  versions: {},
};

describe('assets', () => {
  test('without a base every asset stands for itself', () => {
    const { base, assets } = compare(snapshot({ assets: [asset('a.js', { gzip: 5 })] }), null);
    expect(base).toBeNull();
    expect(assets).toMatchObject([
      {
        subject: 'a.js',
        base: null,
        sizes: { gzip: { base: undefined, head: 5, comparable: true } },
      },
    ]);
  });

  test('kept, added and removed are told apart, in the order of their names', () => {
    const head = snapshot({ assets: [asset('c.js', { gzip: 3 }), asset('a.js', { gzip: 2 })] });
    const base = snapshot({ assets: [asset('b.js', { gzip: 4 }), asset('a.js', { gzip: 1 })] });
    expect(compare(head, baseline(base)).assets).toMatchObject([
      { subject: 'a.js', sizes: { gzip: { base: 1, head: 2 } } },
      { subject: 'b.js', head: null, sizes: { gzip: { base: 4, head: undefined } } },
      { subject: 'c.js', base: null, sizes: { gzip: { base: undefined, head: 3 } } },
    ]);
  });

  test('hash stripping merges no two files into one key: shared names give way to paths', () => {
    const name = 'dist/index-[hash].js';
    const head = snapshot({
      assets: [
        asset('dist/index-DmFkd93s.js', { raw: 1, subject: name }),
        asset('dist/index-CkP0sL3e.js', { raw: 2, subject: name }),
      ],
    });
    expect(compare(head, null).assets.map(({ subject }) => subject)).toEqual([
      'dist/index-CkP0sL3e.js',
      'dist/index-DmFkd93s.js',
    ]);
  });

  test('a removed asset and a new one of the same stable name are both named by their paths', () => {
    const name = 'dist/index-[hash].js';
    const one = (path: string, raw: number) => asset(path, { raw, subject: name });
    const base = snapshot({
      assets: [one('dist/index-BqX7rT0z.js', 1), one('dist/index-C9x_Q2sd.js', 2)],
    });
    const head = snapshot({ assets: [one('dist/index-DmFkd93s.js', 3)] });
    const subjects = compare(head, baseline(base)).assets.map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(3);
  });

  test('only embedded sibling hashes differ: unchanged, delta 0 in every encoding', () => {
    const side = (sha: string, gzip: number) =>
      asset('a.js', { raw: 9, gzip, brotli: gzip, content: 'neutral', sha256: sha.repeat(64) });
    const { assets } = compare(
      snapshot({ assets: [side('b', 1_001)] }),
      baseline(snapshot({ assets: [side('a', 1_000)] })),
    );
    const { gzip, brotli, raw } = assets[0]?.sizes ?? {};
    expect(gzip?.head).toBe(gzip?.base);
    expect(brotli?.head).toBe(brotli?.base);
    expect(raw).toEqual({ base: 9, head: 9, comparable: true });
  });

  test('no tolerance: one byte of another content is a change', () => {
    const { assets } = compare(
      snapshot({ assets: [asset('a.js', { gzip: 1_001, content: 'after' })] }),
      baseline(snapshot({ assets: [asset('a.js', { gzip: 1_000, content: 'before' })] })),
    );
    expect(assets[0]?.sizes.gzip).toEqual({ base: 1_000, head: 1_001, comparable: true });
  });
});

describe('encoders', () => {
  const changed = (encoders: typeof GZIP_6) =>
    compare(
      snapshot({ assets: [asset('a.js', { raw: 9, content: 'after' })] }),
      baseline(snapshot({ encoders, assets: [asset('a.js', { raw: 8, content: 'before' })] })),
    ).assets[0]?.sizes;

  test('levels differ silently in other tools: gzip 6 beside gzip 9 is not comparable', () => {
    expect(changed(GZIP_6)).toMatchObject({
      raw: { comparable: true },
      gzip: { comparable: false },
      brotli: { comparable: true },
    });
  });

  test('a tool upgrade that does not change the probe is the same encoder', () => {
    const { encoders } = snapshot();
    expect(changed({ ...encoders, versions: { zlib: '2.0' } } as never)?.gzip.comparable).toBe(
      true,
    );
  });

  test('the same content is comparable, measured by anybody', () => {
    const one = (gzip: number) => asset('a.js', { gzip, content: 'same' });
    const { assets } = compare(
      snapshot({ assets: [one(100)] }),
      baseline(snapshot({ encoders: GZIP_6, assets: [one(110)] })),
    );
    expect(assets[0]?.sizes.gzip).toEqual({ base: 100, head: 100, comparable: true });
  });

  test.each([
    ['nothing, as far as names can move it', { raw: 1_016, gzip: 416, brotli: 460 }, 0],
    ['all, where every number has a digit more', { raw: 1_017, gzip: 402, brotli: 300 }, 2],
    ['all, where another order packs worse', { raw: 1_000, gzip: 417, brotli: 300 }, 17],
    ['all, where it does so in brotli alone', { raw: 1_000, gzip: 401, brotli: 461 }, 1],
  ])('the same content counts %s', (_, sizes, delta) => {
    const one = (facts: object) => asset('a.js', { content: 'same', ...facts });
    const { assets } = compare(
      snapshot({ assets: [one({ ...sizes, sha256: 'after' })] }),
      baseline(
        snapshot({ assets: [one({ raw: 1_000, gzip: 400, brotli: 300, sha256: 'before' })] }),
      ),
    );
    const { base = 0, head = 0 } = assets[0]?.sizes.gzip ?? {};
    expect(head - base).toBe(delta);
  });

  test('an encoding that one side did not measure stays unknown, not 0', () => {
    const { assets } = compare(
      snapshot({ assets: [asset('a.js', { gzip: 5, content: 'same' })] }),
      baseline(
        snapshot({ assets: [asset('a.js', { gzip: 5, brotli: undefined, content: 'same' })] }),
      ),
    );
    expect(assets[0]?.sizes.brotli).toMatchObject({ base: undefined, head: 5 });
  });
});

describe('measurements', () => {
  const lcp = (facts: object) => measurement({ metric: 'lcp', ...facts });

  test('pairs by source, reports, subject, form factor and metric', () => {
    const head = [
      lcp({ value: 1 }),
      lcp({ formFactor: 'desktop', value: 2 }),
      lcp({ subject: '/cart', value: 3 }),
      measurement({ metric: 'tbt', value: 4 }),
      customMeasurement({ metric: 'lcp', value: 5 }),
    ];
    const base = [...head].reverse().map((item) => ({ ...item, value: item.value * 10 }));
    const { measurements } = compare(
      snapshot({ measurements: head }),
      baseline(snapshot({ measurements: base })),
    );
    expect(measurements.map((pair) => [pair.head?.value, pair.base?.value])).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
      [5, 50],
    ]);
  });

  test('what is only on one side is there once, with null beside it', () => {
    const { measurements } = compare(
      snapshot({ measurements: [lcp({ subject: '/new' })] }),
      baseline(snapshot({ measurements: [lcp({ subject: '/gone' })] })),
    );
    expect(measurements).toMatchObject([
      { head: { subject: '/new' }, base: null },
      { head: null, base: { subject: '/gone' } },
    ]);
  });
});

test('the arguments are not changed', () => {
  const head = snapshot({ assets: [asset('b.js'), asset('a.js')] });
  const before = JSON.stringify(head);
  compare(head, baseline(head));
  expect(JSON.stringify(head)).toBe(before);
});
