import { isLeftOut } from '../core/left-out.ts';
import { pagesIn } from '../core/page-files.ts';
import type { Budget, PageSelection } from '../model/budget.ts';
import { MOST_UNRESOLVED, type Page } from '../model/page.ts';
import { listed } from './listed.ts';

/** Pages that have a note of each kind. */
const MOST_PAGES = 5;

/**
 * What pages name and the build does not hold, as sentences; and what of that budgets leave out.
 * @param pages those that budgets name
 */
export function unresolvedNotes(pages: readonly Page[], budgets: readonly Budget[]): string[] {
  const told = pages.map((page) => referencesOf(page, budgets));
  const broken = told.filter(({ lost }) => lost.length > 0);
  const notes = broken.slice(0, MOST_PAGES).map(lostWords);
  const rest = broken.length - MOST_PAGES;
  if (rest > 0) notes.push(`${rest} more pages refer to files that are not in the build.`);
  return [...notes, ...leftOutNotes(told), ...idleNotes(pages, budgets)];
}

interface References {
  readonly page: Page;
  /** Those that some budget on the page does not leave out. */
  readonly lost: readonly string[];
  /** Those that some budget on the page leaves out. */
  readonly leftOut: readonly string[];
}

function referencesOf(page: Page, budgets: readonly Budget[]): References {
  const own = selectionsOn([page], budgets);
  const answers = (reference: string) => own.map(({ ignore = [] }) => isLeftOut(reference, ignore));
  return {
    page,
    lost: page.unresolved.filter((one) => answers(one).includes(false)),
    leftOut: page.unresolved.filter((one) => answers(one).includes(true)),
  };
}

function lostWords({ page: { path, broken = [] }, lost }: References): string {
  const files = lost.length === 1 ? 'a file that is' : `${lost.length} files that are`;
  const said = `${path} refers to ${files} not in the build, and counted nowhere: ${listed(lost)}.`;
  if (!lost.some((one) => broken.includes(one))) return said;
  return `${said} What only the server has can be named in \`ignore\` of the budget.`;
}

function leftOutNotes(told: readonly References[]): string[] {
  const leaving = told.filter(({ leftOut }) => leftOut.length > 0);
  const notes = leaving.slice(0, MOST_PAGES).map(({ page, leftOut }) => {
    const count = leftOut.length === 1 ? '1 reference' : `${leftOut.length} references`;
    return `${page.path}: ${count} left out, as \`ignore\` says: ${listed(leftOut)}.`;
  });
  const rest = leaving.length - MOST_PAGES;
  return rest > 0 ? [...notes, `References of ${rest} more pages are left out as well.`] : notes;
}

/** A pattern that leaves out nothing is a slip, or names what the build has by now. */
function idleNotes(pages: readonly Page[], budgets: readonly Budget[]): string[] {
  const notes = budgets.flatMap(({ entry, selection }) =>
    selection.kind === 'pages'
      ? idlePatterns(selection, pagesIn(selection, pages)).map((pattern) =>
          idleWords(entry, pattern),
        )
      : [],
  );
  return [...new Set(notes)];
}

function idlePatterns({ ignore = [] }: PageSelection, pages: readonly Page[]): string[] {
  // What a list that was cut had beyond its end is not known; a page that is missing fails anyway.
  const isKnown = pages.every(({ unresolved }) => unresolved.length < MOST_UNRESOLVED);
  if (pages.length === 0 || !isKnown) return [];
  const lost = pages.flatMap(({ unresolved }) => unresolved);
  return ignore.filter((pattern) => !lost.some((one) => isLeftOut(one, [pattern])));
}

function idleWords(entry: string, pattern: string): string {
  return `${entry}: \`ignore\` names ${pattern}, which leaves out nothing: no reference of that name leads out of the build.`;
}

function selectionsOn(pages: readonly Page[], budgets: readonly Budget[]): PageSelection[] {
  return budgets
    .flatMap(({ selection }) => (selection.kind === 'pages' ? [selection] : []))
    .filter((selection) => selection.subject === 'page' && pagesIn(selection, pages).length > 0);
}
