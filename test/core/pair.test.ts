import { describe, expect, test } from 'vitest';
import type { AssetPair } from '../../src/core/matching.ts';
import { pairAssets } from '../../src/core/pair.ts';
import type { Asset } from '../../src/model/snapshot.ts';
import { asset } from '../support/build.ts';

const shown = (pairs: readonly AssetPair[]) =>
  pairs.map(({ base, head }) => `${base?.path ?? '-'} > ${head?.path ?? '-'}`).sort();
const paired = (base: readonly Asset[], head: readonly Asset[]) => shown(pairAssets(base, head));

describe('the same subject', () => {
  test('the same path, whatever its content', () => {
    expect(paired([asset('a.js', { raw: 1 })], [asset('a.js', { raw: 2 })])).toEqual([
      'a.js > a.js',
    ]);
  });

  test('a re-hashed asset', () => {
    const base = [asset('dist/index-BqX7rT0z.js', { raw: 1 })];
    const head = [asset('dist/index-DmFkd93s.js', { raw: 2 })];
    expect(paired(base, head)).toEqual(['dist/index-BqX7rT0z.js > dist/index-DmFkd93s.js']);
  });

  test("the name that a bundler's manifest gives tells assets of one stable name apart", () => {
    const named = (path: string, origin: string, raw: number) =>
      asset(path, { subject: 'dist/index-[hash].js', origin, raw });
    const base = [
      named('dist/index-BqX7rT0z.js', 'src/a.ts', 1),
      named('dist/index-C9x_Q2sd.js', 'src/b.ts', 2),
    ];
    const head = [
      named('dist/index-DmFkd93s.js', 'src/b.ts', 3),
      named('dist/index-CkP0sL3e.js', 'src/a.ts', 4),
    ];
    expect(paired(base, head)).toEqual([
      'dist/index-BqX7rT0z.js > dist/index-CkP0sL3e.js',
      'dist/index-C9x_Q2sd.js > dist/index-DmFkd93s.js',
    ]);
  });

  test('a renamed file with the same content', () => {
    const base = [asset('dist/old.js', { content: 'x' }), asset('dist/keep.js')];
    const head = [asset('dist/new.js', { content: 'x' }), asset('dist/keep.js')];
    expect(paired(base, head)).toEqual([
      'dist/keep.js > dist/keep.js',
      'dist/old.js > dist/new.js',
    ]);
  });

  test('of several assets of one name, those that did not change pair by content', () => {
    const one = (path: string, content: string) =>
      asset(path, { subject: 'dist/index-[hash].js', content });
    const base = [one('dist/index-BqX7rT0z.js', 'same'), one('dist/index-C9x_Q2sd.js', 'old')];
    const head = [one('dist/index-DmFkd93s.js', 'new'), one('dist/index-CkP0sL3e.js', 'same')];
    expect(paired(base, head)).toEqual([
      'dist/index-BqX7rT0z.js > dist/index-CkP0sL3e.js',
      'dist/index-C9x_Q2sd.js > dist/index-DmFkd93s.js',
    ]);
  });
});

describe('two assets never become one', () => {
  test('two candidates for one name pair with neither: no race', () => {
    const one = (path: string, raw: number) =>
      asset(path, { subject: 'dist/index-[hash].js', raw });
    const base = [one('dist/index-BqX7rT0z.js', 1)];
    const head = [one('dist/index-DmFkd93s.js', 2), one('dist/index-CkP0sL3e.js', 3)];
    expect(paired(base, head)).toEqual([
      '- > dist/index-CkP0sL3e.js',
      '- > dist/index-DmFkd93s.js',
      'dist/index-BqX7rT0z.js > -',
    ]);
  });

  test('`user-profile.js` and `user-settings.js` are not both `user-*.js`', () => {
    expect(
      paired(
        [asset('dist/user-profile.js', { raw: 1 })],
        [asset('dist/user-settings.js', { raw: 2 })],
      ),
    ).toEqual(['- > dist/user-settings.js', 'dist/user-profile.js > -']);
  });

  test('`vendor-facade.js` is neither `vendor.js` nor `vendor-decade.js`', () => {
    const base = [asset('dist/vendor-facade.js', { raw: 1 })];
    expect(paired(base, [asset('dist/vendor.js', { raw: 2 })])).toHaveLength(2);
    expect(paired(base, [asset('dist/vendor-decade.js', { raw: 2 })])).toHaveLength(2);
  });

  test('several files of one content do not pair by it', () => {
    const copy = (path: string) => asset(path, { content: 'same' });
    expect(paired([copy('a.js')], [copy('b.js'), copy('c.js')])).toHaveLength(3);
  });

  test('empty files have no content to be known by', () => {
    const empty = (path: string) => asset(path, { raw: 0, gzip: 20, brotli: 1, content: '' });
    expect(paired([empty('a.css')], [empty('b.css')])).toHaveLength(2);
  });

  test('an added and a removed file stay what they are', () => {
    expect(paired([asset('a.js', { raw: 1 })], [asset('b.js', { raw: 2 })])).toEqual([
      '- > b.js',
      'a.js > -',
    ]);
  });
});

test('nothing on either side is nothing', () => {
  expect(pairAssets([], [])).toEqual([]);
});
