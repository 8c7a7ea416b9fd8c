import { installedVersions } from '../bundlers/installed.ts';
import type { Host } from '../model/host.ts';
import type { UsedPackage } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import { foldersOf } from './folders-of.ts';

export interface InstalledRequest {
  /** As base knows them. */
  readonly packages: readonly UsedPackage[];
  readonly assets: readonly Pick<Asset, 'path' | 'modules'>[];
  /** Absolute; the budgets file's folder. */
  readonly root: string;
}

/**
 * Packages with the versions that are installed today: equal bytes may be of another version. Where
 * nothing tells, as in a build without packages beside it, base's still holds.
 */
export async function installedNow(
  { packages, assets, root }: InstalledRequest,
  host: Host,
): Promise<UsedPackage[]> {
  const opened = assets.filter(({ modules }) => modules !== undefined);
  const instances = packages.map(({ instance }) => instance);
  const places = { root, folders: foldersOf(opened, root, host) };
  const versions = await installedVersions(instances, places, host);
  return packages.map((one) => ({ ...one, version: versions.get(one.instance) ?? one.version }));
}
