import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mappedSpans } from '../../src/core/mapped-spans.ts';
import { rawShares } from '../../src/core/module-shares.ts';
import type { MapSection } from '../../src/core/source-map.ts';
import { encodeMappings, type Segment } from '../support/source-maps.ts';

function section(lines: readonly (readonly Segment[])[], at = { line: 0, column: 0 }): MapSection {
  return { ...at, sources: [], contents: [], mappings: encodeMappings(lines), isOfContext: false };
}

/** Bytes by owner, nobody's last. */
function bytesOf(text: string, sections: readonly MapSection[], end?: number): number[] | null {
  const code = Buffer.from(text).toString('latin1');
  const owners = sections.map(() => Int32Array.of(0, 1, -1));
  const spans = mappedSpans({ code, end: end ?? code.length, sections }, owners);
  if (spans === null) return null;
  expect(spans.ends.at(-1) ?? 0).toBe(code.length);
  return [...rawShares(spans, 2)];
}

describe('the bytes of a source', () => {
  it('reach up to the next segment, and over the ends of lines', () => {
    const lines = [
      [
        [3, 0],
        [5, 1],
      ],
      [],
      [[2, 0]],
    ] as const;
    expect(bytesOf('aaabbccc\nccccc\nccdd', [section(lines)])).toEqual([2 + 2, 4 + 6 + 2, 3]);
  });

  it('are counted in UTF-8 where columns are UTF-16', () => {
    // One unit and two bytes, one and three, two and four.
    const text = 'é€😀|é\n😀|a';
    const lines = [
      [
        [0, 0],
        [4, 1],
      ],
      [
        [0, 0],
        [2, 1],
      ],
    ] as const;
    expect(bytesOf(text, [section(lines)])).toEqual([9 + 4, 4 + 2, 0]);
  });

  it('are nobody`s after a segment without a source, and of a source without a name', () => {
    expect(bytesOf('aabbcc', [section([[[0, 0], [2], [4, 1]]])])).toEqual([2, 2, 2]);
    expect(
      bytesOf('aabbcc', [
        section([
          [
            [0, 0],
            [2, 2],
            [4, 9],
          ],
        ]),
      ]),
    ).toEqual([2, 0, 4]);
  });

  it('stay within the line and the code, whatever a column says', () => {
    expect(
      bytesOf('aa\nbb', [
        section([
          [
            [0, 0],
            [99, 1],
          ],
          [[1, 0]],
        ]),
      ]),
    ).toEqual([4, 1, 0]);
    expect(
      bytesOf('aabb', [
        section([
          [
            [2, 0],
            [0, 1],
          ],
        ]),
      ]),
    ).toEqual([0, 2, 2]);
    expect(
      bytesOf('aabb', [
        section([
          [
            [-9, 0],
            [2, 1],
          ],
          [],
          [],
          [[7, 0]],
        ]),
      ]),
    ).toEqual([2, 2, 0]);
    expect(bytesOf('aabbcc', [section([[[0, 0]]])], 4)).toEqual([4, 0, 2]);
  });

  it('are found in sections, from the place where each starts', () => {
    const first = section([[[0, 0]]]);
    const second = section(
      [
        [
          [0, 1],
          [2, 0],
        ],
        [[1, 1]],
      ],
      { line: 0, column: 4 },
    );
    const third = section([[[1, 0]]], { line: 2, column: 1 });
    expect(bytesOf('aaaabbaa\nabb\nb.aa', [first, second, third])).toEqual([4 + 4 + 2, 2 + 4, 1]);
  });

  it('are not known where the mappings are none', () => {
    expect(bytesOf('aa', [{ ...section([]), mappings: 'AAAA,!AAA' }])).toBeNull();
    expect(bytesOf('aa', [{ ...section([]), mappings: 'AAAA;\uffffAAA' }])).toBeNull();
  });

  it('sum to all bytes, for all mappings', () => {
    const mappings = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'AACDEgk+/;;,,'), maxLength: 300 }),
      fc.string({ maxLength: 50 }),
    );
    const places = fc.record({ line: fc.nat(4), column: fc.nat(9) });
    const sections = fc.array(fc.tuple(mappings, places), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), sections, (text, list) => {
        const all = list.map(([one, at]) => ({ ...section([], at), mappings: one }));
        const bytes = bytesOf(text, all);
        if (bytes === null) return;
        expect(bytes.every((count) => count >= 0)).toBe(true);
        expect(bytes.reduce((left, right) => left + right, 0)).toBe(Buffer.byteLength(text));
      }),
      { numRuns: 300 },
    );
  });
});
