import { packageOf } from '../core/package-of.ts';

/** More of them say nothing new, and a build has many thousand modules. */
const MOST = 50;

/**
 * The modules that import a module, own ones first, by its id.
 * @param imports pairs of a module and one that imports it
 */
export function importersOf(
  imports: readonly (readonly [module: string | null, importer: string | null])[],
): Map<string, readonly string[]> {
  const importers = new Map<string, Set<string>>();
  for (const [module, importer] of imports) {
    if (module === importer || module === null || importer === null) continue;
    const known = importers.get(module);
    if (known === undefined) importers.set(module, new Set([importer]));
    else known.add(importer);
  }
  return new Map(
    [...importers].map(([module, ids]) => [module, [...ids].sort(ownFirst).slice(0, MOST)]),
  );
}

function ownFirst(left: string, right: string): number {
  const packages = Number(isOfPackage(left)) - Number(isOfPackage(right));
  return packages !== 0 ? packages : left < right ? -1 : 1;
}

function isOfPackage(id: string): boolean {
  return packageOf(id) !== null;
}
