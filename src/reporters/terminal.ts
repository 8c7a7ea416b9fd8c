import picocolors from 'picocolors';
import { amountOf, listChanges } from '../format/changes.ts';
import { loosenedWords } from '../format/loosened.ts';
import { formatDelta, formatPercentChange, formatValue } from '../format/numbers.ts';
import { type Row, rowsOf } from '../format/rows.ts';
import { verdictSentence } from '../format/sentence.ts';
import { cutMiddle, padEnd, padStart, terminalText, textWidth, wrap } from '../format/terminal.ts';
import type { Report, ReportChange } from '../model/report.ts';
import type { Status } from '../model/verdict.ts';
import type { Look, Reporter } from './reporter.ts';

const PASSES_SHOWN = 20;
const CHANGES_SHOWN = 10;
const GAP = '  ';

type Colors = ReturnType<typeof picocolors.createColors>;

interface Line {
  readonly mark: string;
  readonly cells: readonly [name: string, now: string, change: string, limit: string];
  readonly paint: (text: string) => string;
  readonly notes: readonly string[];
}

/** One aligned table, broken budgets first; the last line says what to do. */
export const terminal: Reporter = (report, look) => {
  const colors = picocolors.createColors(look.color);
  const rows = rowsOf(report);
  const passes = rows.filter(({ status }) => status === 'pass');
  const shown = rows.filter((row) => row.status !== 'pass' || passes.indexOf(row) < PASSES_SHOWN);
  const hidden = rows.length - shown.length;
  const { listed, others } = listChanges(report, CHANGES_SHOWN);
  const blocks = [
    table(
      shown.map((row) => budgetLine(row, colors)),
      look,
      colors,
      ['', 'Now', 'Change', 'Limit'],
    ),
    hidden > 0 ? colors.dim(`  and ${hidden} more that pass`) : '',
    table(
      [...listed.map((change) => changeLine(change, colors)), ...totalLine(report, others, colors)],
      look,
      colors,
      ['Files', '', '', ''],
    ),
    looseningBlock(report, look, colors),
    [...summary(report, look, colors)].join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
};

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

function budgetLine(row: Row, colors: Colors): Line {
  const name = row.subject === null ? row.budget : `${row.budget}: ${row.subject}`;
  const change = row.change.strong || row.change.plain;
  const percent = row.change.strong === '' ? '' : (/^ \([^)]*\)/.exec(row.change.plain)?.[0] ?? '');
  const exceeded = row.findings.filter(
    ({ rule, status }) => rule.endsWith('crease') && (status === 'fail' || status === 'warn'),
  );
  const limits = exceeded.map(
    ({ rule, limit }) => `${rule === 'max-increase' ? 'grew' : 'fell'} by more than ${limit}`,
  );
  return {
    mark: MARKS[row.status],
    cells: [
      terminalText(name),
      [row.now, row.encoding === 'raw' ? '' : row.encoding].filter(Boolean).join(' '),
      `${change}${percent}`,
      `${row.limit.strong}${row.limit.plain}`,
    ],
    paint: paintOf(row.status, colors),
    notes: [...limits, ...row.notes, row.status === 'pass' ? null : row.runs, row.message]
      .filter((note) => note !== null)
      .map(terminalText),
  };
}

function changeLine(change: ReportChange, colors: Colors): Line {
  const amount = amountOf(change);
  const value = formatValue(change.head ?? 0, change.unit);
  const words = { added: 'new', removed: 'removed', kept: '' }[change.kind];
  const percent = change.kind === 'kept' ? formatPercentChange(amount, change.base ?? 0) : null;
  return {
    mark: ' ',
    cells: [
      terminalText(change.subject),
      change.kind === 'removed' ? '' : value,
      `${formatDelta(amount, change.unit, amount)}${percent === null ? '' : ` (${percent})`}`,
      words,
    ],
    paint: amount > 0 ? colors.yellow : colors.green,
    notes: [],
  };
}

function totalLine(report: Report, others: number, colors: Colors): Line[] {
  const { tracked } = report.meta;
  if (tracked === null) return [];
  const { head, base, encoding, assets, unchanged } = tracked;
  const delta = base === null ? null : head - base;
  const percent = delta === null || delta === 0 ? null : formatPercentChange(delta, base ?? 0);
  const change =
    delta === null
      ? ''
      : `${formatDelta(delta, 'byte', delta)}${percent === null ? '' : ` (${percent})`}`;
  const counts = [
    `${assets} ${assets === 1 ? 'file' : 'files'}`,
    others > 0 ? `${others} more changed` : '',
    report.comparison.base === null ? '' : `${unchanged} unchanged`,
  ];
  return [
    {
      mark: ' ',
      cells: [
        `All tracked: ${counts.filter(Boolean).join(', ')}`,
        `${formatValue(head, 'byte')}${encoding === 'raw' ? '' : ` ${encoding}`}`,
        change,
        '',
      ],
      paint: colors.bold,
      notes: [],
    },
  ];
}

function table(
  lines: readonly Line[],
  look: Look,
  colors: Colors,
  header: readonly string[],
): string {
  if (lines.length === 0) return '';
  const width = (column: number) =>
    Math.max(
      textWidth(header[column] ?? ''),
      ...lines.map(({ cells }) => textWidth(cells[column] ?? '')),
    );
  const widths = [1, 2, 3].map(width);
  const taken = widths.reduce((sum, one) => sum + (one === 0 ? 0 : one + GAP.length), 2);
  const room = Math.max(16, look.width - taken);
  const name = Math.min(width(0), room);
  const draw = (cells: readonly string[]) =>
    [
      padEnd(cutMiddle(cells[0] ?? '', name), name),
      ...widths
        .map((one, index) => {
          const cell = cells[index + 1] ?? '';
          return index === 2 ? padEnd(cell, one) : padStart(cell, one);
        })
        .filter((_, index) => widths[index] !== 0),
    ]
      .join(GAP)
      .trimEnd();
  const body = lines.flatMap(({ mark, cells, paint, notes }) => [
    `${paint(mark)} ${mark === ' ' ? draw(cells) : paintLine(draw(cells), mark, paint)}`,
    ...notes.map((note) => colors.dim(`    ${wrap(note, look.width - 4, '    ')}`)),
  ]);
  return [colors.dim(`  ${draw(header)}`), ...body].join('\n');
}

/** Passing rows stay quiet: colour is for what needs an eye. */
function paintLine(text: string, mark: string, paint: (text: string) => string): string {
  return mark === MARKS.fail || mark === MARKS.warn ? paint(text) : text;
}

function looseningBlock({ verdict }: Report, look: Look, colors: Colors): string {
  if (verdict.relaxed.length === 0) return '';
  const lines = verdict.relaxed.map(
    (one) => `  - ${wrap(loosenedWords(one, terminalText), look.width - 4, '    ')}`,
  );
  return [colors.yellow('Limits loosened by this change:'), ...lines].join('\n');
}

function* summary(report: Report, look: Look, colors: Colors): Generator<string> {
  const { verdict, comparison, meta } = report;
  const paint = paintOf(verdict.status, colors);
  for (const note of meta.notes) yield colors.dim(wrap(terminalText(note), look.width, ''));
  const { base } = comparison;
  if (base !== null) {
    const commit = base.commit === null ? '' : ` (${base.commit.slice(0, 7)})`;
    yield colors.dim(wrap(`Compared with ${terminalText(base.store)}${commit}.`, look.width, ''));
  }
  yield paint(
    colors.bold(
      wrap(`${MARKS[verdict.status]} ${verdictSentence(report, terminalText)}.`, look.width, '  '),
    ),
  );
  yield wrap(nextStep(report), look.width, '');
}

/** The last line: the one thing to do. */
function nextStep({ verdict, meta }: Report): string {
  const failing = verdict.findings.find(({ status }) => status === 'fail');
  if (failing !== undefined) {
    const line = meta.config?.lines[failing.budget];
    const place =
      meta.config === null
        ? 'its budget'
        : `${terminalText(meta.config.file)}${line === undefined ? '' : `:${line}`}`;
    return failing.actual === null
      ? `Build first, or mend the pattern in ${place}.`
      : `Make it smaller or faster, or change the limit in ${place}.`;
  }
  if (verdict.status === 'fail')
    return 'Take the loosened limit back, or change `relaxing` on the base branch first.';
  if (meta.noBaseline !== null) return meta.noBaseline;
  if (verdict.status === 'warn') return 'Warnings do not fail the check; with --strict they do.';
  if (verdict.status === 'inconclusive')
    return 'What could not be judged says why above; with --strict it fails.';
  return 'Nothing to do.';
}
