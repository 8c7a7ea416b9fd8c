import type { Report } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import { firstCause } from './cause-lists.ts';
import { causeWords } from './causes.ts';
import { type Row, rowsOf } from './rows.ts';
import { findingPhrase } from './sentence.ts';
import { terminalText } from './terminal.ts';
import { shorten } from './visible.ts';

/** A note on a line of the budgets file. */
export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  /** The budgets file as the report names it: from the working directory; null where none is known. */
  readonly file: string | null;
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
  const isOne = report.meta.projects === undefined;
  const all = partsOf(report).map((part) => ({ part, rows: rowsOf(part) }));
  return (['fail', 'warn'] as const).flatMap((status) => {
    const level = status === 'fail' ? 'error' : 'warning';
    const told = all.flatMap(({ part, rows }) =>
      byBudget(rows, status).map((own) => ({ part, rows: own, level, isOne }) as const),
    );
    const shown = told.slice(0, told.length > most ? most - 1 : most);
    const notes = shown.map(annotationOf);
    const others = told.length - shown.length;
    if (others === 0) return notes;
    const message = `and ${others} more budgets; the job summary names all of them`;
    const place = { file: report.meta.config?.file ?? null, line: null };
    return [...notes, { level, title: 'Weighbridge', message, ...place } as const];
  });
}

function byBudget(rows: readonly Row[], status: Row['status']): (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows.filter((one) => one.status === status)) {
    const group = groups.get(row.budget);
    if (group === undefined) groups.set(row.budget, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** Subjects of one budget that are named in its annotation. */
const NAMED = 3;

interface Told {
  /** The report on the budget's own project. */
  readonly part: Report;
  readonly rows: readonly Row[];
  readonly level: Annotation['level'];
  /** It is the only project of the run. */
  readonly isOne: boolean;
}

function annotationOf({ part, rows, level, isOne }: Told): Annotation {
  const [first] = rows;
  const { project, config } = part.meta;
  const budget = first?.budget ?? '';
  const name = isOne ? budget : `${project} › ${budget}`;
  const texts = rows.slice(0, NAMED).flatMap((row) => textsOf(part, row));
  const others = rows.length - NAMED;
  const message = [
    ...texts,
    ...(others > 0 ? [`and ${others} more`] : []),
    ...(first?.message ? [terminalText(first.message)] : []),
  ];
  return {
    level,
    title: shorten(`Budget ${terminalText(name)}`, 200),
    message: shorten(message.join('. '), LONGEST),
    file: config?.file ?? null,
    line: config?.lines[budget] ?? null,
  };
}

function textsOf(report: Report, { findings, notes }: Row): string[] {
  const broken = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  const phrases = broken.map((finding) => findingPhrase(report, finding, terminalText));
  // One phrase, as its notes begin in lower case.
  const [first = '', ...others] = phrases;
  const told = [first, ...notes.map(terminalText)].filter((text) => text !== '').join('; ');
  const [shown] = broken;
  const cause = shown === undefined ? null : firstCause(report, shown);
  return [told, ...others, ...(cause === null ? [] : [causeWords(cause, terminalText)])];
}
