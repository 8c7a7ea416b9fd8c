import type { UsedPackage } from '../model/module.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { packageOf } from './package-of.ts';

/** Who answers for a module: an installed package with all its modules, or the module itself. */
export interface Owner {
  /** The same for all modules of a package, and on both sides. */
  readonly key: string;
  readonly package: string | null;
  /** The id of an own module. */
  readonly module: string | null;
  /** The installed copy of the package; null for an own module. */
  readonly instance: string | null;
  readonly version: string | null;
  /** Who brought the package in, as far as the snapshot says. */
  readonly importer: string | null;
}

/** Says who owns the modules of a snapshot, by their ids. */
export type OwnerOf = (id: string) => Owner;

/** Finds owners by their ids, and says of packages what the snapshot knows of each copy. */
export function ownersIn({ packages = [] }: Pick<Snapshot, 'packages'>): OwnerOf {
  const used = new Map(packages.map((one) => [one.instance, one]));
  const known = new Map<string, Owner>();
  return (id) => {
    const owner = known.get(id) ?? ownerOf(id, used);
    known.set(id, owner);
    return owner;
  };
}

function ownerOf(id: string, used: ReadonlyMap<string, UsedPackage>): Owner {
  const copy = packageOf(id);
  if (copy === null) {
    const nothing = { package: null, instance: null, version: null, importer: null };
    return { key: `module ${id}`, module: id, ...nothing };
  }
  const { name, instance } = copy;
  const one = used.get(instance);
  const version = one?.version ?? copy.version;
  const importer = one?.importer ?? null;
  return { key: `package ${name}`, package: name, module: null, instance, version, importer };
}
