import * as z from 'zod/mini';
import type { Page } from '../model/page.ts';
import type { Bundler, BundlerFacts, Metadata } from './bundler.ts';
import { loadableFacts } from './next-loadable.ts';
import { layoutsOf, routeOf } from './next-routes.ts';
import { isCode } from './page-of.ts';
import { type Placement, type PlacementHint, placementOf } from './placement.ts';

const files = z.array(z.string());
const pages = z.record(z.string(), files);

/** `app-build-manifest.json` of Next.js 13 to 15, and of 16 with webpack. */
const appSchema = z.object({ pages: pages.check(z.refine(hasAppPages)) });
/** `build-manifest.json`: the pages router. */
const pagesSchema = z.object({
  pages,
  lowPriorityFiles: files,
  rootMainFiles: z.optional(files),
  polyfillFiles: z.optional(files),
});
/** `diagnostics/route-bundle-stats.json` of Turbopack. */
const routesSchema = z
  .array(z.object({ route: z.string(), firstLoadChunkPaths: files }))
  .check(z.minLength(1));
/** `page_client-reference-manifest.js`: the stylesheets that a route of the app router pulls in. */
const clientSchema = z.object({
  clientModules: z.unknown(),
  entryCSSFiles: z.record(
    z.string(),
    z.array(z.union([z.string(), z.object({ path: z.string() })])),
  ),
});

/** Routes of Next.js, which have no HTML of their own, and the files of their first load. */
export const next: Bundler = {
  name: 'next',
  read: (metadata) => {
    const routes = routesIn(metadata);
    if (routes === null) return loadableFacts(metadata);
    return { ...factsOf(routes, metadata), ...polyfillFacts(metadata) };
  },
};

/** Names of files by route. */
type Routes = ReadonlyMap<string, readonly string[]>;

function routesIn({ value, path }: Metadata): Routes | null {
  const app = appSchema.safeParse(value);
  if (app.success) return appRoutes(new Map(Object.entries(app.data.pages)));
  const pagesRouter = pagesSchema.safeParse(value);
  if (pagesRouter.success) return pagesRoutes(new Map(Object.entries(pagesRouter.data.pages)));
  const stats = routesSchema.safeParse(value);
  if (stats.success) {
    return new Map(
      stats.data.map(({ route, firstLoadChunkPaths }) => [route, firstLoadChunkPaths]),
    );
  }
  const client = clientSchema.safeParse(value);
  const route = routeOf(/\/server\/app(\/.*page)_client-reference-manifest\.js$/.exec(path)?.[1]);
  if (!client.success || route === null) return null;
  const styles = Object.values(client.data.entryCSSFiles).flat();
  return new Map([
    [route, styles.map((style) => (typeof style === 'string' ? style : style.path))],
  ]);
}

/** Entries of the app router end in what they are; pages of the other are addresses. */
function hasAppPages(value: unknown): boolean {
  return Object.keys(value as object).some((key) => /\/(?:page|layout)$/.test(key));
}

function appRoutes(entries: Routes): Routes {
  const routes = new Map<string, readonly string[]>();
  for (const [entry, own] of entries) {
    const route = routeOf(entry);
    if (route === null) continue;
    const around = layoutsOf(entry).flatMap((layout) => entries.get(layout) ?? []);
    routes.set(route, [...(routes.get(route) ?? []), ...around, ...own]);
  }
  return routes;
}

function pagesRoutes(entries: Routes): Routes {
  const shared = entries.get('/_app') ?? [];
  const own = [...entries].filter(([page]) => !page.startsWith('/_'));
  return new Map(own.map(([page, list]) => [page, [...shared, ...list]]));
}

function factsOf(routes: Routes, metadata: Metadata): BundlerFacts {
  const names = new Map([...routes].map(([route, list]) => [route, list.map(publicName)]));
  const placed = placementOf([...names.values()].flat(), metadata, prefixOf(metadata));
  if (placed === null) return {};
  return { routes: [...names].map(([route, list]) => pageFor(route, list, placed.place)) };
}

/** What Next.js copies into every build, as it is installed: there is no map of it. */
const POLYFILL = 'node_modules/next/dist/build/polyfills/polyfill-nomodule.js';

function polyfillFacts(metadata: Metadata): BundlerFacts {
  const { polyfillFiles = [] } = pagesSchema.safeParse(metadata.value).data ?? {};
  const placed = placementOf(polyfillFiles.map(publicName), metadata, prefixOf(metadata));
  const paths = polyfillFiles.flatMap((name) => placed?.place(publicName(name)) ?? []);
  return paths.length === 0 ? {} : { wholes: new Map(paths.map((path) => [path, POLYFILL])) };
}

function prefixOf({ path }: Metadata): PlacementHint {
  return { prefix: /^(?:.*\/)?\.next\//.exec(path)?.[0] ?? null };
}

/** As the browser asks for it: without the build folder, or `/_next`. */
function publicName(name: string): string {
  const at = name.indexOf('static/');
  return at < 0 ? name : name.slice(at);
}

function pageFor(path: string, names: readonly string[], place: Placement): Page {
  const initial = new Set(names.filter(isCode).flatMap((name) => place(name) ?? []));
  return { path, kind: 'route', initial: [...initial].sort(), lazy: [], unresolved: [] };
}
