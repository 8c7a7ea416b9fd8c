import { MOST_UNRESOLVED, type Page } from '../model/page.ts';

/**
 * Lazy style sheets that may belong to a route, in words that say what would tell; null without any.
 */
export function unplacedWords(pages: readonly Page[]): string | null {
  const worst = pages.find(({ unplaced = [] }) => unplaced.length > 0);
  if (worst === undefined) return null;
  const [first, ...others] = worst.unplaced ?? [];
  const isCut = others.length + 1 >= MOST_UNRESOLVED;
  const more = isCut ? ' and others' : others.length === 0 ? '' : ` and ${others.length} more`;
  const [belong, counted] = more === '' ? ['belongs', 'it is'] : ['belong', 'they are'];
  return `source maps do not tell whether ${first}${more} ${belong} to ${worst.path}, so ${counted} not counted; the bundler's metadata does (Vite: \`build.manifest: true\`, webpack: stats.json)`;
}
