import { comparedWords } from '../format/compared.ts';
import {
  codeSpan,
  escapeMarkdown,
  folded,
  markdownTable,
  sentenceMarkdown,
} from '../format/markdown.ts';
import { formatValue } from '../format/numbers.ts';
import {
  allProjects,
  growthOf,
  heldWords,
  type Said,
  sayOnce,
  sortParts,
} from '../format/projects.ts';
import { isWaiting, projectsHere } from '../format/sentence.ts';
import type { Report, TrackedTotal } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import { counted, growthWords, MARKS, type Room, sectionParts } from './markdown-section.ts';

/** How much each part of a report on several projects may have. */
export interface ProjectRoom extends Room {
  /** Projects that are shown whole. */
  readonly sections: number;
  /** Projects that have a line, in each of the two tables. */
  readonly lines: number;
  /** Sentences of each kind that are not about budgets. */
  readonly said: number;
}

/** Tried in order until the text fits. */
export const PROJECT_ROOMS: readonly ProjectRoom[] = [
  { sections: 20, lines: 100, rows: 20, changes: 5, passes: 20, said: 10, whys: 1, causes: 10 },
  { sections: 20, lines: 50, rows: 5, changes: 3, passes: 0, said: 10, whys: 1, causes: 3 },
  { sections: 5, lines: 50, rows: 5, changes: 3, passes: 0, said: 5, whys: 1, causes: 1 },
  { sections: 0, lines: 20, rows: 0, changes: 0, passes: 0, said: 3, whys: 0, causes: 0 },
  { sections: 0, lines: 0, rows: 0, changes: 0, passes: 0, said: 0, whys: 0, causes: 0 },
];

/** A section for each project that needs an eye, the worst first; a line for each of the others. */
export function projectParts(report: Report, room: ProjectRoom): string[] {
  const { open, closed } = sortParts(report);
  const changed = closed.filter((part) => (growthOf(part) ?? 0) !== 0);
  const quiet = closed.filter((part) => (growthOf(part) ?? 0) === 0);
  return [
    ...open.slice(0, room.sections).flatMap((part) => section(part, room)),
    projectTable([...open.slice(room.sections), ...changed], room, totalRow(report)),
    quietProjects(quiet, room),
    skippedList(report, room),
    remarks(report, room),
  ];
}

function section(part: Report, room: ProjectRoom): string[] {
  const { verdict, meta } = part;
  // Our own words last: a name's number signs at the end of a heading would be eaten.
  const name = escapeMarkdown(meta.project);
  const heading = `#### ${MARKS[verdict.status]} ${name}: ${heldWords(part)}`;
  // What the projects have in common is said once for all of them.
  return [heading, ...sectionParts({ ...part, meta: { ...meta, notes: [] } }, room)];
}

function projectTable(
  parts: readonly Report[],
  { lines }: ProjectRoom,
  total: readonly string[][] = [],
): string {
  const more = parts.length - lines;
  const rows = [
    ...parts.slice(0, lines).map(projectRow),
    ...(more > 0 ? [['', `and ${more} more, in the full report`, '', '', '']] : []),
    ...total,
  ];
  if (rows.length === 0) return '';
  const align = ['left', 'left', 'right', 'right', 'left'] as const;
  return markdownTable(['', 'Project', 'Now', 'Change', 'Budgets'], align, rows);
}

function projectRow(part: Report): string[] {
  const { verdict, meta } = part;
  const name = escapeMarkdown(meta.project);
  return [MARKS[verdict.status], name, ...trackedCells(meta.tracked), heldWords(part)];
}

function totalRow(report: Report): string[][] {
  const name = allProjects(report);
  return name === null ? [] : [['', name, ...trackedCells(report.meta.tracked), '']];
}

function trackedCells(tracked: TrackedTotal | null): [now: string, change: string] {
  if (tracked === null) return ['', ''];
  const { head, base, encoding } = tracked;
  const name = encoding === 'raw' ? '' : ` ${encoding}`;
  return [`${formatValue(head, 'byte')}${name}`, growthWords(head, base)];
}

/** Projects that need nobody's eye: counted, and folded away. */
function quietProjects(parts: readonly Report[], room: ProjectRoom): string {
  const passing = parts.filter(({ verdict }) => verdict.status === 'pass');
  const counts = [
    counted(passing.length, 'project passes', 'projects pass'),
    counted(
      parts.length - passing.length,
      'project waits for a baseline',
      'projects wait for a baseline',
    ),
  ];
  const words = counts.filter((count) => count !== '').join(', ');
  if (words === '' || room.lines === 0) return words;
  return folded(words, projectTable(parts, room));
}

/** What a run has not looked at is listed, and never taken for what holds. */
function skippedList({ meta }: Report, { lines }: ProjectRoom): string {
  const { skipped = [] } = meta;
  if (skipped.length === 0) return '';
  const count = counted(skipped.length, 'project is not built', 'projects are not built');
  const list = skipped
    .slice(0, lines)
    .map(({ project, why }) => `- ${escapeMarkdown(project)}: ${escapeMarkdown(why)}`);
  const more = skipped.length - list.length;
  const rest = more > 0 ? [`- and ${more} more`] : [];
  return [`**${count}, and left out:**`, '', ...list, ...rest].join('\n');
}

/** What went wrong on the way, and why there is no baseline where that is not true of all. */
function remarks(report: Report, { said }: ProjectRoom): string {
  const parts = partsOf(report);
  const told = isWaiting(report) ? report.meta.noBaseline : null;
  const notes: Said[] = parts.flatMap(({ meta: { project, notes, noBaseline } }) =>
    [...notes, ...(noBaseline === null || noBaseline === told ? [] : [noBaseline])].map((note) => ({
      project,
      words: sentenceMarkdown(note),
    })),
  );
  const own = report.meta.notes.map((note) => sentenceMarkdown(note));
  const lines = [...own, ...sayOnce(notes, parts.length, said, escapeMarkdown)];
  return lines.map((line) => `- ${line}`).join('\n');
}

/** What the projects were compared with: once, where that is the same for all. */
export function projectFooter(report: Report, { said }: ProjectRoom): string {
  const parts = partsOf(report);
  const { projects = [], skipped = [] } = report.meta;
  const bases = parts.flatMap(({ comparison: { base }, meta: { project } }) =>
    base === null ? [] : [{ project, words: comparedWords(base, codeSpan) }],
  );
  const levels = parts.map(({ meta: { project, encoders } }) => ({
    project,
    words: `gzip ${encoders.gzip}, brotli ${encoders.brotli}`,
  }));
  const words = [bases, levels].flatMap((one) => sayOnce(one, parts.length, said, escapeMarkdown));
  const total = counted(projectsHere(projects) + skipped.length, 'project', 'projects');
  return `<sub>${[...words, total, `Weighbridge ${report.tool.version}`].join('. ')}</sub>`;
}
