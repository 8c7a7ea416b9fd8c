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

/**
 * One annotation for each broken or warned budget, on its own line of the budgets file.
 * @param most annotations of each level that the place shows
 */
export function annotationsOf(report: Report, most: number = SHOWN): Annotation[] {
  const rows = rowsOf(report);
  return (['fail', 'warn'] as const).flatMap((status) => {
    const own = rows.filter((row) => row.status === status);
    const budgets = [...new Set(own.map(({ budget }) => budget))];
    const shown = budgets.slice(0, budgets.length > most ? most - 1 : most);
    const level = status === 'fail' ? 'error' : 'warning';
    const notes = shown.map((budget) =>
      annotationOf(
        report,
        own.filter((row) => row.budget === budget),
        level,
      ),
    );
    const others = budgets.length - shown.length;
    if (others === 0) return notes;
    const message = `and ${others} more budgets; the job summary names all of them`;
    return [...notes, { level, title: 'Weighbridge', message, line: null } as const];
  });
}

/** Subjects of one budget that are named in its annotation. */
const NAMED = 3;

function annotationOf(
  report: Report,
  rows: readonly Row[],
  level: Annotation['level'],
): Annotation {
  const [first] = rows;
  const budget = first?.budget ?? '';
  const texts = rows.slice(0, NAMED).flatMap((row) => textsOf(report, row));
  const others = rows.length - NAMED;
  const message = [
    ...texts,
    ...(others > 0 ? [`and ${others} more`] : []),
    ...(first?.message ? [terminalText(first.message)] : []),
  ];
  return {
    level,
    title: shorten(`Budget ${terminalText(budget)}`, 200),
    message: shorten(message.join('. '), LONGEST),
    line: report.meta.config?.lines[budget] ?? null,
  };
}

function textsOf(report: Report, { findings, notes }: Row): string[] {
  const broken = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const phrases = broken.map((finding) => findingPhrase(report, finding, terminalText));
  return [...phrases, ...notes.map(terminalText)];
}
