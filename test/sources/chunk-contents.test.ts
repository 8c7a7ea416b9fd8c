import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexHashes } from '../../src/core/content.ts';
import type { FileLook } from '../../src/model/file-look.ts';
import { chunkContents } from '../../src/sources/chunk-contents.ts';
import { contentOf, knownContent } from '../../src/sources/content-digest.ts';

/** The contents of the files of a build, by path; of `known` ones base knows the bytes. */
function digestsOf(
  files: Readonly<Record<string, string>>,
  hashes: readonly string[] = [],
  known: readonly string[] = [],
): Record<string, string> {
  const index = indexHashes(new Set(hashes));
  const read = ({ path }: { readonly path: string }) => Buffer.from(files[path] ?? '');
  const lookAt = (path: string): FileLook => {
    const data = read({ path });
    const sha256 = `bytes of ${files[path]}`;
    const others = { sha256, raw: data.length, sketch: null, mapMention: null };
    if (known.includes(path)) return { ...others, ...knownContent(path, data, 'known') };
    return { ...others, ...contentOf(path, data, sha256, index) };
  };
  const looks = new Map(Object.keys(files).map((path) => [path, lookAt(path)]));
  const contents = chunkContents({
    files: [...looks].map(([path, { raw }]) => ({ path, size: raw })),
    looks,
    isKnown: (sha256) => known.some((path) => looks.get(path)?.sha256 === sha256),
    readAgain: read,
  });
  return Object.fromEntries(
    [...looks].map(([path, { content }]) => [path, contents.get(path) ?? content]),
  );
}

const added = (modules: string, start = '') =>
  `"use strict";(self.webpackChunkapp=self.webpackChunkapp||[]).push([[13],{${modules}}${start}]);`;

const isSame = (one: string, other: string, beside: Readonly<Record<string, string>> = {}) =>
  digestsOf({ ...beside, 'a.js': one })['a.js'] === digestsOf({ ...beside, 'a.js': other })['a.js'];

describe('a build that calls its modules by other numbers', () => {
  test('is the same where modules have moved with their numbers', () => {
    const one = added('17:(e,t,n)=>{t.a=n(39)},39:(e,t)=>{t.b=1}');
    const other = added('21:(e,t)=>{t.b=1},54:(e,t,n)=>{t.a=n(21)}');
    expect(isSame(one, other)).toBe(true);
  });

  test.each([
    ['n(39)', 'n(21)'],
    ['n.t.bind(n,39,19)', 'n.t.bind(n,21,19)'],
    ['n.bind(n,39)', 'n.bind(n,21)'],
    ['n.t(39,7)', 'n.t(21,7)'],
    ['n(n.s=39)', 'n(n.s=21)'],
  ])('as it says %s', (one, other) => {
    expect(
      isSame(added(`7:(e,t,n)=>{${one}},39(e){}`), added(`7:(e,t,n)=>{${other}},21(e){}`)),
    ).toBe(true);
  });

  test.each([
    ['39:(e,t,n)=>{}', '21:(e,t,n)=>{}'],
    ['39:function(e,t,n){}', '21:function(e,t,n){}'],
    ['39(e,t,n){}', '21(e,t,n){}'],
    ['39:e=>{}', '21:e=>{}'],
    ['39:()=>{}', '21:()=>{}'],
    ['5e3:()=>{}', '4999:()=>{}'],
  ])('as it writes modules: %s', (one, other) => {
    expect(isSame(added(one), added(other))).toBe(true);
  });

  test('and chunks by other numbers', () => {
    const one = { 'b.js': added('7:e=>{}').replace('[[13]', '[[46]') };
    const other = { 'b.js': added('7:e=>{}').replace('[[13]', '[[99]') };
    const first = added('8:(e,t,n)=>{n.e(46).then(n.bind(n,7))}', ',e=>{e.O(0,[46,13],()=>e(8))}');
    const second = first.replaceAll('46', '99');
    expect(digestsOf({ ...one, 'a.js': first })['a.js']).toBe(
      digestsOf({ ...other, 'a.js': second })['a.js'],
    );
  });

  test('in the file that starts it as well', () => {
    const text = (id: number) =>
      `(()=>{var e={${id}:(e,t,n)=>{t.a=1}},t={};function n(r){var o=t[r];return o}n.m=e,n(${id})})();`;
    expect(isSame(text(39), text(21))).toBe(true);
  });

  test('with the hashes of siblings beside', () => {
    const text = (hash: string, id: number) => added(`${id}:(e,t,n)=>{"./a-${hash}.js",n(${id})}`);
    const one = digestsOf({ 'a.js': text('DmFkd93s', 7) }, ['DmFkd93s']);
    const other = digestsOf({ 'a.js': text('BqX7rT0z', 8) }, ['BqX7rT0z']);
    expect(one).toEqual(other);
  });

  test('where equal modules changed places', () => {
    const one = added('1:()=>{},2:()=>{},3:(e,t,n)=>{n(1),n(2)}');
    const other = added('5:()=>{},4:()=>{},3:(e,t,n)=>{n(5),n(4)}');
    expect(isSame(one, other)).toBe(true);
  });
});

describe('what anybody wrote stays', () => {
  test.each([
    ['another number in the code', '7:(e,t,n)=>{t.a=39},39(e){}', '7:(e,t,n)=>{t.a=21},21(e){}'],
    ['a number that no module has', '7:(e,t,n)=>{n(404)}', '7:(e,t,n)=>{n(403)}'],
    ['a call of something else', '7:(e,t,n)=>{e.n(7)},8(e){}', '7:(e,t,n)=>{e.n(8)},8(e){}'],
    [
      'what two modules have in common',
      '7(e,t,n){n(8),n(8)},8(){},9(){1}',
      '7(e,t,n){n(8),n(9)},8(){},9(){1}',
    ],
    ['numbers in an object', '7:e=>({39:()=>1})', '7:e=>({40:()=>1})'],
    ['numbers in a text', '7:e=>{",39:()=>{}"}', '7:e=>{",40:()=>{}"}'],
    ['a module named by its path', '"./a.js":e=>{}', '"./b.js":e=>{}'],
    ['the order of what is in a module', '7:e=>{a(),b()}', '7:e=>{b(),a()}'],
    ['a module more', '7:e=>{}', '7:e=>{},8:e=>{}'],
  ])('%s', (_, one, other) => {
    expect(isSame(added(one), added(other))).toBe(false);
  });

  test('a file that is no chunk', () => {
    expect(isSame('f(39)', 'f(21)')).toBe(false);
  });

  test('a chunk of millions of commas, which is at once known to be none', () => {
    expect(isSame(added('1,'.repeat(2_500_000)), added('2,'.repeat(2_500_000)))).toBe(false);
  });

  test('a chunk that cannot be followed', () => {
    expect(isSame(added('7:e=>{(}'), added('8:e=>{(}'))).toBe(false);
  });

  test('ids are those of all chunks, of files that base knows as well', () => {
    const contentOfA = (id: number, known: readonly string[]) => {
      const files = { 'a.js': added(`7:(e,t,n)=>{n(${id})}`), 'b.js': added(`${id}:e=>{}`) };
      return digestsOf(files, [], known)['a.js'];
    };
    expect(contentOfA(39, ['b.js'])).toBe(contentOfA(21, []));
  });

  test('what base knows is what it says', () => {
    expect(digestsOf({ 'b.js': added('7:e=>{}') }, [], ['b.js'])).toEqual({ 'b.js': 'known' });
  });
});

describe('any chunk', () => {
  const piece = fc.constantFrom('a(1,2)', '"39"', 'n', '{b:[3]}', '/[(]/', `\`\${c}\``, '404');
  /** Modules: code of their own, and by index what they refer to. */
  const modules = fc.array(
    fc.record({
      code: fc.array(piece, { maxLength: 4 }),
      references: fc.array(fc.nat({ max: 9 }), { maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 10 },
  );
  const order = fc.infiniteStream(fc.nat());

  function render(
    list: readonly { code: readonly string[]; references: readonly number[] }[],
    ids: readonly number[],
    places: readonly number[],
  ): string {
    const texts = list.map(({ code, references }, index) => {
      const calls = references.map((to) => `n(${ids[to % list.length]})`);
      return `${ids[index]}:(e,t,n)=>{t.a=["module ${index}",${[...code, ...calls].join(',')}]}`;
    });
    return added(places.map((place) => texts[place]).join(','));
  }

  const ids = fc.uniqueArray(fc.integer({ min: 1_000, max: 9_999 }), {
    minLength: 10,
    maxLength: 10,
  });
  const shuffled = (length: number, stream: Iterator<number>) =>
    Array.from({ length }, (_, index) => ({ index, by: stream.next().value as number }))
      .sort((left, right) => left.by - right.by)
      .map(({ index }) => index);

  test('is the same by other numbers, in any order', () => {
    fc.assert(
      fc.property(modules, ids, ids, order, order, (list, one, other, first, second) => {
        const before = render(list, one, shuffled(list.length, first));
        const after = render(list, other, shuffled(list.length, second));
        expect(isSame(before, after)).toBe(true);
      }),
    );
  });

  test('is another one when a module refers to another', () => {
    fc.assert(
      fc.property(modules, ids, fc.nat(), fc.nat(), (list, numbers, which, to) => {
        const places = list.map((_, index) => index);
        const changed = list.map((one, index) =>
          index === which % list.length ? { ...one, references: [...one.references, to] } : one,
        );
        const target = (references: readonly number[]) => references.map((at) => at % list.length);
        const another = changed.map((one, index) =>
          index === which % list.length
            ? { ...one, references: [...target(one.references).slice(0, -1), to + 1] }
            : one,
        );
        fc.pre(list.length > 1);
        expect(isSame(render(changed, numbers, places), render(another, numbers, places))).toBe(
          false,
        );
      }),
    );
  });

  test('is another one when a byte of its code is', () => {
    fc.assert(
      fc.property(modules, ids, fc.nat(), (list, numbers, which) => {
        const places = list.map((_, index) => index);
        const changed = list.map((one, index) =>
          index === which % list.length ? { ...one, code: [...one.code, 'z'] } : one,
        );
        expect(isSame(render(list, numbers, places), render(changed, numbers, places))).toBe(false);
      }),
    );
  });
});
