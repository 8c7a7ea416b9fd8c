import { comparedWords } from '../format/compared.ts';
import { codeSpan, escapeMarkdown, sentenceMarkdown } from '../format/markdown.ts';
import { isWaiting, verdictSentence } from '../format/sentence.ts';
import { pathsOf, shortPaths } from '../format/short-paths.ts';
import type { Report } from '../model/report.ts';
import {
  PROJECT_ROOMS,
  type ProjectRoom,
  projectFooter,
  projectParts,
} from './markdown-projects.ts';
import { MARKS, type Room, sectionParts } from './markdown-section.ts';
import type { Reporter } from './reporter.ts';

/** Tried in order until the text fits: a thousand broken budgets still make one comment. */
const ROOMS: readonly Room[] = [
  { rows: 50, changes: 10, passes: 100, whys: 3, causes: 50 },
  { rows: 20, changes: 10, passes: 20, whys: 3, causes: 10 },
  { rows: 5, changes: 3, passes: 0, whys: 1, causes: 3 },
  { rows: 0, changes: 0, passes: 0, whys: 0, causes: 0 },
];

/** The pull request's comment and the job summary. */
export const markdown: Reporter = (report, look) =>
  report.meta.projects === undefined
    ? longestFitting(ROOMS, look.maxLength, (room) => bodyOf(report, room))
    : longestFitting(PROJECT_ROOMS, look.maxLength, (room) => projectsOf(report, room));

/** The longest of the texts that fits. */
function longestFitting<Size>(
  rooms: readonly Size[],
  maxLength: number,
  parts: (room: Size) => readonly string[],
): string {
  let text = '';
  for (const room of rooms) {
    text = `${parts(room)
      .filter((part) => part !== '')
      .join('\n\n')}\n`;
    if (text.length <= maxLength) return text;
  }
  return text.slice(0, maxLength);
}

function bodyOf(report: Report, room: Room): string[] {
  return [...opening(report), ...sectionParts(report, room), footer(report)];
}

function projectsOf(report: Report, room: ProjectRoom): string[] {
  return [...opening(report), ...projectParts(report, room), projectFooter(report, room)];
}

function opening(report: Report): string[] {
  return [heading(report), isWaiting(report) ? sentenceMarkdown(report.meta.noBaseline ?? '') : ''];
}

/** Longest path that the heading shows whole. */
const WHOLE = 40;

function heading(report: Report): string {
  const { project } = report.meta;
  const name = project === '.' ? '' : ` (${escapeMarkdown(project)})`;
  const short = shortPaths(pathsOf(report), WHOLE);
  const sentence = verdictSentence(report, (text) => escapeMarkdown(short(text)), codeSpan);
  return `### ${MARKS[report.verdict.status]} Weighbridge${name}: ${sentence}`;
}

function footer({ comparison, meta, tool }: Report): string {
  const { base } = comparison;
  const { gzip, brotli } = meta.encoders;
  const compared = base === null ? '' : `${comparedWords(base, codeSpan)}. `;
  return `<sub>${compared}gzip ${gzip}, brotli ${brotli}. Weighbridge ${tool.version}</sub>`;
}
