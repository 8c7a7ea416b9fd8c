import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSketch, shortened, sketchOf } from '../../src/core/sketch.ts';

const textOf = (words: readonly string[]) => new TextEncoder().encode(words.join(' '));
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `word${from + index}`);
const valuesOf = (sketch: string | null) => [...(readSketch(sketch ?? '')?.values ?? [])];

/** The Jaccard index as two sketches tell it. */
function resemblance(left: string | null, right: string | null): number {
  const one = readSketch(left ?? '');
  const other = readSketch(right ?? '');
  if (one === null || other === null) return Number.NaN;
  const known = Math.min(one.known, other.known);
  const ours = [...one.values].filter((value) => value <= known);
  const theirs = new Set([...other.values].filter((value) => value <= known));
  const shared = ours.filter((value) => theirs.has(value)).length;
  return shared / (ours.length + theirs.size - shared);
}

describe('a sketch', () => {
  test('is at most 256 characters, whatever the size of the file', () => {
    expect(sketchOf(textOf(numbered(0, 50_000)))).toHaveLength(256);
  });

  test('is in order, so that it reads as it was written', () => {
    const values = valuesOf(sketchOf(textOf(numbered(0, 1_000))));
    expect(values).toHaveLength(64);
    expect(values).toEqual([...new Set(values)].sort((left, right) => left - right));
  });

  test('does not depend on the order of words, nor on how often they stand', () => {
    const words = numbered(0, 500);
    const again = [...words.toReversed(), ...words];
    expect(sketchOf(textOf(again))).toBe(sketchOf(textOf(words)));
  });

  test('knows whether it has all words', () => {
    expect(readSketch(sketchOf(textOf(numbered(0, 20))) ?? '')?.known).toBe(Infinity);
    expect(readSketch(sketchOf(textOf(numbered(0, 64))) ?? '')?.known).toBe(Infinity);
    expect(readSketch(sketchOf(textOf(numbered(0, 65))) ?? '')?.known).toBeLessThan(2 ** 24);
  });

  test('takes no notice of what minifiers call variables, nor of inlined data', () => {
    const words = numbered(0, 20);
    const noise = ['a', 'bc', 'Xe1', 't'.repeat(65), 'A1b2'.repeat(5_000)];
    expect(sketchOf(textOf([...words, ...noise]))).toBe(sketchOf(textOf(words)));
  });

  test('of next to nothing is none', () => {
    expect(sketchOf(textOf(numbered(0, 7)))).toBeNull();
    expect(sketchOf(new Uint8Array())).toBeNull();
  });

  test.each([0.2, 0.5, 0.8])('tells a resemblance of %f to 20 points', (share) => {
    for (const size of [100, 1_000, 20_000]) {
      const first = Math.round((size * (1 - share)) / (1 + share));
      const left = sketchOf(textOf(numbered(0, size)));
      const right = sketchOf(textOf(numbered(first, first + size)));
      expect(Math.abs(resemblance(left, right) - share)).toBeLessThan(0.2);
    }
  });

  test('that is shortened tells the same of what is left', () => {
    const whole = sketchOf(textOf(numbered(0, 1_000))) ?? '';
    const short = shortened(whole, 16);
    expect(short).toHaveLength(64);
    expect(valuesOf(short)).toEqual(valuesOf(whole).slice(0, 16));
    const all = sketchOf(textOf(numbered(0, 20))) ?? '';
    expect(shortened(all, 20)).toBe(all);
    expect(readSketch(shortened(all, 10))?.known).toBeLessThan(2 ** 24);
  });
});

describe('what is no sketch', () => {
  test.each(['', 'AAAA', '='.repeat(64), 'AAAA'.repeat(20), 'A'.repeat(4_000), 'nonsense', '.'])(
    '%j is not read',
    (text) => {
      expect(readSketch(text)).toBeNull();
    },
  );

  test('no text makes a reader fall over, no bytes a writer', () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 300 }), (text) => readSketch(text) !== undefined),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (data) => {
        const sketch = sketchOf(data);
        expect(sketch === null || readSketch(sketch) !== null).toBe(true);
      }),
    );
  });
});
