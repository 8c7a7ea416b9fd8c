import type { Report } from '../model/report.ts';
import { type Row, rowsOf } from './rows.ts';
import { findingPhrase } from './sentence.ts';
import { terminalText } from './terminal.ts';
import { shorten } from './visible.ts';

/** A note on a line of the budgets file. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  /** 1-based; null where the config is code. */
  readonly line: number | null;
}

/** What a runner shows of a step: ten of each level, 4,096 characters each. */
const SHOWN = 10;
const LONGEST = 4_000;

/** One annotation for each broken or warned budget, on its own line of the budgets file. */
export function annotationsOf(report: Report): Annotation[] {
  const rows = rowsOf(report).filter(({ status }) => status === 'fail' || status === 'warn');
  return (['fail', 'warn'] as const).flatMap((status) => {
    const own = rows.filter((row) => row.status === status);
    const shown = own.slice(0, own.length > SHOWN ? SHOWN - 1 : SHOWN);
    const others = own.length - shown.length;
    const level = status === 'fail' ? 'error' : 'warning';
    const notes = shown.map((row) => annotationOf(report, row, level));
    if (others === 0) return notes;
    const message = `and ${others} more budgets; the job summary names all of them`;
    return [...notes, { level, title: 'Weighbridge', message, line: null } as const];
  });
}

function annotationOf(report: Report, row: Row, level: Annotation['level']): Annotation {
  const { findings, budget, message, notes } = row;
  const broken = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const phrases = broken.map((finding) => findingPhrase(report, finding, terminalText));
  const text = [
    ...phrases,
    ...notes.map(terminalText),
    message === null ? '' : terminalText(message),
  ]
    .filter((part) => part !== '')
    .join('. ');
  return {
    level,
    title: shorten(`Budget ${terminalText(budget)}`, 200),
    message: shorten(text, LONGEST),
    line: report.meta.config?.lines[budget] ?? null,
  };
}
