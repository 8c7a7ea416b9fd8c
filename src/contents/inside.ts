import type { BundlerFacts, StatedModules } from '../bundlers/bundler.ts';
import { knownModules } from '../core/known-modules.ts';
import { stillUsed } from '../core/used-packages.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { UsedPackage } from '../model/module.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';

/** Assets, and what may tell what is inside them. */
export interface InsideRequest {
  readonly assets: readonly Asset[];
  /** The assets that a source map may open, by path: see `FileLook.mapMention`. */
  readonly mapped: ReadonlyMap<string, string>;
  readonly facts: Pick<BundlerFacts, 'modules' | 'wholes' | 'importers'>;
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
  const { facts, mapped, config, reuse } = request;
  const known = knownModules(request.assets, reuse);
  const assets = withModules(request.assets, known);
  const unknown = assets.filter(({ path }) => !known.has(path));
  const stated = await statedOf(request, unknown, host);
  const open = unknown.filter(({ path }) => mapped.has(path) || stated.has(path));
  const packages = reuse?.packages ?? [];
  if (open.length === 0)
    return { assets, ...(await samePackages(request, assets, host)), notes: [] };
  const { openAssets } = await import('./open-assets.ts');
  const opened = {
    assets,
    open,
    mapped,
    stated,
    importers: facts.importers ?? new Map(),
    before: reuse?.assets ?? [],
    known: packages,
    root: config.folder,
    gzipLevel: config.levels.gzip,
  };
  const { packages: found, ...others } = await openAssets(opened, host);
  const isOpaque = others.assets.every(({ modules }) => modules === undefined);
  return { ...others, ...(isOpaque ? {} : { packages: found }) };
}

/**
 * What metadata says to be inside. An asset that is one module tells nothing of a build of which
 * nothing else is known.
 */
async function statedOf(
  { facts, mapped, config }: InsideRequest,
  unknown: readonly Asset[],
  host: Host,
): Promise<ReadonlyMap<string, StatedModules>> {
  const { modules = new Map(), wholes = new Map() } = facts;
  const isOpaque = mapped.size + modules.size === 0;
  if (isOpaque || !unknown.some(({ path }) => wholes.has(path))) return modules;
  const { installedWholes } = await import('./installed-wholes.ts');
  const installed = await installedWholes({ assets: unknown, wholes, root: config.folder }, host);
  return new Map([...modules, ...installed]);
}

/** Of modules that base knows: no map is read, only what is installed. */
async function samePackages(
  { config, reuse }: InsideRequest,
  assets: readonly Asset[],
  host: Host,
): Promise<Pick<Inside, 'packages'>> {
  const used = stillUsed(reuse?.packages ?? [], assets);
  if (used === undefined) return {};
  if (used.length === 0) return { packages: used };
  const { installedNow } = await import('./installed-now.ts');
  return { packages: await installedNow({ packages: used, assets, root: config.folder }, host) };
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
