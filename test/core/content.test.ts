import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashRanges, indexHashes } from '../../src/core/content.ts';

const hashes = (...tokens: string[]) => new Set(tokens);

/** The text with a placeholder for each hash that is found; null where there is none. */
function neutralise(latin1: string, tokens: ReadonlySet<string>): string | null {
  const ranges = hashRanges(Buffer.from(latin1, 'latin1'), indexHashes(tokens));
  const text = ranges.reduceRight(
    (rest, [start, end]) => `${rest.slice(0, start)}[hash]${rest.slice(end)}`,
    latin1,
  );
  return ranges.length === 0 ? null : text;
}

describe('a rebuild that only renames a chunk', () => {
  test('two texts that differ in a sibling hash are the same', () => {
    const text = (hash: string) => `import("./report-${hash}.js");const a=1;`;
    const before = neutralise(text('DmFkd93s'), hashes('DmFkd93s'));
    expect(before).toBe('import("./report-[hash].js");const a=1;');
    expect(neutralise(text('BqX7rT0z'), hashes('BqX7rT0z'))).toBe(before);
  });

  test('in every place where bundlers write one', () => {
    const places = [
      'src="/assets/index-#.js"',
      "url('#.woff2')",
      'url(#.woff2)',
      '{12:"#"}',
      '`#`',
      '"./app.#.js"',
      'a_#.css',
      'v=#&x',
      '//cdn/#/main.js',
      'sourceMappingURL=#.js.map',
    ];
    for (const place of places) {
      const text = place.replace('#', 'a1b2c3d4');
      expect(neutralise(text, hashes('a1b2c3d4'))).toBe(place.replace('#', '[hash]'));
    }
  });

  test('several, of several siblings', () => {
    expect(neutralise('"./a-DmFkd93s.js","./b-BqX7rT0z.js"', hashes('DmFkd93s', 'BqX7rT0z'))).toBe(
      '"./a-[hash].js","./b-[hash].js"',
    );
  });

  test('a hash with - and _ in it', () => {
    expect(neutralise('"./index-D-mF_93s.js"', hashes('D-mF_93s'))).toBe('"./index-[hash].js"');
  });
});

describe('what anybody wrote stays', () => {
  test('null where the text holds none', () => {
    expect(neutralise('const a = 1;', hashes('DmFkd93s'))).toBeNull();
    expect(neutralise('', hashes('DmFkd93s'))).toBeNull();
    expect(neutralise('"./a-DmFkd93s.js"', hashes())).toBeNull();
  });

  test('a hash of no sibling is content', () => {
    expect(neutralise('"./a-DmFkd93s.js"', hashes('BqX7rT0z'))).toBeNull();
  });

  test('a longer word that holds the token is another word', () => {
    expect(neutralise('"DmFkd93sX" "xDmFkd93s"', hashes('DmFkd93s'))).toBeNull();
  });

  test('text around a hash counts to the byte', () => {
    const one = neutralise('"./a-DmFkd93s.js";x', hashes('DmFkd93s'));
    expect(neutralise('"./a-DmFkd93s.js";y', hashes('DmFkd93s'))).not.toBe(one);
  });

  test('every byte survives, those that are no UTF-8 too', () => {
    const latin1 = Buffer.from([0xff, 0x00, 0x2d, 0x80]).toString('latin1');
    expect(neutralise(`${latin1}-DmFkd93s.`, hashes('DmFkd93s'))).toBe(`${latin1}-[hash].`);
  });
});

describe('every place is looked at', () => {
  const part = fc.constantFrom(
    'aB3dE6gH',
    'zZ9yX8wV',
    'aB3dE6g',
    '-',
    '.',
    '/',
    '"',
    'a',
    'x',
    'é',
  );
  const tokens = new Set(['aB3dE6gH', 'zZ9yX8wV']);

  test('as by an expression that tries each of them', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const text = Buffer.from(parts.join(''));
        const naive = /(?<=[-._~/"'`=(])(?:aB3dE6gH|zZ9yX8wV)(?![\w-])/g;
        const expected = [...text.toString('latin1').matchAll(naive)].map(({ 0: token, index }) => [
          index,
          index + token.length,
        ]);
        expect(hashRanges(text, indexHashes(tokens))).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
