import { describe, expect, test } from 'vitest';
import { didYouMean, suggestion } from '../../src/format/suggest.ts';

describe('the nearest right word', () => {
  test('for a slip of one or two letters, and another case', () => {
    expect(didYouMean('maxIncrese', ['max', 'maxIncrease'])).toBe('maxIncrease');
    expect(didYouMean('MAXINCREASE', ['max', 'maxIncrease'])).toBe('maxIncrease');
    expect(didYouMean('gzp', ['raw', 'gzip'])).toBe('gzip');
  });

  test('is none when nothing is near', () => {
    expect(didYouMean('completely-else', ['max', 'min'])).toBeNull();
    expect(didYouMean('x', [])).toBeNull();
  });

  test('else all that is possible is named', () => {
    expect(suggestion('gzp', ['raw', 'gzip'])).toBe('Did you mean "gzip"?');
    expect(suggestion('completely-else', ['raw', 'gzip'])).toBe('Known: raw, gzip.');
  });
});
