import type { Load, Page } from '../model/page.ts';
import type { Asset } from '../model/snapshot.ts';

/** Assets with their class: initial where any page needs them at once; none where no page does. */
export function withLoad(assets: readonly Asset[], pages: readonly Page[]): readonly Asset[] {
  if (pages.length === 0) return assets;
  const loads = new Map<string, Load>();
  for (const { lazy } of pages) for (const path of lazy) loads.set(path, 'lazy');
  for (const { initial } of pages) for (const path of initial) loads.set(path, 'initial');
  return assets.map((asset) => {
    const load = loads.get(asset.path);
    return load === undefined ? asset : { ...asset, load };
  });
}
