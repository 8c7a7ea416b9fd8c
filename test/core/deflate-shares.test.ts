import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflateShares } from '../../src/core/deflate-shares.ts';
import type { Spans } from '../../src/core/span-writer.ts';

const sum = (bits: Float64Array) => bits.reduce((left, right) => left + right, 0);

function halves(length: number): Spans {
  return { ends: Uint32Array.of(length / 2, length), owners: Int32Array.of(0, 1) };
}

/** Text that compresses, in runs and repeats, as code does. */
const text = fc
  .array(fc.tuple(fc.constantFrom('return ', 'const a=', 'é', '{', '\n', '0123', 'x'), fc.nat(300)))
  .map((parts) => Buffer.from(parts.map(([word, times]) => word.repeat(times)).join('')));

describe('the shares in a compressed stream', () => {
  it('sum to all of its bits, at every level', () => {
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 9 }),
        fc.array(fc.nat(5)),
        (data, level, cuts) => {
          const deflated = deflateRawSync(data, { level });
          const ends = [...new Set(cuts.map((cut) => Math.floor((data.length * cut) / 6)))]
            .filter((end) => end > 0)
            .sort((left, right) => left - right);
          const spans = {
            ends: Uint32Array.from([...ends, data.length]),
            owners: Int32Array.from([...ends.keys(), -1]),
          };
          const bits = deflateShares(deflated, spans, ends.length);
          const ended = Math.ceil(sum(bits) - 1e-6);
          expect(ended).toBeGreaterThan(deflated.length * 8 - 8);
          expect(ended).toBeLessThanOrEqual(deflated.length * 8);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('charge a repeat less than what it repeats', () => {
    const words = Array.from({ length: 400 }, (_, index) => `${(index * 7919) % 1000}`).join();
    const data = Buffer.from(words + words);
    const [first = 0, second = 0] = deflateShares(deflateRawSync(data), halves(data.length), 2);
    expect(first).toBeGreaterThan(20 * second);
  });

  it('are known of stored blocks, fixed tables and empty files too', () => {
    const noise = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index ** 3 / 7) & 255));
    for (const options of [{ level: 0 }, { strategy: constants.Z_FIXED }, { level: 9 }]) {
      const deflated = deflateRawSync(noise, options);
      const bits = deflateShares(deflated, halves(noise.length), 2);
      expect(Math.ceil(sum(bits) / 8 - 1e-6)).toBe(deflated.length);
    }
    const none = { ends: new Uint32Array(), owners: new Int32Array() };
    expect(sum(deflateShares(deflateRawSync(''), none, 0))).toBe(10);
  });

  it('are refused for other bytes, and for half a stream', () => {
    const deflated = deflateRawSync(Buffer.alloc(2_000, 'abc'));
    expect(() => deflateShares(deflated, halves(1_000), 2)).toThrow(RangeError);
    expect(() => deflateShares(deflated.subarray(0, 4), halves(2_000), 2)).toThrow(RangeError);
  });

  it('end for every stream', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (data) => {
        try {
          deflateShares(data, halves(1_000), 2);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
