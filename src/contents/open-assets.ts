import { installedVersions } from '../bundlers/installed.ts';
import { findImporters } from '../core/importers.ts';
import { packageOf } from '../core/package-of.ts';
import { touchedModules } from '../core/touched-modules.ts';
import { usedInstances } from '../core/used-packages.ts';
import type { Host } from '../model/host.ts';
import type { ModuleShare, UsedPackage } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import type { ContentsRequest } from './contents-request.ts';
import { foldersOf } from './folders-of.ts';
import { openAsset } from './open-asset.ts';
import { unopenedNote } from './unopened-note.ts';

export interface Contents {
  /** All assets, those that could be opened with their modules. */
  readonly assets: readonly Asset[];
  readonly packages: readonly UsedPackage[];
  readonly notes: readonly string[];
}

/** Looks into assets, one after the other: maps are large, and only one is held at a time. */
export async function openAssets(request: ContentsRequest, host: Host): Promise<Contents> {
  const modules = new Map<string, readonly ModuleShare[]>();
  const specifiers = new Map<string, readonly string[]>();
  const unopened: string[] = [];
  for (const asset of request.open) {
    const opened = await openAsset(asset, request, host);
    if (opened.kind === 'opened') {
      modules.set(asset.path, opened.shares);
      for (const [id, list] of opened.specifiers) specifiers.set(id, list);
    } else if (opened.kind !== 'none') unopened.push(asset.path);
  }
  return { ...(await named(modules, specifiers, request, host)), notes: unopenedNote(unopened) };
}

/** Says who imports what, and what packages these are. */
async function named(
  modules: ReadonlyMap<string, readonly ModuleShare[]>,
  specifiers: ReadonlyMap<string, readonly string[]>,
  request: ContentsRequest,
  host: Host,
): Promise<Pick<Contents, 'assets' | 'packages'>> {
  const { importers: stated, known, root, before: base } = request;
  const opened = request.assets.map((asset) => withModules(asset, modules.get(asset.path)));
  const ids = [...new Set(opened.flatMap((asset) => asset.modules?.map(({ id }) => id) ?? []))];
  const before = known.flatMap(({ instance, importer }) =>
    importer === null ? [] : ([[instance, importer]] as const),
  );
  const touched = touchedModules(base, opened);
  const facts = { ids, specifiers, importers: stated, known: new Map(before), touched };
  const importers = findImporters(facts);
  const assets = opened.map((asset) =>
    modules.has(asset.path) ? withImporters(asset, importers.modules) : asset,
  );
  const instances = usedInstances(assets);
  const places = { root, folders: foldersOf(request.open, root, host) };
  const versions = await installedVersions(instances, places, host);
  const packages = instances.map((instance) => ({
    instance,
    name: packageOf(`${instance}/`)?.name ?? instance,
    version: versions.get(instance) ?? null,
    importer: importers.packages.get(instance) ?? null,
  }));
  return { assets, packages };
}

function withModules(asset: Asset, modules: Asset['modules']): Asset {
  return modules === undefined ? asset : { ...asset, modules };
}

function withImporters(asset: Asset, importers: ReadonlyMap<string, string>): Asset {
  const modules = asset.modules?.map((share) => {
    const importer = importers.get(share.id);
    return importer === undefined ? share : { ...share, importer };
  });
  return withModules(asset, modules);
}
