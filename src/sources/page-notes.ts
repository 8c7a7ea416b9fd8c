import type { Page } from '../model/page.ts';

/** Pages that have a note, and references that are named in one. */
const MOST_PAGES = 5;
const MOST_NAMED = 3;

/** What pages name and the build does not hold, as sentences. */
export function unresolvedNotes(pages: readonly Page[]): string[] {
  const broken = pages.filter(({ unresolved }) => unresolved.length > 0);
  const notes = broken.slice(0, MOST_PAGES).map(({ path, unresolved }) => {
    const count = unresolved.length;
    const files = count === 1 ? 'a file that is' : `${count} files that are`;
    return `${path} refers to ${files} not in the build, and counted nowhere: ${listed(unresolved)}.`;
  });
  const rest = broken.length - MOST_PAGES;
  if (rest > 0) notes.push(`${rest} more pages refer to files that are not in the build.`);
  return notes;
}

/**
 * Style sheets that no page and no script names, as one sentence: bundlers write them beside lazy
 * chunks and leave it to the application to load them.
 */
export function spareStyleNotes(pages: readonly Page[], styles: readonly string[]): string[] {
  const loaded = new Set(pages.flatMap(({ initial, lazy }) => [...initial, ...lazy]));
  const spare = styles.filter((path) => !loaded.has(path)).sort();
  if (spare.length === 0) return [];
  const them = spare.length === 1 ? 'this style sheet' : 'these style sheets';
  return [`No page and no script names ${them}, so no page counts any of it: ${listed(spare)}.`];
}

function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
