import type { Host } from '../model/host.ts';
import type { Asset } from '../model/snapshot.ts';

/** The folders of assets, absolute, each once. */
export function foldersOf(
  assets: readonly Pick<Asset, 'path'>[],
  root: string,
  host: Host,
): string[] {
  return [...new Set(assets.map(({ path }) => host.resolve(root, path, '..')))];
}
