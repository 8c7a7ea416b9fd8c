import type { ModuleShare } from '../model/module.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';
import { groupBy } from './group-by.ts';

/**
 * What a baseline knows to be inside assets of equal content, by head's path. Shares sum to sizes:
 * where a size is another one, as of another encoder, they are not head's.
 */
export function knownModules(
  assets: readonly Asset[],
  base: Snapshot | null,
): Map<string, readonly ModuleShare[]> {
  const opened = base?.assets.filter(({ modules }) => modules !== undefined) ?? [];
  const byContent = groupBy(opened, ({ content }) => content);
  const known = new Map<string, readonly ModuleShare[]>();
  for (const asset of assets) {
    const same = (byContent.get(asset.content) ?? []).filter((one) => hasSizesOf(asset, one));
    const modules = nearest(asset, same)?.modules;
    if (modules !== undefined) known.set(asset.path, modules);
  }
  return known;
}

/** Files of one content may differ in the modules that they name, each its own. */
function nearest(asset: Asset, alike: readonly Asset[]): Asset | undefined {
  return (
    alike.find(({ sha256 }) => sha256 === asset.sha256) ??
    alike.find(({ subject }) => subject === asset.subject) ??
    (alike.length === 1 ? alike[0] : undefined)
  );
}

function hasSizesOf(asset: Asset, other: Asset): boolean {
  return (['raw', 'gzip', 'brotli'] as const).every(
    (encoding) => asset[encoding] === other[encoding],
  );
}
