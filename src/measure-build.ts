import type { BundlerFacts } from './bundlers/bundler.ts';
import { readFacts } from './bundlers/read-facts.ts';
import { lookInside } from './contents/inside.ts';
import { fitSketches } from './core/fit-sketches.ts';
import { foldersAbove } from './core/folders-above.ts';
import { nameAssets } from './core/name-assets.ts';
import { withLoad } from './core/page-load.ts';
import { type LoadFacts, namedParts, type RoutePages, routePages } from './core/route-pages.ts';
import type { PageSelection } from './model/budget.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import type { UsedPackage } from './model/module.ts';
import type { Page, PageScan } from './model/page.ts';
import type { Asset, Encoders, Measurement, Snapshot } from './model/snapshot.ts';
import { type FoundPages, findPages } from './sources/find-pages.ts';
import type { FindMap } from './sources/map-parts.ts';
import { pageWishes } from './sources/page-wishes.ts';
import type { PlannedFile } from './sources/planned-file.ts';
import { planTogether } from './sources/planned-file.ts';
import { spareStyleNotes } from './sources/spare-style-notes.ts';
import { weigh } from './sources/weigh.ts';

export interface BuildRequest {
  /** Its patterns are resolved already. */
  readonly config: Config;
  /** Files that budgets name; what pages load comes to them. */
  readonly wished: readonly PlannedFile[];
  readonly reuse: Snapshot | null;
}

/** A build: its files, their contents, and who loads them. */
export interface Build {
  readonly assets: readonly Asset[];
  readonly pages: readonly Page[];
  readonly scans: readonly PageScan[];
  /** There are more, and a budget asks what they load. */
  readonly hasMorePages: boolean;
  /** Not given where nothing could be opened. */
  readonly packages?: readonly UsedPackage[];
  readonly encoders: Encoders;
  readonly notes: readonly string[];
}

/** Weighs each file that budgets or their pages speak of once, and looks into it. */
export async function measureBuild(request: BuildRequest, host: Host): Promise<Build> {
  const { config, wished, reuse } = request;
  const paths = wished.map(({ path }) => path);
  const found = await findPages({ config, paths, findMap: mapFinderOf(host), reuse }, host);
  const facts = await factsOf(pathsOf(paths, found), config, host);
  const known = knownPages(withParts(facts, found.parts), found.pages);
  const parts = known.parts.length === 0 ? [] : namedParts(known.parts, pageSelections(config));
  const pages = [...known.pages, ...known.routes, ...parts];
  const loaded = await pageWishes(config, pages, host);
  const files = planTogether([wished, loaded]);
  const hashes = hashesIn(facts);
  const { assets: weighed, encoders, mapped } = await weigh({ files, config, reuse, hashes }, host);
  const named = nameAssets(weighed, facts);
  const inside = await lookInside({ assets: named, mapped, facts, config, reuse }, host);
  return {
    ...inside,
    // What a part of a page loads is classed also where no budget names the part.
    assets: fitSketches(withLoad(inside.assets, [...pages, ...known.parts])),
    pages,
    scans: found.scans,
    encoders,
    hasMorePages: found.hasMore,
    notes: [...found.notes, ...spareStyleNotes(pages, found.styles), ...inside.notes],
  };
}

/** Pages and bundlers never meet: what the one knows of maps is handed to the other here. */
function mapFinderOf(host: Host): FindMap {
  return async (script) => {
    const { findSourceMap } = await import('./bundlers/source-map-file.ts');
    const found = await findSourceMap(script, host);
    return found.kind === 'found' ? found : null;
  };
}

/** Most builds of a library have neither pages nor a bundler's word on routes. */
function knownPages(facts: LoadFacts, pages: readonly Page[]): RoutePages {
  const { routes = [], entries = [], dynamicEntries = [] } = facts;
  const isBare = [pages, routes, entries, dynamicEntries].every(({ length }) => length === 0);
  return isBare ? { pages: [], routes: [], parts: [] } : routePages(facts, pages);
}

/** Shorter ones stand in a file by chance. */
const SHORTEST_HASH = 5;

function hashesIn({ hashes = new Map() }: BundlerFacts): string[] {
  return [...hashes.values()].flat().filter(({ length }) => length >= SHORTEST_HASH);
}

export interface PackagesRequest {
  readonly build: Build;
  readonly measurements: readonly Measurement[];
  /** Absolute; the budgets file's folder. */
  readonly root: string;
}

/** Packages inside the build, and inside what was measured beside it; not given where nothing could be opened. */
export async function packagesOf(
  { build, measurements, root }: PackagesRequest,
  host: Host,
): Promise<Snapshot['packages']> {
  if (measurements.every(({ modules }) => modules === undefined)) return build.packages;
  const { withImported } = await import('./contents/imported-packages.ts');
  return withImported({ measurements, known: build.packages ?? [], root }, host);
}

/** Metadata knows lazy parts better than source maps, which name no style sheets. */
function withParts(facts: BundlerFacts, parts: readonly Page[]): BundlerFacts {
  const { dynamicEntries = [] } = facts;
  return { ...facts, dynamicEntries: dynamicEntries.length > 0 ? dynamicEntries : parts };
}

/** All paths of the build that are known: metadata is believed of these, and of no others. */
function pathsOf(wished: readonly string[], { pages, files }: FoundPages): ReadonlySet<string> {
  const loaded = pages.flatMap(({ initial, lazy }) => [...initial, ...lazy]);
  return new Set([...wished, ...loaded, ...files]);
}

function pageSelections({ budgets }: Config): PageSelection[] {
  return budgets.flatMap(({ selection }) => (selection.kind === 'pages' ? [selection] : []));
}

async function factsOf(paths: ReadonlySet<string>, config: Config, host: Host) {
  const folders = [...foldersAbove(paths)];
  return readFacts({ folders, root: config.folder, assets: paths }, host);
}
