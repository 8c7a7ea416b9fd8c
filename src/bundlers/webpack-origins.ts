import { moduleName } from './module-name.ts';
import type { Placement } from './placement.ts';
import { importerOf, type Stats, type StatsChunk } from './webpack-stats.ts';

/** Stable names of assets: the file that was copied, the chunk's name, what it was imported for. */
export function webpackOrigins(stats: Stats, place: Placement): Map<string, string> {
  const targets = importTargets(stats);
  const copied = stats.assets.map(({ name, info }): Named => [name, info?.sourceFilename ?? null]);
  const chunks = (stats.chunks ?? []).flatMap((chunk) => namedFiles(chunk, targets));
  const origins = new Map<string, string>();
  for (const [name, origin] of [...copied.map(canonical), ...chunks]) {
    const path = place(name);
    if (path !== null && origin !== null) origins.set(path, origin);
  }
  return origins;
}

type Named = readonly [name: string, origin: string | null];

function canonical([name, source]: Named): Named {
  return [name, source === null ? null : moduleName(source)];
}

/** The only script of a chunk goes by the chunk's name, its only stylesheet by that and its kind. */
function namedFiles(chunk: StatsChunk, targets: Targets): Named[] {
  const origin = chunkOrigin(chunk, targets);
  if (origin === null) return [];
  return [...byKind(chunk.files)].flatMap(([kind, [only, ...others]]): Named[] => {
    if (only === undefined || others.length > 0) return [];
    return [[only, kind === 'js' ? origin : `${origin}#${kind}`]];
  });
}

/** The modules that a chunk holds the target of, by what imports it and by what name. */
type Targets = ReadonlyMap<string, string>;

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
    importer && request ? [targetOf(importer, request, targets)] : [],
  );
  return [...new Set(modules)].sort();
}

/** Only stats with modules and their reasons know what a request came to. */
export function importTargets({ modules }: Stats): Targets {
  const targets = new Map<string, string>();
  for (const { name, reasons } of modules) {
    for (const reason of reasons ?? []) {
      const importer = importerOf(reason);
      if (!name || !importer || !reason.type?.startsWith('import()')) continue;
      targets.set(requestKey(importer, reason.userRequest ?? ''), moduleName(name));
    }
  }
  return targets;
}

function targetOf(importer: string, request: string, targets: Targets): string {
  const known = targets.get(requestKey(importer, request));
  if (known !== undefined) return known;
  return request.startsWith('.') ? resolved(moduleName(importer), request) : request;
}

function requestKey(importer: string, request: string): string {
  return JSON.stringify([moduleName(importer), request]);
}

/** `../b` as `src/pages/a.js` means it: `src/b`. */
function resolved(importer: string, request: string): string {
  const parts = importer.split('/').slice(0, -1);
  for (const part of request.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
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
