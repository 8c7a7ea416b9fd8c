import { amountOf, listChanges } from '../format/changes.ts';
import { loosenedWords } from '../format/loosened.ts';
import {
  codeSpan,
  escapeMarkdown,
  folded,
  markdownTable,
  sentenceMarkdown,
} from '../format/markdown.ts';
import { formatDelta, formatPercentChange, formatValue } from '../format/numbers.ts';
import { type Cell, type Row, rowsOf, UNKNOWN_CHANGE } from '../format/rows.ts';
import type { Report, ReportChange } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import { type WhyRoom, whyParts } from './markdown-why.ts';

/** How many rows each part may have. */
export interface Room extends WhyRoom {
  readonly rows: number;
  readonly passes: number;
}

export const MARKS: Readonly<Record<Status, string>> = {
  fail: '❌',
  warn: '⚠️',
  inconclusive: '❔',
  pass: '✅',
};

/** One project: what needs an eye, what changed, what was weakened, and the rest folded away. */
export function sectionParts(report: Report, room: Room): string[] {
  const rows = rowsOf(report);
  const open = rows.filter((row) => isOpen(row, report));
  const closed = rows.filter((row) => !isOpen(row, report));
  return [
    mainTable(report, open, room),
    messages(open.slice(0, room.rows)),
    ...whyParts(report, room),
    loosened(report),
    noteList(report),
    quiet(report, { open, closed }, room),
  ];
}

/** What needs an eye; what merely waits for the first baseline does not. */
function isOpen(row: Row, report: Report): boolean {
  if (row.status === 'pass') return false;
  return row.status !== 'inconclusive' || report.comparison.base !== null;
}

function mainTable(report: Report, open: readonly Row[], room: Room): string {
  const { listed, others } = listChanges(report, room.changes);
  const shown = open.slice(0, room.rows);
  const hidden = open.length - shown.length;
  const rows = [
    ...shown.map(budgetRow),
    ...(hidden > 0 ? [['', `and ${hidden} more, in the full report`, '', '', '']] : []),
    ...listed.map(changeRow),
    ...(others > 0 && listed.length > 0
      ? [['', `and ${others} smaller ${others === 1 ? 'change' : 'changes'}`, '', '', '']]
      : []),
    ...totalRow(report),
  ];
  if (rows.length === 0) return '';
  return budgetTable(rows);
}

function budgetRow(row: Row): string[] {
  const subject = row.subject === null ? '' : ` ${codeSpan(row.subject)}`;
  const runs = row.runs === null ? '' : ` (${row.runs})`;
  const notes = row.notes.map((note) => escapeMarkdown(note)).join(', ');
  const limit = cellText(row.limit);
  return [
    MARKS[row.status],
    `${escapeMarkdown(row.budget)}${subject}`,
    `${[row.now, row.encoding === 'raw' ? '' : row.encoding].filter(Boolean).join(' ')}${runs}`,
    cellText(row.change),
    [limit, notes].filter((part) => part !== '').join(', '),
  ];
}

function cellText({ strong, plain }: Cell): string {
  const [loud, quiet] = [escapeMarkdown(strong), escapeMarkdown(plain)];
  return loud === '' ? quiet : `**${loud}**${quiet}`;
}

function changeRow(change: ReportChange): string[] {
  const amount = amountOf(change);
  const percent = change.kind === 'kept' ? formatPercentChange(amount, change.base ?? 0) : null;
  const words = { added: ', new', removed: ', removed', kept: '' }[change.kind];
  return [
    '',
    `${codeSpan(change.subject)}${words}`,
    change.kind === 'removed' ? '' : formatValue(change.head ?? 0, change.unit),
    `${formatDelta(amount, change.unit, amount)}${percent === null ? '' : ` (${percent})`}`,
    '',
  ];
}

function totalRow({ meta, comparison }: Report): string[][] {
  const { tracked } = meta;
  if (tracked === null) return [];
  const { head, base, encoding } = tracked;
  const name = encoding === 'raw' ? '' : ` ${encoding}`;
  const isUnknown = base === null && comparison.base !== null;
  const change = isUnknown ? UNKNOWN_CHANGE : growthWords(head, base);
  return [['', 'All tracked', `${formatValue(head, 'byte')}${name}`, change, '']];
}

/** `+4.3 kB (+0.4%)`; empty without a base. */
export function growthWords(head: number, base: number | null): string {
  if (base === null) return '';
  const delta = head - base;
  const percent = delta === 0 ? null : formatPercentChange(delta, base);
  return `${formatDelta(delta, 'byte', delta)}${percent === null ? '' : ` (${percent})`}`;
}

/** What the budgets' authors want done. */
function messages(rows: readonly Row[]): string {
  return rows
    .filter(({ message }) => message !== null)
    .map(
      ({ budget, message }) => `- **${escapeMarkdown(budget)}**: ${escapeMarkdown(message ?? '')}`,
    )
    .join('\n');
}

const LOOSENED_SHOWN = 20;

function loosened({ verdict }: Report): string {
  const { relaxed } = verdict;
  if (relaxed.length === 0) return '';
  const lines = relaxed
    .slice(0, LOOSENED_SHOWN)
    .map((one) => `- ${loosenedWords(one, escapeMarkdown)}`);
  const more = relaxed.length - lines.length;
  return [
    '**This change loosens limits:**',
    '',
    ...lines,
    ...(more > 0 ? [`- and ${more} more`] : []),
  ].join('\n');
}

/** What went wrong on the way. */
function noteList({ meta }: Report): string {
  return meta.notes.map((note) => `- ${sentenceMarkdown(note)}`).join('\n');
}

/** What needs nobody's eye: counted, and folded away. */
function quiet(report: Report, { open, closed }: Sorted, room: Room): string {
  const counts = countsOf(report, { open, closed });
  const shown = closed.slice(0, room.passes);
  if (counts === '' || shown.length === 0) return counts;
  const more = closed.length - shown.length;
  const rest = more > 0 ? [['', `and ${more} more`, '', '', '']] : [];
  return folded(counts, budgetTable([...shown.map(budgetRow), ...rest]));
}

interface Sorted {
  readonly open: readonly Row[];
  readonly closed: readonly Row[];
}

function countsOf({ meta }: Report, { open, closed }: Sorted): string {
  // A budget with one broken subject is broken, however many of its subjects pass.
  const told = new Set(open.map(({ budget }) => budget));
  const budgets = (isWanted: (row: Row) => boolean) =>
    new Set(
      closed
        .filter(isWanted)
        .map(({ budget }) => budget)
        .filter((name) => !told.has(name)),
    ).size;
  const passing = budgets(({ status }) => status === 'pass');
  const waiting = budgets(({ status }) => status !== 'pass');
  const unchanged = meta.tracked?.unchanged ?? 0;
  return [
    counted(passing, 'budget passes', 'budgets pass'),
    counted(waiting, 'budget waits for a baseline', 'budgets wait for a baseline'),
    counted(unchanged, 'asset unchanged', 'assets unchanged'),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** `3 budgets pass`; empty for none. */
export function counted(count: number, one: string, several: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : several}`;
}

function budgetTable(rows: readonly (readonly string[])[]): string {
  const align = ['left', 'left', 'right', 'right', 'left'] as const;
  return markdownTable(['', 'Budget', 'Now', 'Change', 'Limit'], align, rows);
}
