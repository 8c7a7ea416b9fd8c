import type { BundlerFacts } from './bundlers/bundler.ts';
import { knownModules } from './core/known-modules.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import type { UsedPackage } from './model/module.ts';
import type { Asset, Snapshot } from './model/snapshot.ts';

/** Assets, and what may tell what is inside them. */
export interface InsideRequest {
  readonly assets: readonly Asset[];
  /** Paths of the assets that a source map may open. */
  readonly mapped: readonly string[];
  readonly facts: Pick<BundlerFacts, 'modules' | 'importers'>;
  readonly config: Pick<Config, 'folder' | 'levels'>;
  readonly reuse: Snapshot | null;
}

export interface Inside {
  readonly assets: readonly Asset[];
  /** Not given where nothing could be opened. */
  readonly packages?: readonly UsedPackage[];
  readonly notes: readonly string[];
}

/**
 * Gives assets their modules: those that base knows of equal content, or else what source maps and
 * metadata tell. What opens assets is loaded only where there is something to open.
 */
export async function lookInside(request: InsideRequest, host: Host): Promise<Inside> {
  const { assets, facts, config, reuse } = request;
  const known = knownModules(assets, reuse);
  const mapped = new Set(request.mapped);
  const stated = facts.modules ?? new Map();
  const open = assets.filter(
    ({ path }) => !known.has(path) && (mapped.has(path) || stated.has(path)),
  );
  if (open.length === 0) return { assets: withModules(assets, known), notes: [] };
  const { openAssets } = await import('./contents.ts');
  const places = { root: config.folder, gzipLevel: config.levels.gzip };
  const { modules, notes } = await openAssets({ assets: open, mapped, stated, ...places }, host);
  return { assets: withModules(assets, new Map([...known, ...modules])), notes };
}

function withModules(
  assets: readonly Asset[],
  modules: ReadonlyMap<string, NonNullable<Asset['modules']>>,
): Asset[] {
  return assets.map((asset) => {
    const own = modules.get(asset.path);
    return own === undefined ? asset : { ...asset, modules: own };
  });
}
