import type { ModuleName } from './module-name.ts';
import type { Placement } from './placement.ts';
import { importerOf, type Stats, type StatsChunk } from './webpack-stats.ts';

/** Stable names of assets: the file that was copied, the chunk's name, what it was imported for. */
export function webpackOrigins(
  stats: Stats,
  place: Placement,
  idOf: ModuleName,
): Map<string, string> {
  const targets = importTargets(stats, idOf);
  const copied = stats.assets.map(
    ({ name, info }): Named => [name, idOf(info?.sourceFilename ?? '')],
  );
  const chunks = (stats.chunks ?? []).flatMap((chunk) => namedFiles(chunk, targets));
  const origins = new Map<string, string>();
  for (const [name, origin] of [...copied, ...chunks]) {
    const path = place(name);
    if (path !== null && origin !== null) origins.set(path, origin);
  }
  return origins;
}

type Named = readonly [name: string, origin: string | null];

/** The only script of a chunk goes by the chunk's name, its only stylesheet by that and its kind. */
function namedFiles(chunk: StatsChunk, targets: Targets): Named[] {
  const origin = chunkOrigin(chunk, targets);
  if (origin === null) return [];
  return [...byKind(chunk.files)].flatMap(([kind, [only, ...others]]): Named[] => {
    if (only === undefined || others.length > 0) return [];
    return [[only, kind === 'js' ? origin : `${origin}#${kind}`]];
  });
}

/** The module that a request in another one came to, where stats tell. */
type Targets = (importer: string, request: string) => string | null;

/** A chunk's stable name: its own, or what it was imported for, and why it was split off. */
function chunkOrigin(chunk: StatsChunk, targets: Targets): string | null {
  const [name, ...others] = chunk.names ?? [];
  if (name !== undefined && name !== '' && others.length === 0) return `~${name}`;
  const modules = importedModules(chunk, targets);
  if (modules.length === 0) return null;
  return modules.join(' + ') + (chunk.reason ? ` (${chunk.reason})` : '');
}

/** The modules that were imported dynamically to get a chunk, in order; ids are not stable. */
export function importedModules({ origins }: StatsChunk, targets: Targets): string[] {
  const modules = (origins ?? []).flatMap(({ moduleName: importer, request }) =>
    importer && request ? [targets(importer, request)] : [],
  );
  return [...new Set(modules.filter((module) => module !== null))].sort();
}

/** Stats without modules and their reasons tell a request only. */
export function importTargets({ modules }: Stats, idOf: ModuleName): Targets {
  const known = new Map<string, string>();
  const keyOf = (importer: string, request: string) => JSON.stringify([idOf(importer), request]);
  for (const { name, reasons } of modules) {
    const id = idOf(name ?? '');
    for (const reason of reasons ?? []) {
      const importer = importerOf(reason);
      if (id === null || !importer || !reason.type?.startsWith('import()')) continue;
      known.set(keyOf(importer, reason.userRequest ?? ''), id);
    }
  }
  return (importer, request) => {
    const target = known.get(keyOf(importer, request));
    if (target !== undefined) return target;
    return request.startsWith('.') ? idOf(beside(importer, request)) : request;
  };
}

/** `../b` as `./src/pages/a.js` means it: `./src/pages/../b`. */
function beside(importer: string, request: string): string {
  return importer.slice(0, importer.lastIndexOf('/') + 1) + request;
}

function byKind(files: readonly string[]): Map<string, string[]> {
  const kinds = new Map<string, string[]>();
  for (const file of files) {
    const extension = /\.([a-z]+)(?:\?.*)?$/s.exec(file)?.[1] ?? '';
    const kind = /^[cm]?js$/.test(extension) ? 'js' : extension;
    kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  return kinds;
}
