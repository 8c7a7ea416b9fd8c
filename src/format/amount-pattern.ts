import type { Unit } from '../model/metric.ts';
import { unitsOf, writableUnits } from './units.ts';

/**
 * A regular expression for the texts that `parseQuantity` takes, for editors: `"170 kB"`.
 * @param unit null for an amount of any kind
 * @returns null for what is only written as a number
 */
export function amountPattern(unit: Unit | null): string | null {
  const symbols = unit === null ? [...new Set(writableUnits())] : unitsOf(unit);
  return symbols.length === 0 ? null : `^\\d+(\\.\\d+)? ?(${symbols.join('|')})$`;
}

/** The same for a share of base: `"5%"`. */
export const PERCENT_PATTERN = '^\\d+(\\.\\d+)? ?%$';
