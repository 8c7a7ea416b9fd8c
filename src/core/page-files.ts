import type { Budget, PageSelection } from '../model/budget.ts';
import type { Page } from '../model/page.ts';
import { pageTypeOf } from './page-type.ts';
import { isPlausibleHash } from './plausible-hash.ts';
import { displayPattern, isNegated, matcherOf } from './select.ts';

/** The pages that a budget speaks of: by the path of the file, or by the name of the route. */
export function pagesIn(selection: PageSelection, pages: readonly Page[]): Page[] {
  const isNamed = pageMatcher(selection.pages);
  return pages.filter((page) => isOfSubject(selection, page) && isNamed(page.path));
}

/** Positive patterns that no page belongs to, as people wrote them. */
export function missingPages(selection: PageSelection, pages: readonly Page[]): string[] {
  return selection.pages
    .filter((pattern) => !isNegated(pattern))
    .filter((pattern) => pagesIn({ ...selection, pages: [pattern] }, pages).length === 0)
    .map(displayPattern);
}

/** The files of a page that a budget counts, each once, in key form. */
export function filesOf({ types, load }: PageSelection, { initial, lazy }: Page): string[] {
  const files = load === 'all' ? [...initial, ...lazy] : load === 'lazy' ? lazy : initial;
  return [...new Set(files)].filter((path) => types.includes(pageTypeOf(path)));
}

/** Files that budgets count on pages, by path. */
export function countedOn(
  pages: readonly Page[] = [],
  budgets: readonly Budget[] = [],
): ReadonlySet<string> {
  const counted = budgets.flatMap(({ selection }) =>
    selection.kind === 'pages'
      ? pagesIn(selection, pages).flatMap((page) => filesOf(selection, page))
      : [],
  );
  return new Set(counted);
}

/** A part of a page is a route; a page may be one as well, where it has no HTML of its own. */
function isOfSubject({ subject }: PageSelection, { kind }: Page): boolean {
  return subject === 'page' || kind === 'route';
}

function pageMatcher(patterns: readonly string[]): (path: string) => boolean {
  // The names of routes have brackets of their own: `/posts/[id]`.
  const literal = new Set(patterns.map(displayPattern));
  const matches = matcherOf(patterns, isPlausibleHash);
  return (path) => matches(path) || (literal.has(path) && !literal.has(`!${path}`));
}
