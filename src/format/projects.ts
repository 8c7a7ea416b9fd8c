import type { Report } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import { STATUSES } from '../model/verdict.ts';
import type { Quote } from './quote.ts';
import { budgetsIn, isFirst, projectsHere, waits } from './sentence.ts';

/** The projects of a report by how much of an eye they need, each a report of its own. */
export interface SortedParts {
  /** Something is broken, weakened or could not be judged, the worst first: shown whole. */
  readonly open: readonly Report[];
  /** The others, the largest change first: a line each. */
  readonly closed: readonly Report[];
}

export function sortParts(report: Report): SortedParts {
  const parts = partsOf(report);
  const rank = ({ verdict }: Report) => STATUSES.indexOf(verdict.status);
  return {
    open: parts.filter(isOpen).sort((left, right) => rank(right) - rank(left)),
    closed: parts
      .filter((part) => !isOpen(part))
      .sort((left, right) => Math.abs(growthOf(right) ?? 0) - Math.abs(growthOf(left) ?? 0)),
  };
}

/** What merely waits for the first baseline needs no eye. */
function isOpen({ verdict, comparison }: Report): boolean {
  const { status, relaxed } = verdict;
  if (status === 'pass') return relaxed.length > 0;
  return status !== 'inconclusive' || relaxed.length > 0 || comparison.base !== null;
}

/** Bytes by which all that is tracked has grown; null where that is not known. */
export function growthOf({ meta: { tracked } }: Report): number | null {
  return tracked === null || tracked.base === null ? null : tracked.head - tracked.base;
}

/** `2 of 3 hold`; in limits where some merely wait for a baseline, as the sentence counts them. */
export function heldWords({ verdict, meta }: Report): string {
  if (meta.isGone === true) return 'its budgets file is gone';
  const total = meta.budgets.length;
  const open = verdict.findings.filter(({ status }) => status !== 'pass');
  if (total === 0) return 'no budgets';
  if (meta.noBaseline !== null && open.length > 0 && open.every(waits)) {
    return waitingWords(verdict.findings.length - open.length, open.length, meta);
  }
  return `${total - budgetsIn(open)} of ${total} ${total === 1 ? 'holds' : 'hold'}`;
}

function waitingWords(passed: number, waiting: number, meta: Report['meta']): string {
  if (passed === 0) return `none judged${isFirst(meta) ? ' yet' : ''}`;
  const limits = passed === 1 ? '1 limit holds' : `${passed} limits hold`;
  return isFirst(meta) ? limits : `${limits}, ${waiting} not judged`;
}

/** What all projects together are called; null where one says it all. */
export function allProjects({ meta: { projects = [] } }: Report): string | null {
  const here = projectsHere(projects);
  return here > 1 ? `All ${here} projects` : null;
}

/** Words about one project, escaped already. */
export interface Said {
  readonly project: string;
  readonly words: string;
}

/** Projects that are named before the same words. */
const NAMED = 2;

/**
 * What is said of several projects, each sentence once: without a name where it is true of all of
 * them, else after the names of those it is true of.
 * @param total the number of projects
 * @param most sentences that there is room for
 */
export function sayOnce(
  said: readonly Said[],
  total: number,
  most: number,
  quote: Quote,
): string[] {
  const byWords = new Map<string, Set<string>>();
  for (const { project, words } of said) {
    byWords.set(words, (byWords.get(words) ?? new Set()).add(project));
  }
  const lines = [...byWords].map(([words, projects]) =>
    projects.size === total ? words : `${namesOf([...projects], quote)}: ${words}`,
  );
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `and ${more} more like these`] : lines;
}

function namesOf(projects: readonly string[], quote: Quote): string {
  const named = projects.slice(0, NAMED).map(quote);
  const more = projects.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(' and ');
}
