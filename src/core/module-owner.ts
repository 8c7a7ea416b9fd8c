import type { UsedPackage } from '../model/module.ts';
import type { Snapshot } from '../model/snapshot.ts';

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

/** Says who owns the modules of a snapshot; null for what bundlers put in by themselves. */
export type OwnerOf = (id: string) => Owner | null;

/**
 * Finds owners by the installed copies that a snapshot names, and by `node_modules/` in an id
 * where it names none.
 */
export function ownersIn({ packages = [] }: Pick<Snapshot, 'packages'>): OwnerOf {
  const used = new Map(packages.map((one) => [one.instance, one]));
  const known = new Map<string, Owner | null>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const owner = ownerOf(id, used);
    known.set(id, owner);
    return owner;
  };
}

function ownerOf(id: string, used: ReadonlyMap<string, UsedPackage>): Owner | null {
  const found = usedPackage(id, used) ?? installedPackage(id);
  if (found !== null) {
    const { name, instance, version, importer } = found;
    return { key: `package ${name}`, package: name, module: null, instance, version, importer };
  }
  if (BUNDLER.test(id)) return null;
  const nothing = { instance: null, version: null, importer: null };
  return { key: `module ${id}`, package: null, module: id, ...nothing };
}

/** The installed copy with the longest folder that holds the module. */
function usedPackage(id: string, used: ReadonlyMap<string, UsedPackage>): UsedPackage | null {
  for (let at = id.lastIndexOf('/'); at > 0; at = id.lastIndexOf('/', at - 1)) {
    const one = used.get(id.slice(0, at));
    if (one !== undefined) return one;
  }
  return null;
}

const INSTALLED = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))(?:\/|$)/;

function installedPackage(id: string): UsedPackage | null {
  const [, instance, name] = INSTALLED.exec(id) ?? [];
  if (instance === undefined || name === undefined) return null;
  return { instance, name, version: null, importer: null };
}

/** Ids of helpers and runtimes: of nobody whom a reviewer could ask. */
const BUNDLER =
  /^(?:[\0([<]|(?:webpack|rspack|turbopack|vite|rollup|rolldown|parcel)[/:]|(?:webpack|turbopack)-(?:runtime|internal))|commonjsHelpers/;
