import { describe, expect, test } from 'vitest';
import { shorten, visible } from '../../src/format/visible.ts';

describe('visible', () => {
  test('plain text in any script stays as it is', () => {
    for (const text of [
      'dist/app.js',
      'größe.js',
      '日本語.js',
      '👩‍💻'.replace('\u200d', ''),
      'a|b`<@**',
    ]) {
      expect(visible(text)).toBe(text);
    }
  });

  test('newlines in file names are written out', () => {
    expect(visible('a\nb\r\tc')).toBe('a\\nb\\r\\tc');
  });

  test('control characters and ANSI are written out', () => {
    expect(visible('\u001b[31mred')).toBe('\\u{1b}[31mred');
    expect(visible('\u0000\u007f\u009b')).toBe('\\u{0}\\u{7f}\\u{9b}');
  });

  test('bidirectional characters, which show `gpj.js` as `sj.jpg`, are written out', () => {
    expect(visible('a\u202egpj.js')).toBe('a\\u{202e}gpj.js');
    expect(visible('\u2066\u2069\u061c')).toBe('\\u{2066}\\u{2069}\\u{61c}');
  });

  test('characters without a width, which make two names look alike, are written out', () => {
    for (const character of [
      '\u200b',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u2028',
      '\u180e',
    ]) {
      expect(visible(`a${character}b`)).toMatch(/^a\\u\{[0-9a-f]+\}b$/);
    }
  });

  test('fillers and tag characters are as invisible', () => {
    for (const character of ['\u3164', '\u115f', '\u{e0041}']) {
      expect(visible(`a${character}b`)).toMatch(/^a\\u\{[0-9a-f]+\}b$/);
    }
  });

  test('half a surrogate pair is replaced: what is written is UTF-8', () => {
    expect(visible('a\ud800b')).toBe('a\ufffdb');
    expect(visible('\udc00')).toBe('\ufffd');
  });
});

describe('shorten', () => {
  test('short text stays', () => {
    expect(shorten('abcde', 5)).toBe('abcde');
    expect(shorten('', 5)).toBe('');
  });

  test('the middle goes, both ends tell files apart', () => {
    expect(shorten('abcdefghij', 5)).toBe('ab…ij');
    expect(shorten('abcdefghij', 6)).toBe('abc…ij');
  });

  test('characters are whole', () => {
    expect(shorten('😀😀😀😀😀', 3)).toBe('😀…😀');
  });
});
