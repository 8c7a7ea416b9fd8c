import type { PageSelection } from '../model/budget.ts';
import type { Page } from '../model/page.ts';
import { pagesIn } from './page-files.ts';

/** What a bundler's metadata says of what is loaded, each part by its name. */
export interface LoadFacts {
  /** Routes of a framework. */
  readonly routes?: readonly Page[] | undefined;
  readonly entries?: readonly Page[] | undefined;
  /** By the path of the module: `initial` is fetched with it, `lazy` only later. */
  readonly dynamicEntries?: readonly Page[] | undefined;
}

/** Pages of a build that have no HTML file of their own. */
export interface RoutePages {
  /** Routes of a framework; without pages of either kind, the entrypoints. */
  readonly routes: readonly Page[];
  /** Lazy parts: `initial` is what is loaded before a visit, `lazy` what the visit fetches. */
  readonly parts: readonly Page[];
}

/**
 * Makes pages of what a bundler says of a build.
 * @param pages what the HTML files of the build pull in
 */
export function routePages(facts: LoadFacts, pages: readonly Page[]): RoutePages {
  const { routes = [], entries = [], dynamicEntries = [] } = facts;
  const hasPages = pages.length > 0 || routes.length > 0;
  const whole = hasPages ? [...pages, ...routes] : entries;
  return {
    routes: hasPages ? routes : entries,
    parts: dynamicEntries.map((part) => partOf(part, whole)),
  };
}

/** Parts that a budget speaks of: a snapshot keeps no others. */
export function namedParts(
  parts: readonly Page[],
  selections: readonly PageSelection[],
): readonly Page[] {
  const routes = selections.filter(({ subject }) => subject === 'route');
  return parts.filter((part) => routes.some((selection) => pagesIn(selection, [part]).length > 0));
}

/** What any page that it is a part of has loaded before is not fetched by the visit. */
function partOf(part: Page, whole: readonly Page[]): Page {
  const [main] = part.initial;
  const parents = whole.filter(({ lazy }) => main !== undefined && lazy.includes(main));
  const [first, ...others] = parents.map(({ initial }) => initial);
  const loaded = (first ?? []).filter((path) => others.every((paths) => paths.includes(path)));
  const lazy = part.initial.filter((path) => !loaded.includes(path));
  return { path: part.path, kind: 'route', initial: loaded, lazy, unresolved: [] };
}
