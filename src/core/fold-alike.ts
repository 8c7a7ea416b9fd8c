import { FOLDED, type ModuleShare } from '../model/module.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { packageOf } from './package-of.ts';

/**
 * Head as a record tells of base whose smallest own modules were folded: what base does not name is
 * not known to be new, and counts among the others.
 */
export function foldAlike(head: Snapshot, base: Snapshot | null): Snapshot {
  const before = base?.assets.map(({ modules = [] }) => modules) ?? [];
  if (!before.some((modules) => modules.some(({ id }) => id === FOLDED))) return head;
  const named = new Set(before.flatMap((modules) => modules.map(({ id }) => id)));
  const isKnown = ({ id }: ModuleShare) => named.has(id) || packageOf(id) !== null;
  return {
    ...head,
    assets: head.assets.map((asset) => {
      const { modules } = asset;
      return modules === undefined ? asset : { ...asset, modules: fold(modules, isKnown) };
    }),
  };
}

function fold(
  modules: readonly ModuleShare[],
  isKnown: (module: ModuleShare) => boolean,
): readonly ModuleShare[] {
  const others = modules.filter((module) => !isKnown(module));
  if (others.length === 0) return modules;
  const total = (key: 'gzip' | 'brotli') =>
    others.every((one) => one[key] === undefined)
      ? {}
      : { [key]: others.reduce((sum, one) => sum + (one[key] ?? 0), 0) };
  const raw = others.reduce((sum, one) => sum + one.raw, 0);
  const folded = { id: FOLDED, raw, ...total('gzip'), ...total('brotli') };
  return [...modules.filter(isKnown), folded].sort((left, right) => (left.id < right.id ? -1 : 1));
}
