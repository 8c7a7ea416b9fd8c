import type { ReportFinding } from '../model/report.ts';
import { NEW_SUBJECT } from '../model/verdict.ts';
import { formatDelta, formatPair, formatValue } from './numbers.ts';

/**
 * How a subject changed whose causes nobody knows, in a sentence: a time or a count has none, and
 * what is new has no base. Null where it did not change.
 * @param name what the subject is called
 */
export function unexplainedWords(finding: ReportFinding, name: string): string | null {
  const { actual, base, delta, unit, detail } = finding;
  if (actual === null) return `${name}: ${detail ?? 'nothing matches'}.`;
  if (detail === NEW_SUBJECT) return `${name} is new, with ${formatValue(actual, unit)}.`;
  if (delta === null || base === null) {
    return `${name} has no value of base to compare with${detail === null ? '' : `: ${detail}`}.`;
  }
  if (delta === 0) return null;
  const by = formatDelta(Math.abs(delta), unit, actual).replace(/^\+/, '');
  const [from, to] = formatPair(base, actual, unit);
  const range = `from ${from} to ${to}`;
  return `${name} ${delta > 0 ? 'rose' : 'fell'} by ${by}, ${range}.`;
}
