import type { Page } from '../model/page.ts';
import { listed } from './listed.ts';

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
