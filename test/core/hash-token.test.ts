import { describe, expect, it } from 'vitest';
import { weighToken } from '../../src/core/hash-token.ts';
import { textCost } from '../../src/core/text-cost.ts';

describe('textCost', () => {
  it('is low for words, high for letters drawn by lot', () => {
    for (const word of [
      'settings',
      'profile',
      'bootstrap',
      'component',
      'UserList',
      'navigation',
    ]) {
      expect(textCost(word) / word.length, word).toBeLessThan(3);
    }
    for (const drawn of ['qzkxvjwp', 'DJ54DLfG', 'zv3nzGLU', 'x9kq2w7f']) {
      expect(textCost(drawn) / drawn.length, drawn).toBeGreaterThan(3.5);
    }
  });

  it('reads a word alike in every case, at a price', () => {
    expect(textCost('Settings')).toBeCloseTo(textCost('settings') + 0.8);
    expect(textCost('SETTINGS')).toBeCloseTo(textCost('settings') + 4.5);
  });

  it('reads acronyms before words', () => {
    expect(textCost('FXAANode')).toBeCloseTo(textCost('FXAA') + 1.3 + textCost('Node'));
  });

  it('costs nothing for nothing', () => {
    expect(textCost('')).toBe(0);
  });

  it('counts separators that separate nothing', () => {
    expect(textCost('-list')).toBeCloseTo(textCost('list-'));
    expect(textCost('-list')).toBeCloseTo(textCost('list') + 2.2 + 4.1);
  });
});

describe('weighToken', () => {
  it.each([
    ...['1f3acd08', '48c3d16b03273d1b', '703e841ea4cfde9682c9', '6QFRIKW3', 'DJ54DLfG', '-TdSKnE7'],
    ...['x9kq2w7f', '0cz1d0mv5g_q7', 'NaIkJ3evo7MhuGE7CphDi'],
  ])('is sure of %s', (token) => {
    expect(weighToken(token)?.strength).toBe('strong');
  });

  it.each(['3fa9c1', '3fa9c1d', '73920485', 'YFUKKOJB', 'oeusekta', 'cmyk2rgb'])(
    'doubts %s',
    (token) => {
      expect(weighToken(token)?.strength).toBe('weak');
    },
  );

  it('believes two together of a length that only people choose', () => {
    expect(weighToken('3fa9c1d07b')?.strength).toBe('mutual');
  });

  it.each([
    ...['settings', 'UserList', 'TEMPLATE', 'dropdown', 'BarChart', 'navigation', '20240101'],
    ...[
      '1f468-200d-1f33e',
      'aaaaaaaa',
      '192x192',
      'a1b2',
      'a1b2c3d4e5f',
      '123456',
      'caf\u00e91234',
      '',
    ],
  ])('refuses %j', (token) => {
    expect(weighToken(token)).toBeNull();
  });

  it('asks more where hashes seldom stand', () => {
    const { score = 0 } = weighToken('1f3acd08') ?? {};
    expect(weighToken('1f3acd08', score)?.strength).toBe('weak');
    expect(weighToken('1f3acd08', score)?.score).toBe(score);
  });
});
