import picocolors from 'picocolors';
import { amountOf, listChanges } from '../format/changes.ts';
import { comparedWords } from '../format/compared.ts';
import { loosenedWords } from '../format/loosened.ts';
import { formatDelta, formatPercentChange, formatValue } from '../format/numbers.ts';
import { type Row, rowsOf } from '../format/rows.ts';
import { isWaiting, limitWords, verdictSentence } from '../format/sentence.ts';
import { pathsOf, shortPaths } from '../format/short-paths.ts';
import { drawTable, type Line } from '../format/table.ts';
import { terminalText, wrap } from '../format/terminal.ts';
import type { Report, ReportChange, ReportFinding } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import type { Look, Reporter } from './reporter.ts';

/** Longest path that is shown whole. */
const WHOLE = 24;
const LOUD_SHOWN = 100;
const PASSES_SHOWN = 20;
const CHANGES_SHOWN = 10;
const LOOSENED_SHOWN = 20;

type Colors = ReturnType<typeof picocolors.createColors>;

/** One aligned table, broken budgets first; the last line says what to do. */
export const terminal: Reporter = (report, look) => {
  const colors = picocolors.createColors(look.color);
  const short = shortPaths(pathsOf(report), WHOLE);
  const shown = { report, colors, short };
  const lines = [...budgetLines(shown), ...changeLines(shown)];
  const blocks = [
    drawTable(['Budget', 'Now', 'Change', 'Limit'], lines, look.width, colors.dim),
    looseningBlock(report, look, colors),
    summary(report, look, colors).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

interface Shown {
  readonly report: Report;
  readonly colors: Colors;
  /** A path in little room. */
  readonly short: (path: string) => string;
}

const MARKS: Readonly<Record<Status, string>> = {
  fail: '✖',
  warn: '▲',
  inconclusive: '?',
  pass: '✔',
};

function paintOf(status: Status, colors: Colors): (text: string) => string {
  if (status === 'fail') return colors.red;
  if (status === 'warn') return colors.yellow;
  return status === 'pass' ? colors.green : colors.cyan;
}

function budgetLines({ report, colors, short }: Shown): Line[] {
  const rows = rowsOf(report);
  const loud = rows.filter(({ status }) => status !== 'pass');
  const passes = rows.slice(loud.length);
  const part = (list: readonly Row[], room: number, what: string): Line[] => [
    ...list.slice(0, room).map((row) => budgetLine(row, colors, short)),
    ...(list.length > room ? [noteLine(`and ${list.length - room} more ${what}`, colors)] : []),
  ];
  return [...part(loud, LOUD_SHOWN, 'like these'), ...part(passes, PASSES_SHOWN, 'that pass')];
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
function changeLines({ report, colors, short }: Shown): Line[] {
  const { tracked } = report.meta;
  if (tracked === null) return [];
  const { listed, others } = listChanges(report, CHANGES_SHOWN);
  const more =
    others > 0
      ? [noteLine(`and ${others} smaller ${others === 1 ? 'change' : 'changes'}`, colors)]
      : [];
  const changes = listed.map((change) => changeLine(change, colors, short));
  return [...changes, ...(listed.length > 0 ? more : []), totalLine(tracked, colors)];
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

function totalLine(tracked: NonNullable<Report['meta']['tracked']>, colors: Colors): Line {
  const { head, base, encoding, assets } = tracked;
  const files = `${assets} ${assets === 1 ? 'file' : 'files'}`;
  const name = encoding === 'raw' ? '' : ` ${encoding}`;
  const change = base === null ? '' : changeWords(head - base, base);
  return {
    mark: ' ',
    cells: [`All tracked: ${files}`, `${formatValue(head, 'byte')}${name}`, change, ''],
    paint: colors.bold,
    notes: [],
  };
}

function changeWords(amount: number, base: number | null): string {
  const percent = base === null || amount === 0 ? null : formatPercentChange(amount, base);
  return `${formatDelta(amount, 'byte', amount)}${percent === null ? '' : ` (${percent})`}`;
}

function noteLine(text: string, colors: Colors): Line {
  return { mark: ' ', cells: [text, '', '', ''], paint: colors.dim, notes: [] };
}

function looseningBlock({ verdict }: Report, look: Look, colors: Colors): string {
  const { relaxed } = verdict;
  if (relaxed.length === 0) return '';
  const lines = relaxed
    .slice(0, LOOSENED_SHOWN)
    .map((one) => `  - ${wrap(loosenedWords(one, terminalText), look.width - 4, '    ')}`);
  const more = relaxed.length - lines.length;
  const rest = more > 0 ? [`  - and ${more} more`] : [];
  return [colors.yellow('Limits loosened by this change:'), ...lines, ...rest].join('\n');
}

function summary(report: Report, look: Look, colors: Colors): string[] {
  const { verdict, comparison, meta } = report;
  const { base } = comparison;
  const quiet = meta.notes.map(terminalText);
  if (base !== null) {
    quiet.push(`${comparedWords(base, terminalText)}.`);
  } else if (meta.noBaseline !== null && !isWaiting(report)) {
    quiet.push(terminalText(meta.noBaseline));
  }
  const paint = paintOf(verdict.status, colors);
  const short = shortPaths(pathsOf(report), WHOLE);
  const quote = (text: string) => terminalText(short(text));
  const sentence = `${MARKS[verdict.status]} ${verdictSentence(report, quote)}.`;
  return [
    ...quiet.map((text) => colors.dim(wrap(text, look.width, ''))),
    paint(colors.bold(wrap(sentence, look.width, '  '))),
    wrap(nextStep(report), look.width, ''),
  ];
}

/** The last line: the one thing to do. */
function nextStep({ verdict, meta }: Report): string {
  const failing = verdict.findings.find(({ status }) => status === 'fail');
  if (failing !== undefined) return mendStep(failing, meta);
  if (verdict.status === 'fail') {
    return 'Take the loosened limit back, or change `relaxing` on the base branch first.';
  }
  if (isWaiting({ verdict, meta }) && meta.noBaseline !== null) return meta.noBaseline;
  return STEPS[verdict.status];
}

const STEPS: Readonly<Record<Exclude<Status, 'fail'>, string>> = {
  warn: 'Warnings fail the check only with --strict.',
  inconclusive: 'Why it could not be judged is said above; it fails only with --strict.',
  pass: 'Nothing to do.',
};

function mendStep(failing: ReportFinding, meta: Report['meta']): string {
  const place = placeOf(failing.budget, meta.config);
  if (failing.actual !== null) {
    return `Make it smaller or faster, or change the limit in ${place}.`;
  }
  const first = isSize(failing) ? 'Build first' : 'Run the tool that writes the reports';
  return `${first}, or mend ${place}.`;
}

function isSize({ metric }: { readonly metric: string }): boolean {
  return metric.startsWith('size.');
}

function placeOf(budget: string, config: Report['meta']['config']): string {
  if (config === null) return 'its budget';
  const line = config.lines[budget];
  return `${terminalText(config.file)}${line === undefined ? '' : `:${line}`}`;
}
