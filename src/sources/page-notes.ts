import type { Page } from '../model/page.ts';

/** Pages that have a note, and references that are named in one. */
const MOST_PAGES = 5;
const MOST_NAMED = 3;

/** What pages name and the build does not hold, as sentences. */
export function unresolvedNotes(pages: readonly Page[]): string[] {
  const broken = pages.filter(({ unresolved }) => unresolved.length > 0);
  const notes = broken.slice(0, MOST_PAGES).map(({ path, unresolved }) => {
    const count = unresolved.length;
    const named = unresolved.slice(0, MOST_NAMED).join(', ');
    const more = count > MOST_NAMED ? ` and ${count - MOST_NAMED} more` : '';
    const files = count === 1 ? 'a file that is' : `${count} files that are`;
    return `${path} refers to ${files} not in the build and counted nowhere: ${named}${more}.`;
  });
  const rest = broken.length - MOST_PAGES;
  if (rest > 0) notes.push(`${rest} more pages refer to files that are not in the build.`);
  return notes;
}
