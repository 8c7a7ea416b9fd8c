import type { Bundler, BundlerFacts, Metadata } from './bundler.ts';
import { importersOf } from './importers-of.ts';
import { type ModuleName, moduleNames } from './module-name.ts';
import { type Placement, placementOf } from './placement.ts';
import { webpackOrigins } from './webpack-origins.ts';
import { webpackPages } from './webpack-pages.ts';
import { importerOf, readStats, type Stats, type StatsAsset } from './webpack-stats.ts';

/** `stats.json` of webpack and rspack, in whatever detail it was written. */
export const webpack: Bundler = {
  name: 'webpack',
  read: (metadata) => {
    const all = readStats(metadata.value).map((stats) => factsOf(stats, metadata));
    return all.length === 0 ? null : joinCompilations(all);
  },
};

type Facts = Required<Omit<BundlerFacts, 'modules' | 'wholes' | 'routes'>>;

function factsOf(stats: Stats, metadata: Metadata): Facts {
  const names = stats.assets.map(({ name }) => name);
  const placed = placementOf(names, metadata, { prefix: prefixOf(stats) });
  const place = placed?.place ?? nowhere;
  const idOf = moduleNames(metadata.root);
  return {
    origins: webpackOrigins(stats, place, idOf),
    hashes: hashesOf(stats.assets, place),
    importers: importersOf(importsOf(stats, idOf)),
    ...webpackPages(stats, place, idOf),
  };
}

const nowhere: Placement = () => null;

/** Only the last folder: the path is one of the machine that built. */
function prefixOf({ outputPath }: Stats): string | null {
  const name = outputPath?.split(/[\\/]/).findLast((part) => part !== '');
  return name === undefined ? null : `${name}/`;
}

function hashesOf(assets: readonly StatsAsset[], place: Placement): Map<string, string[]> {
  const hashes = new Map<string, string[]>();
  for (const { name, info } of assets) {
    const path = place(name);
    if (path === null || !info) continue;
    const { contenthash, chunkhash, fullhash, modulehash } = info;
    const all = [contenthash, chunkhash, fullhash, modulehash].flat();
    const found = all.filter((hash) => typeof hash === 'string').filter((hash) => hash !== '');
    if (found.length > 0) hashes.set(path, [...new Set(found)]);
  }
  return hashes;
}

function importsOf({ modules }: Stats, idOf: ModuleName): [string | null, string | null][] {
  return modules.flatMap(({ name, reasons }) =>
    (reasons ?? []).map((reason): [string | null, string | null] => [
      idOf(name ?? ''),
      idOf(importerOf(reason) ?? ''),
    ]),
  );
}

/** The first compilation that speaks of something is believed. */
function joinCompilations(all: readonly Facts[]): Facts {
  const first = <Value>(read: (facts: Facts) => ReadonlyMap<string, Value>) =>
    new Map(all.toReversed().flatMap((facts) => [...read(facts)]));
  return {
    origins: first(({ origins }) => origins),
    hashes: first(({ hashes }) => hashes),
    importers: first(({ importers }) => importers),
    entries: all.flatMap(({ entries }) => entries),
    dynamicEntries: all.flatMap(({ dynamicEntries }) => dynamicEntries),
  };
}
