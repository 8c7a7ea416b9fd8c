import type { Unit } from '../model/metric.ts';

/** A step of a unit for people: values from `from` on are shown in it. */
interface Step {
  readonly from: number;
  readonly size: number;
  readonly symbol: string;
  readonly decimals: number;
}

const STEPS: Readonly<Record<Unit, readonly Step[]>> = {
  byte: [
    { from: 0, size: 1, symbol: ' B', decimals: 0 },
    { from: 1e3, size: 1e3, symbol: ' kB', decimals: 1 },
    { from: 1e6, size: 1e6, symbol: ' MB', decimals: 2 },
    { from: 1e9, size: 1e9, symbol: ' GB', decimals: 2 },
  ],
  millisecond: [
    { from: 0, size: 1e-6, symbol: ' ns', decimals: 0 },
    { from: 1e-3, size: 1e-3, symbol: ' us', decimals: 1 },
    { from: 1, size: 1, symbol: ' ms', decimals: 1 },
    { from: 1e3, size: 1e3, symbol: ' s', decimals: 2 },
  ],
  ratio: [{ from: 0, size: 0.01, symbol: '%', decimals: 2 }],
  score: [{ from: 0, size: 1, symbol: '', decimals: 3 }],
  count: [{ from: 0, size: 1, symbol: '', decimals: 1 }],
  'per-second': [{ from: 0, size: 1, symbol: '/s', decimals: 1 }],
};

/** A value as people read it, in SI units: `172.3 kB`, `2.61 s`, `0.93`. */
export function formatValue(value: number, unit: Unit): string {
  if (value === 0 && unit === 'millisecond') return '0 ms';
  return inStep(value, stepOf(value, unit));
}

/** A signed change in the same step as the value it belongs to: `-0.02 s` beside `2.61 s`. */
export function formatDelta(delta: number, unit: Unit, beside: number): string {
  if (delta === 0) return '0';
  const step = stepOf(beside, unit);
  const shared = step.size * 10 ** -step.decimals <= Math.abs(delta) && unit === 'millisecond';
  const rounded = inStep(Math.abs(delta), shared ? step : stepOf(delta, unit));
  // A change that is there is never shown as none.
  const text = /^0\D*$/.test(rounded) ? exactly(Math.abs(delta), unit) : rounded;
  return `${delta < 0 ? '-' : '+'}${text}`;
}

/**
 * Relative change in percent: `+2.4%`; null for a base of 0, which has no percent, and beyond the
 * tenfold, where a percent says no more than the change itself.
 */
export function formatPercentChange(delta: number, base: number): string | null {
  if (base === 0) return null;
  const percent = (delta / base) * 100;
  if (percent === 0) return '0%';
  const size = Math.abs(percent);
  if (size >= 999.5) return null;
  const text = size < 0.05 ? '<0.1' : trim(size.toFixed(size < 100 ? 1 : 0));
  return `${percent < 0 ? '-' : '+'}${text}%`;
}

/** How much of the limit is used: `101%`; rounded away from 100 so that it never lies. */
export function formatShare(actual: number, allowed: number): string | null {
  if (allowed === 0) return null;
  const percent = (actual / allowed) * 100;
  if (percent > 100) return `${Math.max(101, Math.round(percent))}%`;
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100}%`;
}

/**
 * Two values side by side, which must not look alike when they differ:
 * `170000` and `170023` are `170000 B` and `170023 B`, not `170 kB` twice.
 */
export function formatPair(left: number, right: number, unit: Unit): [string, string] {
  const rounded: [string, string] = [formatValue(left, unit), formatValue(right, unit)];
  if (left === right || rounded[0] !== rounded[1]) return rounded;
  return [exactly(left, unit), exactly(right, unit)];
}

/** Every digit: `170023 B`. */
export function exactly(value: number, unit: Unit): string {
  if (unit === 'byte') return `${trimNumber(value)} B`;
  if (unit === 'millisecond') return `${trimNumber(value)} ms`;
  if (unit === 'per-second') return `${trimNumber(value)}/s`;
  return trimNumber(value);
}

function stepOf(value: number, unit: Unit): Step {
  const steps = STEPS[unit];
  const size = Math.abs(value);
  // A value that rounds up to the next step is shown in it: 999.96 kB is 1 MB.
  const last = steps.findLast((step) => size >= step.from - stepRounding(steps, step));
  return last ?? steps[0] ?? { from: 0, size: 1, symbol: '', decimals: 0 };
}

function stepRounding(steps: readonly Step[], step: Step): number {
  const below = steps[steps.indexOf(step) - 1];
  return below === undefined ? 0 : (below.size * 10 ** -below.decimals) / 2;
}

function inStep(value: number, step: Step): string {
  const digits = trim((value / step.size).toFixed(step.decimals));
  return `${digits === '-0' ? '0' : digits}${step.symbol}`;
}

function trim(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function trimNumber(value: number): string {
  return String(Number(value.toPrecision(12)));
}
