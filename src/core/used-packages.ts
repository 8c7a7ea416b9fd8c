import type { UsedPackage } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import { packageOf } from './package-of.ts';

/** The instances of packages that are inside assets, each once, in order. */
export function usedInstances(assets: readonly Pick<Asset, 'modules'>[]): string[] {
  const instances = new Set<string>();
  for (const { modules } of assets) {
    for (const { id } of modules ?? []) {
      const instance = packageOf(id)?.instance;
      if (instance !== undefined) instances.add(instance);
    }
  }
  return [...instances].sort();
}

/** What of the packages that are known is inside assets; undefined where none was opened. */
export function stillUsed(
  packages: readonly UsedPackage[],
  assets: readonly Pick<Asset, 'modules'>[],
): UsedPackage[] | undefined {
  if (assets.every(({ modules }) => modules === undefined)) return undefined;
  const used = new Set(usedInstances(assets));
  return packages.filter(({ instance }) => used.has(instance));
}
