import type { Unit } from '../model/metric.ts';

/** Stored units in one written unit: bytes for `kB`, milliseconds for `s`. */
const FACTORS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  byte: {
    B: 1,
    kB: 1e3,
    MB: 1e6,
    GB: 1e9,
    KiB: 1024,
    MiB: 1024 ** 2,
    GiB: 1024 ** 3,
  },
  millisecond: { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, min: 6e4 },
  'per-second': { '/s': 1 },
  ratio: { '%': 0.01 },
  score: { '%': 0.01 },
  count: {},
};

const EXAMPLES: Readonly<Record<Unit, string>> = {
  byte: '"170 kB"',
  millisecond: '"2.5 s"',
  'per-second': '"500/s"',
  ratio: '0.01 or "1%"',
  score: '0.9',
  count: '12',
};

export interface Parsed {
  readonly value: number;
  readonly unit: Unit;
}

/** What is wrong with a written amount, and how to write it right. */
export interface Misread {
  readonly problem: string;
  readonly hint: string;
}

export function isMisread(result: Parsed | Misread): result is Misread {
  return 'problem' in result;
}

/** An example of an amount in a unit, as it is written in a budgets file. */
export function exampleOf(unit: Unit): string {
  return EXAMPLES[unit];
}

/** The units that a kind of amount is written with; none for counts. */
export function unitsOf(unit: Unit): string[] {
  return Object.keys(FACTORS[unit]);
}

/** Every unit that can be written: what the README's table is held against. */
export function writableUnits(): string[] {
  return Object.values(FACTORS).flatMap((units) => Object.keys(units));
}

const QUANTITY = /^(\d+(?:\.\d+)?)(?: ?)([A-Za-zµ/%]+)$/;

/**
 * Reads `"170 kB"`, `"2.5 s"`, `"500/s"`, `"1%"`. The kind of unit follows from the text.
 * `B kB MB GB` are powers of 1000, `KiB MiB GiB` of 1024 (IEC 80000-13).
 */
export function parseQuantity(text: string, wanted: Unit | null): Parsed | Misread {
  const example = wanted === null ? '"170 kB" or "2.5 s"' : EXAMPLES[wanted];
  const match = QUANTITY.exec(text);
  if (!match) return misreadShape(text, example);
  const [, digits = '', symbol = ''] = match;
  const unit = unitOf(symbol, wanted);
  if (unit === null) return misreadUnit(digits, symbol, wanted);
  if (wanted !== null && unit !== wanted) {
    return {
      problem: `"${text}" is ${UNIT_WORDS[unit]}, but this metric is ${UNIT_WORDS[wanted]}`,
      hint: `Write it like ${example}.`,
    };
  }
  return inRange(Number(digits) * (FACTORS[unit][symbol] ?? 1), text, unit);
}

const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  byte: 'a number of bytes',
  millisecond: 'a time',
  'per-second': 'a rate',
  ratio: 'a ratio',
  score: 'a score',
  count: 'a count',
};

export function unitWords(unit: Unit): string {
  return UNIT_WORDS[unit];
}

function inRange(value: number, text: string, unit: Unit): Parsed | Misread {
  // 1.1 * 1000 is 1100.0000000000002: a limit is the decimal number that was written.
  const exact = Number(value.toPrecision(15));
  if (exact > Number.MAX_SAFE_INTEGER) {
    return { problem: `"${text}" is too large to be exact`, hint: 'Write a smaller number.' };
  }
  return { value: exact, unit };
}

function unitOf(symbol: string, wanted: Unit | null): Unit | null {
  if (wanted !== null && Object.hasOwn(FACTORS[wanted], symbol)) return wanted;
  const units = Object.keys(FACTORS) as Unit[];
  return units.find((unit) => Object.hasOwn(FACTORS[unit], symbol)) ?? null;
}

function misreadShape(text: string, example: string): Misread {
  const hint = `Write it like ${example}.`;
  if (text.trim() === '') return { problem: 'an empty string is not a number', hint };
  if (/^[+-]?\d{1,3}([,_' ]\d{3})+/.test(text)) {
    return {
      problem: `"${text}" has a thousands separator, which reads differently across countries`,
      hint: `Write the digits without one, like ${example}.`,
    };
  }
  if (/^\d+,\d+/.test(text)) {
    return { problem: `"${text}" has a decimal comma`, hint: 'Write a decimal point.' };
  }
  if (/^-\d/.test(text)) return { problem: `"${text}" is negative`, hint: 'Limits start at 0.' };
  if (/^\d+(\.\d+)?$/.test(text)) {
    return {
      problem: `"${text}" has no unit`,
      hint: `Write the bare number ${text} for the metric's own unit, or a unit, like ${example}.`,
    };
  }
  return { problem: `"${text}" is not a number with a unit`, hint };
}

const DECIMAL: Readonly<Record<string, readonly [string, string]>> = {
  K: ['kB', 'KiB'],
  M: ['MB', 'MiB'],
  G: ['GB', 'GiB'],
};

/** What was probably meant, among the units that the metric can have. */
function misreadUnit(digits: string, symbol: string, wanted: Unit | null): Misread {
  const canBe = (unit: Unit) => wanted === null || wanted === unit;
  const letter = /^([kmg])(b|ib?|bit|bytes?)?$/i.exec(symbol)?.[1]?.toUpperCase() ?? '';
  const readings = canBe('byte') && Object.hasOwn(DECIMAL, letter) ? DECIMAL[letter] : undefined;
  if (readings !== undefined) return twoReadings(digits, symbol, readings);
  const meant = [...(canBe('byte') ? BYTES : []), ...(canBe('millisecond') ? TIMES : [])].find(
    ([pattern]) => pattern.test(symbol),
  )?.[1];
  const example = wanted === null ? '"170 kB" or "2.5 s"' : EXAMPLES[wanted];
  return {
    problem: `"${symbol}" is not a unit`,
    hint: `Write ${meant === undefined ? `it like ${example}` : `"${digits} ${meant}"`}.`,
  };
}

const BYTES: readonly (readonly [RegExp, string])[] = [[/^(bytes?|b|octets?)$/i, 'B']];

const TIMES: readonly (readonly [RegExp, string])[] = [
  [/^(secs?|seconds?|S)$/, 's'],
  [/^(msecs?|milliseconds?|millis|MS|Ms|mS)$/, 'ms'],
  [/^(µs|microseconds?|usecs?)$/, 'us'],
  [/^(nanoseconds?|nanos|nsecs?)$/, 'ns'],
  [/^(mins|minutes?|m)$/, 'min'],
];

function twoReadings(digits: string, symbol: string, readings: readonly [string, string]): Misread {
  const bytes = (unit: string) => Math.round(Number(digits) * (FACTORS.byte[unit] ?? 1));
  const [decimal, binary] = readings;
  return {
    problem: `"${symbol}" can be read in two ways: ${digits} ${decimal} is ${bytes(decimal)} bytes, ${digits} ${binary} is ${bytes(binary)} bytes`,
    hint: `Write "${digits} ${decimal}" or "${digits} ${binary}".`,
  };
}
