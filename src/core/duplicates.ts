import type { Copy, Duplicate } from '../model/duplicate.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ownersIn } from './module-owner.ts';

/** The packages that are there more than once, by name. */
export function duplicatesIn(snapshot: Pick<Snapshot, 'assets' | 'packages'>): Duplicate[] {
  const ownerOf = ownersIn(snapshot);
  const copies = new Map<string, Map<string, Copy>>();
  for (const { id } of snapshot.assets.flatMap(({ modules = [] }) => modules)) {
    const { package: name, instance, version, importer } = ownerOf(id);
    if (name === null || instance === null) continue;
    const known = copies.get(name) ?? new Map<string, Copy>();
    copies.set(name, known.set(instance, { instance, version, importer }));
  }
  return [...copies]
    .filter(([, found]) => found.size > 1)
    .map(([name, found]) => {
      const versions = [...found.values()].flatMap(({ version }) => version ?? []);
      return { name, versions: [...new Set(versions)].sort(), copies: [...found.values()] };
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}
