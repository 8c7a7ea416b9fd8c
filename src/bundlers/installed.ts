import { LOCKFILES, type LockedVersions, lockedVersion } from '../core/locked-versions.ts';
import { packageOf } from '../core/package-of.ts';
import type { Host } from '../model/host.ts';
import { upwards } from './upwards.ts';

/** Where installed packages are looked for. All absolute. */
export interface InstalledPlaces {
  /** What the instances are seen from: the budgets file's folder. */
  readonly root: string;
  /** Folders of assets: a bundler that ran elsewhere names packages as seen from there. */
  readonly folders: readonly string[];
}

/**
 * The versions of packages as they are installed, by instance: what the folder's own name tells,
 * its package.json, or the lockfile; null where none does. Links are followed by the file system,
 * and the folders above are gone through as Node does, so that hoisted packages are found.
 */
export async function installedVersions(
  instances: Iterable<string>,
  places: InstalledPlaces,
  host: Host,
): Promise<Map<string, string | null>> {
  const versions = new Map<string, string | null>();
  const bases = [...new Set([places.root, ...places.folders].flatMap((one) => upwards(one, host)))];
  for (const instance of instances) {
    const named = packageOf(`${instance}/`)?.version ?? null;
    versions.set(instance, named ?? (await versionOnDisk(instance, places.root, bases, host)));
  }
  if (![...versions.values()].includes(null)) return versions;
  // The nearest to the build: a repository has a lockfile of its own above those of its projects.
  const nearest = [...places.folders, places.root].flatMap((one) => upwards(one, host));
  return withLocked(versions, [...new Set(nearest)], host);
}

/** A build that was made elsewhere has no packages beside it, but a lockfile. */
async function withLocked(
  versions: ReadonlyMap<string, string | null>,
  bases: readonly string[],
  host: Host,
): Promise<Map<string, string | null>> {
  const locked = await readLockfile(bases, host);
  if (locked === null) return new Map(versions);
  return new Map(
    [...versions].map(([instance, version]) => {
      const name = packageOf(`${instance}/`)?.name ?? '';
      return [instance, version ?? lockedVersion(instance, name, locked)];
    }),
  );
}

/** The nearest one. */
async function readLockfile(bases: readonly string[], host: Host): Promise<LockedVersions | null> {
  for (const base of bases) {
    for (const [name, read] of Object.entries(LOCKFILES)) {
      const bytes = await host.read(`${base}/${name}`).catch(() => null);
      if (bytes !== null) return read(new TextDecoder().decode(bytes));
    }
  }
  return null;
}

async function versionOnDisk(
  instance: string,
  root: string,
  bases: readonly string[],
  host: Host,
): Promise<string | null> {
  const inner = instance.replace(/^(?:\.\.\/)+/, '');
  const folders = [host.resolve(root, instance), ...bases.map((base) => host.resolve(base, inner))];
  for (const folder of new Set(folders)) {
    const bytes = await host.read(`${folder}/package.json`).catch(() => null);
    if (bytes !== null) return versionIn(bytes);
  }
  return null;
}

function versionIn(bytes: Uint8Array): string | null {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
    const { version } = manifest as { readonly version?: unknown };
    return typeof version === 'string' && /^[\w.+-]{1,100}$/.test(version) ? version : null;
  } catch {
    return null;
  }
}
