import { installedVersions } from '../bundlers/installed.ts';
import { findImporters } from '../core/importers.ts';
import { packageOf } from '../core/package-of.ts';
import { usedInstances } from '../core/used-packages.ts';
import type { Host } from '../model/host.ts';
import type { UsedPackage } from '../model/module.ts';
import type { Measurement } from '../model/snapshot.ts';

/** Packages inside measurements, which assets may not have at all. */
export interface ImportedRequest {
  readonly measurements: readonly Measurement[];
  /** Those inside assets: what is known of them is kept. */
  readonly known: readonly UsedPackage[];
  /** Absolute; the budgets file's folder. */
  readonly root: string;
}

/** The packages that are known, and those that only measurements have, in the order of instances. */
export async function withImported(request: ImportedRequest, host: Host): Promise<UsedPackage[]> {
  const { measurements, known, root } = request;
  const names = new Set(known.map(({ instance }) => instance));
  const instances = usedInstances(measurements).filter((instance) => !names.has(instance));
  const versions = await installedVersions(instances, { root, folders: [] }, host);
  const importers = importersIn(measurements);
  const others = instances.map((instance) => ({
    instance,
    name: packageOf(`${instance}/`)?.name ?? instance,
    version: versions.get(instance) ?? null,
    importer: importers.get(instance) ?? null,
  }));
  return [...known, ...others].sort((left, right) => (left.instance < right.instance ? -1 : 1));
}

function importersIn(measurements: readonly Measurement[]): ReadonlyMap<string, string> {
  const shares = measurements.flatMap(({ modules }) => modules ?? []);
  const importers = new Map(
    shares.flatMap(({ id, importer }) =>
      importer === undefined ? [] : [[id, [importer]] as const],
    ),
  );
  // Of a library with a source map the importers are its built files, which are no modules of it.
  const ids = new Set(shares.flatMap(({ id, importer }) => [id, ...(importer ? [importer] : [])]));
  const facts = { ids: [...ids], specifiers: new Map(), importers, known: new Map() };
  return findImporters(facts).packages;
}
