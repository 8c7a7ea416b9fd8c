import type { Asset } from '../model/snapshot.ts';

/** Raw bytes by which modules differ between two builds, by their ids: all of those that are new. */
export interface Touched {
  readonly changed: ReadonlyMap<string, number>;
  readonly added: ReadonlyMap<string, number>;
}

type Opened = readonly Pick<Asset, 'modules'>[];

/** Modules that a change has added or changed. Where nothing is known of base, none is. */
export function touchedModules(base: Opened, head: Opened): Touched {
  const [before, after] = [rawIn(base), rawIn(head)];
  const touched = { changed: new Map<string, number>(), added: new Map<string, number>() };
  if (before.size === 0) return touched;
  for (const [id, raw] of after) {
    const old = before.get(id);
    if (old === undefined) touched.added.set(id, raw);
    else if (old !== raw) touched.changed.set(id, Math.abs(raw - old));
  }
  return touched;
}

/** In all assets together: what only moved between them is as it was. */
function rawIn(assets: Opened): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { modules = [] } of assets) {
    for (const { id, raw } of modules) sums.set(id, (sums.get(id) ?? 0) + raw);
  }
  return sums;
}
