import { amountOf, listChanges } from '../format/changes.ts';
import { loosenedWords } from '../format/loosened.ts';
import { formatDelta, formatPercentChange, formatValue } from '../format/numbers.ts';
import { type Row, rowsOf, UNKNOWN_CHANGE } from '../format/rows.ts';
import { limitWords } from '../format/sentence.ts';
import { pathsOf, shortPaths } from '../format/short-paths.ts';
import { drawTable, type Line } from '../format/table.ts';
import { terminalText, wrap } from '../format/terminal.ts';
import type { Report, ReportChange } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import type { Look } from './reporter.ts';
import { whyBlock } from './terminal-why.ts';

/** How many lines each part may have. */
export interface LineRoom {
  readonly loud: number;
  readonly passes: number;
  readonly changes: number;
  readonly whys: number;
  readonly loosened: number;
}

/** Longest path that is shown whole. */
const WHOLE = 24;

type Paint = (text: string) => string;

export type Colors = Readonly<Record<'red' | 'yellow' | 'green' | 'cyan' | 'dim' | 'bold', Paint>>;

/** One project: its table, and the rules it has weakened. */
export function sectionBlocks(
  report: Report,
  look: Look,
  colors: Colors,
  room: LineRoom,
): string[] {
  const short = shortOf(report);
  const shown = { report, colors, short, room };
  const lines = [...budgetLines(shown), ...changeLines(shown)];
  return [
    drawTable(['Budget', 'Now', 'Change', 'Limit'], lines, look.width, colors.dim),
    report.causes.length === 0 ? '' : whyBlock(report, room, look.width, colors.bold),
    looseningBlock(shown, look),
  ].filter((block) => block !== '');
}

/** How a report's paths are shown in little room. */
export function shortOf(report: Report): (path: string) => string {
  return shortPaths(pathsOf(report), WHOLE);
}

interface Shown {
  readonly report: Report;
  readonly colors: Colors;
  /** A path in little room. */
  readonly short: (path: string) => string;
  readonly room: LineRoom;
}

export const MARKS: Readonly<Record<Status, string>> = {
  fail: '✖',
  warn: '▲',
  inconclusive: '?',
  pass: '✔',
};

export function paintOf(status: Status, colors: Colors): (text: string) => string {
  if (status === 'fail') return colors.red;
  if (status === 'warn') return colors.yellow;
  return status === 'pass' ? colors.green : colors.cyan;
}

function budgetLines({ report, colors, short, room }: Shown): Line[] {
  const rows = rowsOf(report);
  const loud = rows.filter(({ status }) => status !== 'pass');
  const passes = rows.slice(loud.length);
  const part = (list: readonly Row[], most: number, what: string): Line[] => [
    ...list.slice(0, most).map((row) => budgetLine(row, colors, short)),
    ...(list.length > most ? [noteLine(`and ${list.length - most} more ${what}`, colors)] : []),
  ];
  return [...part(loud, room.loud, 'like these'), ...part(passes, room.passes, 'that pass')];
}

function budgetLine(row: Row, colors: Colors, short: Shown['short']): Line {
  const paint = paintOf(row.status, colors);
  const isLoud = row.status === 'fail' || row.status === 'warn';
  return {
    mark: paint(MARKS[row.status]),
    cells: [
      terminalText(row.subject === null ? row.budget : `${row.budget}: ${short(row.subject)}`),
      [row.now, row.encoding === 'raw' ? '' : row.encoding].filter(Boolean).join(' '),
      row.amount,
      terminalText(`${row.limit.strong}${row.limit.plain}`),
    ],
    lead: row.subject === null ? '' : terminalText(row.budget),
    // Passing rows stay quiet: colour is for what needs an eye.
    paint: isLoud ? paint : String,
    notes: notesOf(row),
  };
}

function notesOf(row: Row): string[] {
  const exceeded = row.findings.filter(
    ({ rule, status, actual }) =>
      actual !== null && rule.endsWith('crease') && (status === 'fail' || status === 'warn'),
  );
  const limits = exceeded.map((finding) => {
    const verb = finding.rule === 'max-increase' ? 'grew' : 'fell';
    return `${verb} by more than ${limitWords(finding)}`;
  });
  const notes = [...limits, ...row.notes, row.status === 'pass' ? null : row.runs, row.message];
  return notes.filter((note) => note !== null).map(terminalText);
}

/** What changed and all that is tracked, in the columns of the budgets. */
function changeLines({ report, colors, short, room }: Shown): Line[] {
  const { tracked } = report.meta;
  if (tracked === null) return [];
  const { listed, others } = listChanges(report, room.changes);
  const more =
    others > 0
      ? [noteLine(`and ${others} smaller ${others === 1 ? 'change' : 'changes'}`, colors)]
      : [];
  const changes = listed.map((change) => changeLine(change, colors, short));
  return [
    ...changes,
    ...(listed.length > 0 ? more : []),
    totalLine(tracked, report.comparison.base !== null, colors),
  ];
}

function changeLine(change: ReportChange, colors: Colors, short: Shown['short']): Line {
  const amount = amountOf(change);
  return {
    mark: ' ',
    cells: [
      terminalText(short(change.subject)),
      change.kind === 'removed' ? '' : formatValue(change.head ?? 0, change.unit),
      changeWords(amount, change.kind === 'kept' ? change.base : null),
      { added: 'new', removed: 'removed', kept: '' }[change.kind],
    ],
    paint: amount > 0 ? colors.yellow : colors.green,
    notes: [],
  };
}

function totalLine(
  { head, base, encoding, assets }: NonNullable<Report['meta']['tracked']>,
  hasBase: boolean,
  colors: Colors,
): Line {
  const files = `${assets} ${assets === 1 ? 'file' : 'files'}`;
  const name = encoding === 'raw' ? '' : ` ${encoding}`;
  const unknown = hasBase ? UNKNOWN_CHANGE : '';
  const change = base === null ? unknown : changeWords(head - base, base);
  return {
    mark: ' ',
    cells: [`All tracked: ${files}`, `${formatValue(head, 'byte')}${name}`, change, ''],
    paint: colors.bold,
    notes: [],
  };
}

/** A change in bytes and in percent of what was there before. */
export function changeWords(amount: number, base: number | null): string {
  const percent = base === null || amount === 0 ? null : formatPercentChange(amount, base);
  return `${formatDelta(amount, 'byte', amount)}${percent === null ? '' : ` (${percent})`}`;
}

export function noteLine(text: string, colors: Colors): Line {
  return { mark: ' ', cells: [text, '', '', ''], paint: colors.dim, notes: [] };
}

function looseningBlock({ report, colors, room }: Shown, look: Look): string {
  const { relaxed } = report.verdict;
  if (relaxed.length === 0) return '';
  const lines = relaxed
    .slice(0, room.loosened)
    .map((one) => `  - ${wrap(loosenedWords(one, terminalText), look.width - 4, '    ')}`);
  const more = relaxed.length - lines.length;
  const rest = more > 0 ? [`  - and ${more} more`] : [];
  return [colors.yellow('Limits loosened by this change:'), ...lines, ...rest].join('\n');
}
