import { pagesIn } from './core/page-files.ts';
import { projectOf } from './core/project-of.ts';
import { sourceOf } from './core/source-of.ts';
import { type Build, measureBuild, packagesOf } from './measure-build.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import { type Encoding, encodingOf } from './model/metric.ts';
import type { Page } from './model/page.ts';
import { type Encoders, SNAPSHOT_VERSION, type Snapshot } from './model/snapshot.ts';
import { sources } from './sources/index.ts';
import { checkOpenLimits } from './sources/open-limits.ts';
import { isRoute } from './sources/page-budget.ts';
import type { Collected, Wishes } from './sources/source.ts';
import { resolvePatterns } from './sources/walk.ts';

export interface Measured {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

/**
 * Measures everything that a config speaks of.
 * @param reuse a snapshot whose compressed sizes serve for equal contents
 * @param options `isBase`: by the budgets of head, so that what is new there is left out
 * @throws UserError `nothing-matches`, and what the sources throw
 */
export async function measure(
  config: Config,
  host: Host,
  reuse: Snapshot | null,
  { isBase = false }: { readonly isBase?: boolean } = {},
): Promise<Measured> {
  const resolved = await resolveConfig(config, host);
  const wishes = await wishesOf(resolved, host);
  const wished = wishes.flatMap(({ files }) => files);
  const [checkout, build, collected] = await Promise.all([
    host.checkout(config.folder),
    measureBuild({ config: resolved, wished, reuse }, host),
    collectAll(resolved, isBase, host),
  ]);
  const { assets, pages } = build;
  const measurements = collected.flatMap((one) => one.measurements);
  const packages = await packagesOf({ build, measurements, root: resolved.folder }, host);
  const isPartial = collected.some((one) => one.isPartial);
  const isThere = isPartial || hasPage(resolved, pages);
  if (assets.length === 0 && measurements.length === 0 && !isThere) {
    const { refuseNothing } = await import('./sources/unbuilt.ts');
    await refuseNothing(resolved, host);
  }
  if (measurements.length > 0) checkOpenLimits(resolved, measurements);
  const snapshot: Snapshot = {
    schemaVersion: SNAPSHOT_VERSION,
    commit: checkout?.commit ?? null,
    project: projectOf(config, checkout),
    takenAt: host.now().toISOString(),
    encoders: encodersOf(build, collected),
    tracked: {
      files: wishes.flatMap(({ tracked }) => tracked.files ?? []),
      encodings: encodingsOf(resolved),
      reports: collected.flatMap(({ tracked }) => tracked.reports ?? []),
    },
    budgets: resolved.budgets,
    rules: config.rules,
    assets,
    measurements,
    ...(packages === undefined ? {} : { packages }),
    ...(pages.length === 0 && !speaksOfPages(resolved) ? {} : { pages }),
    ...(build.scans.length === 0 ? {} : { scans: build.scans }),
    ...(build.hasMorePages ? { hasMorePages: true } : {}),
  };
  return { snapshot, notes: [...build.notes, ...collected.flatMap((one) => one.notes)] };
}

/** A page that is there without the files it names is a finding, and no build that is missing. */
function hasPage({ budgets }: Config, pages: readonly Page[]): boolean {
  return budgets.some(
    ({ selection }) => selection.kind === 'pages' && pagesIn(selection, pages).length > 0,
  );
}

async function wishesOf(config: Config, host: Host): Promise<Wishes[]> {
  const wishes: Wishes[] = [];
  for (const source of Object.values(sources)) {
    const selections = selectionsOf(config, source.subject);
    const isTracked = source.subject === 'files' && config.track.length > 0;
    if (source.wish === undefined || (selections.length === 0 && !isTracked)) continue;
    wishes.push(await source.wish({ config, selections }, host));
  }
  return wishes;
}

async function collectAll(config: Config, isBase: boolean, host: Host): Promise<Collected[]> {
  const collected = Object.values(sources).map(async (source) => {
    const selections = selectionsOf(config, source.subject);
    if (source.collect === undefined || selections.length === 0) return [];
    return [await source.collect({ config, selections, isBase }, host)];
  });
  return (await Promise.all(collected)).flat();
}

function selectionsOf(config: Config, subject: string) {
  return config.budgets
    .map(({ selection }) => selection)
    .filter((selection) => sourceOf(selection) === subject);
}

function speaksOfPages(config: Config): boolean {
  return config.budgets.some(({ selection }) => selection.kind === 'pages');
}

/** Patterns as they are walked and matched from here on: brackets of real names are literal. */
export async function resolveConfig(config: Config, host: Host): Promise<Config> {
  const resolve = (patterns: readonly string[]) => resolvePatterns(patterns, config.folder, host);
  const budgets = await Promise.all(
    config.budgets.map(async (budget) => {
      const { selection } = budget;
      if (selection.kind === 'assets') {
        const patterns = await resolve(selection.patterns);
        return { ...budget, selection: { ...selection, patterns } };
      }
      if (selection.kind !== 'pages') return budget;
      const pages = await Promise.all(
        selection.pages.map(async (page) => (isRoute(page) ? [page] : resolve([page]))),
      );
      return { ...budget, selection: { ...selection, pages: pages.flat() } };
    }),
  );
  return { ...config, budgets, track: await resolve(config.track) };
}

/** What is tracked, and what budgets ask for beside it; nothing where nothing is built. */
function encodingsOf({ budgets, track, encodings }: Config): Encoding[] {
  const build = budgets.filter(({ selection: { kind } }) => kind === 'assets' || kind === 'pages');
  if (build.length === 0 && track.length === 0) return [];
  const own = build.flatMap(({ metric, selection }) =>
    selection.kind === 'pages' ? [encodingOf(metric) ?? selection.encoding] : [encodingOf(metric)],
  );
  return [...new Set([...encodings, ...own.filter((encoding) => encoding !== null)])];
}

/** What compressed files, and what compressed bundles: the same encoders, each as far as it was used. */
function encodersOf({ encoders }: Build, collected: readonly Collected[]): Encoders {
  const probes = collected.map(({ probe }) => probe ?? {});
  return { ...encoders, probe: Object.assign({}, encoders.probe, ...probes) as Encoders['probe'] };
}
