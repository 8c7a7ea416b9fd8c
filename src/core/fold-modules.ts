import { FOLDED, type ModuleShare } from '../model/module.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';
import { packageOf } from './package-of.ts';

/** How many modules a snapshot tells of, over all its assets. */
export function countModules({ assets }: Pick<Snapshot, 'assets'>): number {
  return assets.reduce((sum, { modules = [] }) => sum + modules.length, 0);
}

/**
 * A snapshot in which only the largest modules are told of by themselves. The others of an asset
 * are one share for each package, so that what is said of packages stays as it is, and one for all
 * own modules, `other`. The shares of an asset sum to what they have summed to before. What is in
 * several assets goes last: folded, it would no longer be known to be there more than once.
 * @param most modules that stay by themselves, over all assets
 */
export function foldModules<Whole extends Snapshot>(snapshot: Whole, most: number): Whole {
  const all = snapshot.assets.flatMap(({ modules = [] }) => modules);
  const counts = new Map<string, number>();
  for (const { id } of all) counts.set(id, (counts.get(id) ?? 0) + 1);
  const isCopied = ({ id }: ModuleShare) => (counts.get(id) ?? 0) > 1;
  const stays = new Set(
    all
      .toSorted((left, right) => +isCopied(right) - +isCopied(left) || right.raw - left.raw)
      .slice(0, most),
  );
  const nameOf = folderNames();
  const folded = (asset: Asset): Asset => {
    const { modules } = asset;
    if (modules === undefined) return asset;
    return { ...asset, modules: foldedIn(modules, stays, nameOf(asset)) };
  };
  return { ...snapshot, assets: snapshot.assets.map(folded) };
}

/** In the order of ids. */
function foldedIn(
  modules: readonly ModuleShare[],
  stays: ReadonlySet<ModuleShare>,
  nameOf: (id: string) => string,
): ModuleShare[] {
  const shares = new Map<string, ModuleShare>();
  for (const module of modules) {
    const id = stays.has(module) ? module.id : nameOf(module.id);
    const known = shares.get(id);
    shares.set(id, known === undefined ? named(module, id) : sumOf(known, module));
  }
  return [...shares.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Of several own modules none has brought in all the others. */
function named({ importer, ...share }: ModuleShare, id: string): ModuleShare {
  return importer === undefined || id === FOLDED ? { ...share, id } : { ...share, id, importer };
}

function sumOf(one: ModuleShare, other: ModuleShare): ModuleShare {
  const { gzip, brotli, ...rest } = one;
  return {
    ...rest,
    raw: one.raw + other.raw,
    ...(gzip === undefined ? {} : { gzip: gzip + (other.gzip ?? 0) }),
    ...(brotli === undefined ? {} : { brotli: brotli + (other.brotli ?? 0) }),
  };
}

/**
 * What the folded modules of an asset go by. Those of a package are numbered by asset: of one name
 * in two assets they would be taken for one module that is there twice.
 */
function folderNames(): (asset: Asset) => (id: string) => string {
  const assetsOf = new Map<string, Asset[]>();
  return (asset) => (id) => {
    const instance = packageOf(id)?.instance;
    if (instance === undefined) return FOLDED;
    const assets = assetsOf.get(instance) ?? [];
    if (!assets.includes(asset)) assets.push(asset);
    assetsOf.set(instance, assets);
    const turn = assets.indexOf(asset) + 1;
    return turn === 1 ? `${instance}/${FOLDED}` : `${instance}/${FOLDED}-${turn}`;
  };
}
