import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

/** Where a budget imports from, as a bundler is told it. */
export interface Place {
  /** As the user wrote it. */
  readonly from: string;
  readonly specifier: string;
  /** Peer dependencies of its package: whoever uses the library has them already. */
  readonly peers: readonly string[];
}

interface Package {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly exports: unknown;
  /** What is imported by its name where it says nothing of exports. */
  readonly main: unknown;
  readonly peers: readonly string[];
}

/**
 * A file's path, or a subpath of the package that the budgets file is in: `my-lib/button`, or
 * `./button` where that is exported and no file.
 */
export async function placeOf(from: string, folder: string, host: Host): Promise<Place> {
  const own = await packageAbove(folder, host);
  const subpath = own === null ? null : await subpathOf(from, own, folder, host);
  if (own !== null && subpath !== null) {
    return { from, specifier: ownSpecifier(subpath, own, folder, host), peers: own.peers };
  }
  const path = host.resolve(folder, from);
  const its = await packageAbove(host.resolve(path, '..'), host);
  return { from, specifier: relativePath(path, folder, host), peers: its?.peers ?? [] };
}

/** What can be imported of the package that a folder is in, by its own name: `my-lib/button`. */
export async function ownPlaces(folder: string, host: Host): Promise<string[]> {
  const own = await packageAbove(folder, host);
  if (own === null) return [];
  const { name, exports } = own;
  const isMap = typeof exports === 'object' && exports !== null && !Array.isArray(exports);
  const subpaths = isMap ? Object.keys(exports).filter((key) => /^\.(?:\/[^*]+)?$/.test(key)) : [];
  return [...new Set([name, ...subpaths.map((key) => `${name}${key.slice(1)}`)])];
}

/**
 * The file that the package's own package.json leads a place to and that is not there, relative to
 * the package; null where one is there, or where it is led to none.
 */
export async function lackingFile(
  from: string,
  folder: string,
  host: Host,
): Promise<string | null> {
  const own = await packageAbove(folder, host);
  const subpath = own === null ? null : await subpathOf(from, own, folder, host);
  if (own === null || subpath === null) return null;
  const targets = targetsOf(subpath, own).filter((target) => !/\.d\.[cm]?ts$/.test(target));
  for (const target of targets) {
    if ((await host.kind(host.resolve(own.folder, target))) !== null) return null;
  }
  return targets[0]?.replace(/^(?:\.\/)+/, '') ?? null;
}

/** Under whatever condition. What a pattern leads to is none that the package names. */
function targetsOf(subpath: string, { exports, main }: Package): string[] {
  if (exports === undefined) return subpath === '.' && typeof main === 'string' ? [main] : [];
  const isMap = typeof exports === 'object' && exports !== null;
  const bySubpath = isMap && Object.keys(exports).some((key) => key.startsWith('.'));
  if (!bySubpath) return subpath === '.' ? textsIn(exports) : [];
  return textsIn((exports as Readonly<Record<string, unknown>>)[subpath]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** `.` or `./button` where a place is one of the package's own; null where it is a path. */
async function subpathOf(
  from: string,
  own: Package,
  folder: string,
  host: Host,
): Promise<string | null> {
  if (from === own.name || from.startsWith(`${own.name}/`)) {
    // A folder of the package's own name is a folder all the same.
    const isThere = (await host.kind(host.resolve(folder, from))) === 'file';
    return isThere ? null : `.${from.slice(own.name.length)}`;
  }
  const dotted = from === './' ? '.' : from;
  if (!isExported(dotted, own.exports)) return null;
  return (await host.kind(host.resolve(folder, from))) === 'file' ? null : dotted;
}

/** By its name where it says what it exports; else, as everything is exported, by its path. */
function ownSpecifier(subpath: string, own: Package, folder: string, host: Host): string {
  if (own.exports !== undefined) return `${own.name}${subpath.slice(1)}`;
  return relativePath(host.resolve(own.folder, subpath), folder, host);
}

function relativePath(path: string, folder: string, host: Host): string {
  const relative = host.relative(folder, path);
  return relative.startsWith('../') || relative === '..' ? relative : `./${relative}`;
}

/** Whether `exports` of a package.json has an entry for a subpath, under whatever condition. */
function isExported(subpath: string, exports: unknown): boolean {
  if (exports === undefined || exports === null) return false;
  const keys = typeof exports === 'object' && !Array.isArray(exports) ? Object.keys(exports) : [];
  const subpaths = keys.filter((key) => key.startsWith('.'));
  if (subpaths.length === 0) return subpath === '.';
  return subpaths.some((key) => {
    const [start = '', end] = key.split('*');
    if (end === undefined) return key === subpath;
    return start.length > 2 && subpath.startsWith(start) && subpath.endsWith(end);
  });
}

/** The nearest package with a name: a package.json that only says `"type"` is none. */
async function packageAbove(start: string, host: Host): Promise<Package | null> {
  let folder = start;
  for (;;) {
    const found = await packageIn(folder, host);
    if (found !== null) return found;
    const parent = host.resolve(folder, '..');
    if (parent === folder) return null;
    folder = parent;
  }
}

/** @throws UserError `package-unreadable` */
async function packageIn(folder: string, host: Host): Promise<Package | null> {
  const path = host.resolve(folder, 'package.json');
  const bytes = await host.read(path);
  if (bytes === null) return null;
  const { name, exports, module, main = module, peerDependencies } = parse(bytes, path);
  if (typeof name !== 'string') return null;
  const isMap = typeof peerDependencies === 'object' && peerDependencies !== null;
  return { folder, name, exports, main, peers: isMap ? Object.keys(peerDependencies) : [] };
}

function parse(bytes: Uint8Array, path: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) ?? {}) as Record<string, unknown>;
  } catch (cause) {
    throw new UserError('package-unreadable', `${path} is not whole JSON.`, { cause });
  }
}
