import { comparedWords } from '../format/compared.ts';
import { formatValue } from '../format/numbers.ts';
import { allProjects, heldWords, type Said, sayOnce, sortParts } from '../format/projects.ts';
import { isWaiting } from '../format/sentence.ts';
import { drawTable, type Line } from '../format/table.ts';
import { cutMiddle, terminalText } from '../format/terminal.ts';
import type { Report, TrackedTotal } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import type { Look } from './reporter.ts';
import {
  type Colors,
  changeWords,
  MARKS,
  noteLine,
  paintOf,
  sectionBlocks,
} from './terminal-section.ts';

const ROOM = { loud: 20, passes: 0, changes: 5, whys: 1, loosened: 10 };
/** Projects that are shown whole. */
const SECTIONS = 20;
/** Projects that have a line. */
const LINES = 50;
const SKIPPED_SHOWN = 20;
const REMARKS_SHOWN = 10;

/** A table for each project that needs an eye, the worst first; a line for each of the others. */
export function projectBlocks(report: Report, look: Look, colors: Colors): string[] {
  const { open, closed } = sortParts(report);
  const sections = open.slice(0, SECTIONS).flatMap((part) => {
    const [table = '', ...others] = sectionBlocks(part, look, colors, ROOM);
    return [`${nameLine(part, look, colors)}\n${table}`, ...others];
  });
  const lines = [
    ...linesOf([...open.slice(SECTIONS), ...closed], colors),
    ...totalLine(report, colors),
  ];
  const header = ['Project', 'Now', 'Change', 'Budgets'] as const;
  const blocks = [
    ...sections,
    drawTable(header, lines, look.width, colors.dim),
    skippedBlock(report, look, colors),
  ];
  return blocks.filter((block) => block !== '');
}

function nameLine({ meta, verdict }: Report, { width }: Look, colors: Colors): string {
  const paint = paintOf(verdict.status, colors);
  const name = cutMiddle(terminalText(meta.project), width - 2);
  return paint(colors.bold(`${MARKS[verdict.status]} ${name}`));
}

function linesOf(parts: readonly Report[], colors: Colors): Line[] {
  const more = parts.length - LINES;
  return [
    ...parts.slice(0, LINES).map((part) => lineOf(part, colors)),
    ...(more > 0 ? [noteLine(`and ${more} more like these`, colors)] : []),
  ];
}

function lineOf(part: Report, colors: Colors): Line {
  const { verdict, meta } = part;
  const paint = paintOf(verdict.status, colors);
  const isLoud = verdict.status === 'fail' || verdict.status === 'warn';
  return {
    mark: paint(MARKS[verdict.status]),
    cells: [terminalText(meta.project), ...trackedCells(meta.tracked), heldWords(part)],
    paint: isLoud ? paint : String,
    notes: [],
  };
}

function totalLine(report: Report, colors: Colors): Line[] {
  const name = allProjects(report);
  if (name === null) return [];
  const cells = [name, ...trackedCells(report.meta.tracked), ''] as const;
  return [{ mark: ' ', cells, paint: colors.bold, notes: [] }];
}

function trackedCells(tracked: TrackedTotal | null): [now: string, change: string] {
  if (tracked === null) return ['', ''];
  const { head, base, encoding } = tracked;
  const name = encoding === 'raw' ? '' : ` ${encoding}`;
  return [
    `${formatValue(head, 'byte')}${name}`,
    base === null ? '' : changeWords(head - base, base),
  ];
}

/** What a run has not looked at is listed, and never taken for what holds. */
function skippedBlock({ meta }: Report, { width }: Look, colors: Colors): string {
  const { skipped = [] } = meta;
  if (skipped.length === 0) return '';
  const lines = skipped
    .slice(0, SKIPPED_SHOWN)
    .map(({ project, why }) => cutMiddle(terminalText(`  - ${project}: ${why}`), width));
  const more = skipped.length - lines.length;
  const rest = more > 0 ? [`  - and ${more} more`] : [];
  return [colors.yellow('Not built, and left out:'), ...lines, ...rest].join('\n');
}

/** What the projects were compared with, and what went wrong on the way. */
export function projectRemarks(report: Report): string[] {
  const parts = partsOf(report);
  const say = (said: readonly Said[]) => sayOnce(said, parts.length, REMARKS_SHOWN, terminalText);
  const notes = parts.flatMap(({ meta }) =>
    meta.notes.map((note) => ({ project: meta.project, words: terminalText(note) })),
  );
  // What all of them wait for is the last line.
  const isLast = isWaiting(report) && report.verdict.status !== 'fail';
  const told = isLast ? report.meta.noBaseline : null;
  const bases = parts.flatMap(({ comparison, meta }) => {
    const { base } = comparison;
    const { project, noBaseline } = meta;
    if (base !== null) return [{ project, words: `${comparedWords(base, terminalText)}.` }];
    if (noBaseline === null || noBaseline === told) return [];
    return [{ project, words: terminalText(noBaseline) }];
  });
  return [...report.meta.notes.map(terminalText), ...say(notes), ...say(bases)];
}
