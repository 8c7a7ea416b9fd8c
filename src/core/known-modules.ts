import type { ModuleShare } from '../model/module.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';

/**
 * What a baseline knows to be inside assets of equal content, by head's path. Shares sum to sizes:
 * where a size is another one, as of another encoder, they are not head's.
 */
export function knownModules(
  assets: readonly Asset[],
  base: Snapshot | null,
): Map<string, readonly ModuleShare[]> {
  const opened = base?.assets.filter(({ modules }) => modules !== undefined) ?? [];
  const byContent = new Map(opened.map((asset) => [asset.content, asset]));
  const known = new Map<string, readonly ModuleShare[]>();
  for (const asset of assets) {
    const same = byContent.get(asset.content);
    if (same?.modules !== undefined && hasSizesOf(asset, same)) known.set(asset.path, same.modules);
  }
  return known;
}

function hasSizesOf(asset: Asset, other: Asset): boolean {
  return (['raw', 'gzip', 'brotli'] as const).every(
    (encoding) => asset[encoding] === other[encoding],
  );
}
