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

/** All pages of a build, and their parts. */
export interface RoutePages {
  /** Those of HTML files, with what only the bundler knows of them. */
  readonly pages: readonly Page[];
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
  const completed = pages.map((page) => completedBy(page, dynamicEntries));
  const whole = hasPages ? [...completed, ...routes] : entries;
  return {
    pages: completed,
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

/** A part that a page loads lazily brings its style sheets, which some bundlers name in no file. */
function completedBy(page: Page, parts: readonly Page[]): Page {
  const own = parts.filter((part) => isPartOf(part, page)).flatMap(({ initial }) => initial);
  const added = own.filter((path) => !page.initial.includes(path));
  return added.length === 0 ? page : { ...page, lazy: [...new Set([...page.lazy, ...added])] };
}

function isPartOf({ initial }: Page, { lazy }: Page): boolean {
  return initial.some((path) => lazy.includes(path));
}

/** What any page that it is a part of has loaded before is not fetched by the visit. */
function partOf(part: Page, whole: readonly Page[]): Page {
  const parents = whole.filter((page) => isPartOf(part, page));
  const [first, ...others] = parents.map(({ initial }) => initial);
  const loaded = (first ?? []).filter((path) => others.every((paths) => paths.includes(path)));
  const lazy = part.initial.filter((path) => !loaded.includes(path));
  return { ...part, initial: loaded, lazy };
}
