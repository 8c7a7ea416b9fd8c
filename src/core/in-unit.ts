import type { Amount } from '../model/budget.ts';
import { tidy } from './statistics.ts';
import type { Subject } from './subject.ts';

/** An amount in the metric's unit: a bare number is in the unit that the report declares. */
export function inUnit({ value, unit }: Amount, { scale }: Pick<Subject, 'scale'>): number {
  return unit === null ? tidy(value * scale) : value;
}
