import { describe, expect, test } from 'vitest';
import {
  exactly,
  formatDelta,
  formatPair,
  formatPercentChange,
  formatShare,
  formatValue,
} from '../../src/format/numbers.ts';

describe('formatValue: SI units', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [1_024, '1 kB'],
    [172_300, '172.3 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1 MB'],
    [1_210_000, '1.21 MB'],
    [2_500_000_000, '2.5 GB'],
  ])('%d bytes are %s', (value, text) => {
    expect(formatValue(value, 'byte')).toBe(text);
  });

  test.each([
    [0, '0 ms'],
    [0.0005, '500 ns'],
    [0.0015, '1.5 us'],
    [12.34, '12.3 ms'],
    [999.96, '1 s'],
    [2_610, '2.61 s'],
  ])('%d milliseconds are %s', (value, text) => {
    expect(formatValue(value, 'millisecond')).toBe(text);
  });

  test('scores, ratios, counts and rates', () => {
    expect(formatValue(0.93, 'score')).toBe('0.93');
    expect(formatValue(0.0125, 'ratio')).toBe('1.25%');
    expect(formatValue(12, 'count')).toBe('12');
    expect(formatValue(100, 'count')).toBe('100');
    expect(formatValue(512.25, 'per-second')).toBe('512.3/s');
  });

  test('a zero has no sign', () => {
    expect(formatValue(-0.0001, 'score')).toBe('0');
  });
});

describe('formatDelta', () => {
  test('has a sign, in the unit of the value beside it', () => {
    expect(formatDelta(4_100, 'byte', 172_300)).toBe('+4.1 kB');
    expect(formatDelta(-23, 'byte', 172_300)).toBe('-23 B');
    expect(formatDelta(-20, 'millisecond', 2_610)).toBe('-0.02 s');
    expect(formatDelta(0, 'byte', 172_300)).toBe('0');
  });

  test('a change too small for that unit is shown in a smaller one, never as nothing', () => {
    expect(formatDelta(4, 'millisecond', 2_610)).toBe('+4 ms');
    expect(formatDelta(1, 'byte', 1_000_000)).toBe('+1 B');
  });

  test('a change that is there is never shown as 0', () => {
    expect(formatDelta(0.0004, 'score', 0.9)).not.toMatch(/^\+0$/);
    expect(formatDelta(0.00001, 'ratio', 0.5)).not.toMatch(/^\+0%$/);
  });
});

describe('formatPercentChange', () => {
  test('of base', () => {
    expect(formatPercentChange(4_100, 168_200)).toBe('+2.4%');
    expect(formatPercentChange(-50, 100)).toBe('-50%');
    expect(formatPercentChange(5_000, 1_000)).toBe('+500%');
    expect(formatPercentChange(0, 1_000)).toBe('0%');
  });

  test('a percent of 0 is none, never Infinity', () => {
    expect(formatPercentChange(5, 0)).toBeNull();
    expect(formatPercentChange(0, 0)).toBeNull();
  });

  test('beyond the tenfold a percent says nothing, and is none', () => {
    expect(formatPercentChange(999, 100)).toBe('+999%');
    expect(formatPercentChange(1_000, 100)).toBeNull();
    expect(formatPercentChange(10_052, 100)).toBeNull();
  });

  test('a change that rounds to nothing is still a change', () => {
    expect(formatPercentChange(1, 1_000_000)).toBe('+<0.1%');
    expect(formatPercentChange(-1, 1_000_000)).toBe('-<0.1%');
  });
});

describe('formatShare: how much of the limit is used', () => {
  test('rounded away from 100, so that it never lies', () => {
    expect(formatShare(170_023, 170_000)).toBe('101%');
    expect(formatShare(169_999, 170_000)).toBe('99%');
    expect(formatShare(170_000, 170_000)).toBe('100%');
    expect(formatShare(1, 1_000)).toBe('0%');
  });

  test('there is no share of a limit of 0', () => {
    expect(formatShare(5, 0)).toBeNull();
  });
});

describe('formatPair: limit and size in the same run', () => {
  test('exact bytes where rounding would make limit and size look alike', () => {
    expect(formatPair(170_023, 170_000, 'byte')).toEqual(['170023 B', '170000 B']);
    expect(formatPair(286_049, 286_001, 'byte')).toEqual(['286049 B', '286001 B']);
    expect(formatPair(2_501, 2_500, 'millisecond')).toEqual(['2501 ms', '2500 ms']);
    expect(formatPair(0.9001, 0.9, 'score')).toEqual(['0.9001', '0.9']);
  });

  test('rounded where they differ, or are equal', () => {
    expect(formatPair(172_300, 170_000, 'byte')).toEqual(['172.3 kB', '170 kB']);
    expect(formatPair(170_000, 170_000, 'byte')).toEqual(['170 kB', '170 kB']);
  });

  test('two that differ never look alike', () => {
    for (const unit of ['byte', 'count', 'per-second'] as const) {
      for (let size = 1; size < 1e12; size = size * 7 + 1) {
        const [left, right] = formatPair(size, size + 1, unit);
        expect(left).not.toBe(right);
      }
    }
  });
});

test('exactly: every digit', () => {
  expect(exactly(170_023, 'byte')).toBe('170023 B');
  expect(exactly(0, 'byte')).toBe('0 B');
  expect(exactly(0.1 + 0.2, 'score')).toBe('0.3');
  expect(exactly(2_500.4, 'millisecond')).toBe('2500.4 ms');
  expect(exactly(500, 'per-second')).toBe('500/s');
});
