import type { Report } from '../model/report.ts';
import type { Quote } from './quote.ts';

type Loosened = Report['verdict']['relaxed'][number];

const WORDS: Readonly<Record<Loosened['kind'], string>> = {
  'budget-removed': 'the budget was removed',
  'limit-raised': 'its limit was loosened',
  'limit-removed': 'a limit was removed',
  'weaker-unit': 'its limit moved to a weaker unit',
  'weaker-encoding': 'it moved to a weaker encoding',
  'each-added': '`each` was added, so that its limit holds for each file instead of their sum',
  'each-removed': '`each` was removed',
  'pattern-removed': 'a pattern was removed',
  'negation-added': 'files were left out',
  'ignore-added': '`ignore` leaves out more',
  'selection-changed': 'it speaks of something else now',
  'severity-lowered': 'its severity was lowered',
  'optional-added': 'it became optional',
  'ignore-below-raised': '`ignoreBelow` was raised',
  'waiver-added': 'a waiver was added',
  'waiver-extended': 'its waiver was extended',
  'relaxing-weakened': '`relaxing` was weakened',
  'accept-label-set': '`acceptLabel` was set',
  'unbuilt-weakened': '`unbuilt` was weakened',
};

/** `All script: its limit was loosened, from max 900 kB to max 950 kB`. */
export function loosenedWords({ budget, kind, from, to }: Loosened, quote: Quote): string {
  const name = budget === null ? '' : `${quote(budget)}: `;
  return `${name}${WORDS[kind]}${spanWords(from, to, quote)}`;
}

function spanWords(from: string | null, to: string | null, quote: Quote): string {
  if (from !== null && to !== null) return `, from ${quote(from)} to ${quote(to)}`;
  const only = from ?? to;
  return only === null ? '' : ` (${quote(only)})`;
}
