import { describe, expect, test } from 'vitest';
import { exampleOf, isMisread, parseQuantity, writableUnits } from '../../src/format/units.ts';
import type { Unit } from '../../src/model/metric.ts';

function read(text: string, wanted: Unit | null = null): number {
  const result = parseQuantity(text, wanted);
  if (isMisread(result)) throw new Error(`${result.problem} ${result.hint}`);
  return result.value;
}

/** The problem and the hint of what is refused, in one line. */
function refusal(text: string, wanted: Unit | null = null): string {
  const result = parseQuantity(text, wanted);
  if (!isMisread(result)) throw new Error(`"${text}" was read as ${result.value} ${result.unit}`);
  return `${result.problem}. ${result.hint}`;
}

describe('bytes', () => {
  test.each([
    ['10 B', 10],
    ['10 kB', 10_000],
    ['10 MB', 10_000_000],
    ['10 GB', 10_000_000_000],
  ])('%s is a power of 1000', (text, value) => {
    expect(parseQuantity(text, 'byte')).toEqual({ value, unit: 'byte' });
  });

  test.each([
    ['10 KiB', 10_240],
    ['10 MiB', 10_485_760],
    ['10 GiB', 10_737_418_240],
  ])('%s is a power of 1024', (text, value) => {
    expect(parseQuantity(text, 'byte')).toEqual({ value, unit: 'byte' });
  });

  test('the space is optional', () => {
    expect(read('170kB')).toBe(170_000);
    expect(read('170 kB')).toBe(170_000);
  });

  test('a decimal is the number that was written, without dust', () => {
    expect(read('1.1 kB')).toBe(1_100);
    expect(read('0.3 kB')).toBe(300);
    expect(read('172.3 kB')).toBe(172_300);
  });

  test('0 is a real limit', () => {
    expect(read('0 B', 'byte')).toBe(0);
    expect(read('0 kB', 'byte')).toBe(0);
  });
});

describe('times, rates, ratios and scores', () => {
  test.each([
    ['5 ns', 0.000005],
    ['5 us', 0.005],
    ['5 ms', 5],
    ['2.5 s', 2_500],
    ['2 min', 120_000],
  ])('%s in milliseconds: ms, s and ns are not mixed up', (text, value) => {
    expect(parseQuantity(text, 'millisecond')).toEqual({ value, unit: 'millisecond' });
  });

  test('"500/s" is a rate', () => {
    expect(parseQuantity('500/s', 'per-second')).toEqual({ value: 500, unit: 'per-second' });
    expect(read('500 /s', 'per-second')).toBe(500);
  });

  test('"1%" on a ratio is 0.01', () => {
    expect(parseQuantity('1%', 'ratio')).toEqual({ value: 0.01, unit: 'ratio' });
    expect(parseQuantity('90%', 'score')).toEqual({ value: 0.9, unit: 'score' });
  });

  test('where only the report knows the unit, the text says its kind', () => {
    expect(parseQuantity('1.2 s', null)).toEqual({ value: 1_200, unit: 'millisecond' });
    expect(parseQuantity('1 kB', null)).toEqual({ value: 1_000, unit: 'byte' });
  });
});

describe('refused: units with two readings', () => {
  test('"10 KiB" read as 10 bytes; "10 K" as 10: here neither', () => {
    expect(read('10 KiB')).toBe(10_240);
    expect(refusal('10 K')).toMatch(/10000 bytes.*10240 bytes.*"10 kB".*"10 KiB"/);
  });

  test.each(['KB', 'Kb', 'K', 'kb', 'k', 'Ki', 'kib', 'Kib', 'kbit'])(
    '%s names both readings, "10 kB" and "10 KiB"',
    (unit) => {
      expect(refusal(`10 ${unit}`, 'byte')).toMatch(/10 kB.*10 KiB/);
      expect(refusal(`10${unit}`, 'byte')).toMatch(/10 kB.*10 KiB/);
    },
  );

  test('mb, Gb and the like too', () => {
    expect(refusal('1.5 mb', 'byte')).toMatch(/1\.5 MB.*1500000.*1\.5 MiB.*1572864/);
    expect(refusal('2 M', 'byte')).toMatch(/2 MB.*2 MiB/);
    expect(refusal('2 gb', 'byte')).toMatch(/2 GB.*2 GiB/);
  });

  test('an m on a time is a minute or a millisecond, never a megabyte', () => {
    expect(refusal('2 m', 'millisecond')).not.toMatch(/MB|MiB/);
    expect(refusal('2 m', 'millisecond')).toMatch(/min|ms/);
  });
});

describe('refused: what is no number', () => {
  test('thousands separators: "1,000 B" is not 1', () => {
    for (const text of ['1,000 B', '1 000 B', "1'000 B", '1_000 B', '12,345,678 B', '1,000']) {
      expect(refusal(text, 'byte')).toContain('thousands separator');
    }
  });

  test('a decimal comma', () => {
    expect(refusal('2,5 s', 'millisecond')).toContain('decimal comma');
  });

  test('empty strings', () => {
    expect(refusal('', 'byte')).toContain('empty');
    expect(refusal('   ', 'byte')).toContain('empty');
  });

  test('"abc" accepted as "no limit": refused', () => {
    for (const text of ['abc', 'kB', 'none', 'null', 'true', '∞']) {
      expect(refusal(text, 'byte')).toContain(`"${text}"`);
    }
  });

  test('NaN and infinite limits', () => {
    for (const text of ['NaN', 'Infinity', 'NaN kB', 'Infinity kB', '1e400 B', '9e99 kB']) {
      expect(() => read(text, 'byte')).toThrow();
    }
  });

  test('negative limits', () => {
    expect(refusal('-5 kB', 'byte')).toContain('negative');
    expect(refusal('-1%', 'ratio')).toContain('negative');
  });

  test('a number too large to be exact', () => {
    expect(refusal('99999999999 GB', 'byte')).toContain('too large');
  });

  test.each(['1.2.3 kB', '.5 kB', '5. kB', '0x10 B', '1e3 B', '+5 kB', '5 kB!', '5  kB', ' 5 kB'])(
    '"%s" is not guessed at',
    (text) => {
      expect(refusal(text, 'byte')).toContain(text);
    },
  );

  test('a string without a unit: the number is written bare', () => {
    expect(refusal('10', 'byte')).toMatch(/no unit.*bare number 10/);
  });

  test('words that every object knows are no units', () => {
    for (const word of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
      expect(refusal(`10 ${word}`, 'byte')).toContain('is not a unit');
      expect(refusal(`10 ${word}`, null)).toContain('is not a unit');
    }
  });
});

describe('refused: a unit of another kind', () => {
  test('"500 bytes" read as a time limit: refused, and the right word is named', () => {
    expect(refusal('500 bytes', 'byte')).toContain('"500 B"');
    expect(refusal('500 B', 'millisecond')).toMatch(/bytes.*time/);
  });

  test.each([
    ['2.5 s', 'byte'],
    ['10 kB', 'millisecond'],
    ['1%', 'byte'],
    ['500/s', 'millisecond'],
    ['10 B', 'count'],
    ['5 s', 'score'],
  ] as const)('%s on a metric in %ss', (text, wanted) => {
    expect(refusal(text, wanted)).toContain('but this metric is');
  });

  test('the hint is something that is then accepted', () => {
    const cases = [
      ['500 bytes', 'byte'],
      ['500 bytes', 'millisecond'],
      ['5 seconds', 'byte'],
      ['5 seconds', 'millisecond'],
      ['10 K', 'byte'],
      ['10 K', 'millisecond'],
      ['10 furlongs', 'byte'],
    ] as const;
    for (const [text, wanted] of cases) {
      const suggested = /"([^"]+)"\.?$/.exec(refusal(text, wanted))?.[1] ?? '';
      expect([text, wanted, isMisread(parseQuantity(suggested, wanted))]).toEqual([
        text,
        wanted,
        false,
      ]);
    }
  });
});

describe('refused: the nearest right unit', () => {
  test.each([
    ['5 sec', '5 s'],
    ['5 seconds', '5 s'],
    ['5 S', '5 s'],
    ['5 msec', '5 ms'],
    ['5 µs', '5 us'],
    ['5 nanoseconds', '5 ns'],
    ['5 minutes', '5 min'],
  ])('%s: write %s', (text, right) => {
    expect(refusal(text, 'millisecond')).toContain(`"${right}"`);
  });

  test('an example of the metric where nothing is near', () => {
    expect(refusal('5 furlongs', 'millisecond')).toContain('"2.5 s"');
    expect(refusal('5 req/s', 'per-second')).toContain('"500/s"');
  });
});

test('every example is accepted by the parser itself', () => {
  for (const unit of ['byte', 'millisecond', 'per-second', 'ratio'] as const) {
    const quoted = /"([^"]+)"/.exec(exampleOf(unit))?.[1] ?? '';
    expect(parseQuantity(quoted, unit)).toMatchObject({ unit });
  }
});

test('every writable unit is read', () => {
  for (const unit of writableUnits()) expect(read(`1 ${unit}`)).toBeGreaterThan(0);
});
