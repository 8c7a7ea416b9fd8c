import type { Metafile } from 'esbuild';
import { codeEnd } from '../core/code-end.ts';
import { deflateShares } from '../core/deflate-shares.ts';
import { mappedSpans } from '../core/mapped-spans.ts';
import { canonicalId } from '../core/module-id.ts';
import { moduleShares, rawShares } from '../core/module-shares.ts';
import { packageOf } from '../core/package-of.ts';
import { sourceMapSections } from '../core/source-map.ts';
import type { ModuleShare } from '../model/module.ts';
import type { Asset } from '../model/snapshot.ts';
import { deflate } from './deflate.ts';
import type { BundledFile } from './import-bundle.ts';

/** An emitted file with its sizes. */
export type WeighedFile = BundledFile & Pick<Asset, 'raw' | 'gzip' | 'brotli'>;

export interface InsideRequest {
  readonly files: readonly WeighedFile[];
  readonly metafile: Metafile;
  /** Absolute; the budgets file's folder, where the bundler ran. */
  readonly folder: string;
  readonly gzipLevel: number;
}

/**
 * The modules of a bundle, in the order of their ids: what tree-shaking has left of each. Those of
 * a library that was bundled before are its own sources, where it has a source map.
 */
export async function modulesOf(request: InsideRequest): Promise<ModuleShare[]> {
  const sums = new Map<string, ModuleShare>();
  for (const file of request.files) {
    const shares = (await mappedShares(file, request)) ?? statedShares(file, request);
    for (const share of shares) sums.set(share.id, added(sums.get(share.id), share));
  }
  const importers = importersOf(request);
  return [...sums.values()]
    .map((share) => ({ ...share, ...importerOf(share.id, importers, sums) }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** By the source map that came with a file; null where there is none. */
async function mappedShares(
  { data, map, gzip, brotli }: WeighedFile,
  { folder, gzipLevel }: InsideRequest,
): Promise<ModuleShare[] | null> {
  const sections = map === null ? null : sourceMapSections(map);
  if (sections === null) return null;
  const indexes = new Map<string, number>();
  const ownerOf = (source: string | null): number => {
    const id = source === null ? null : idOf(decoded(source), folder);
    if (id === null) return -1;
    const index = indexes.get(id) ?? indexes.size;
    indexes.set(id, index);
    return index;
  };
  const owners = sections.map(({ sources }) => Int32Array.from(sources, ownerOf));
  const code = data.toString('latin1');
  const spans = mappedSpans({ code, end: codeEnd(code, null), sections }, owners);
  if (spans === null) return null;
  const raw = rawShares(spans, indexes.size);
  const isCompressed = gzip !== undefined || brotli !== undefined;
  const compressed = isCompressed
    ? deflateShares(await deflate(data, gzipLevel), spans, indexes.size)
    : raw;
  return moduleShares([...indexes.keys()], { raw, compressed }, { gzip, brotli });
}

/** By what the bundler says of a file: compressed bytes are taken to be spread as raw ones are. */
function statedShares(file: WeighedFile, { metafile, folder }: InsideRequest): ModuleShare[] {
  const stated = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(
    metafile.outputs[file.path]?.inputs ?? {},
  )) {
    const id = idOf(path, folder);
    if (id !== null) stated.set(id, (stated.get(id) ?? 0) + bytesInOutput);
  }
  const all = [...stated.values()].reduce((left, right) => left + right, 0);
  const raw = Float64Array.from([...stated.values(), Math.max(0, file.raw - all)]);
  return moduleShares([...stated.keys()], { raw, compressed: raw }, file);
}

function added(sum: ModuleShare | undefined, share: ModuleShare): ModuleShare {
  if (sum === undefined) return share;
  const { gzip, brotli } = share;
  return {
    id: share.id,
    raw: sum.raw + share.raw,
    ...(gzip === undefined ? {} : { gzip: (sum.gzip ?? 0) + gzip }),
    ...(brotli === undefined ? {} : { brotli: (sum.brotli ?? 0) + brotli }),
  };
}

/** By the id of what is imported, the ids of those that import it. */
function importersOf({ metafile, folder }: InsideRequest): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  const links = Object.entries(metafile.inputs).flatMap(([path, { imports }]) =>
    imports.filter(({ external }) => !external).map((one) => [path, one.path] as const),
  );
  for (const [from, to] of links) {
    const [importer, id] = [idOf(from, folder), idOf(to, folder)];
    if (importer === null || id === null) continue;
    const known = importers.get(id) ?? [];
    known.push(importer);
    importers.set(id, known);
  }
  return importers;
}

/**
 * The first own module on the way up, past those of packages; else whoever imports it. Of equally
 * near ones that which left bytes: one that only re-exports for others, and was shaken away, brought
 * in nothing.
 */
function importerOf(
  id: string,
  importers: ReadonlyMap<string, readonly string[]>,
  inside: ReadonlyMap<string, unknown>,
): Pick<ModuleShare, 'importer'> {
  const seen = new Set([id]);
  const direct = importers.get(id)?.toSorted() ?? [];
  for (let level = direct; level.length > 0; ) {
    const own = level.filter((one) => packageOf(one) === null);
    const importer = own.find((one) => inside.has(one)) ?? own[0];
    if (importer !== undefined) return { importer };
    for (const one of level) seen.add(one);
    level = level.flatMap((one) => importers.get(one) ?? []).filter((one) => !seen.has(one));
    level = [...new Set(level)].sort();
  }
  return direct[0] === undefined ? {} : { importer: direct[0] };
}

/** In a source map a path is a part of a URL; older versions of esbuild write it as it is. */
function decoded(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

/** Null for the file that imports, which is ours, and for the bundler's own code. */
function idOf(path: string, folder: string): string | null {
  return canonicalId(path.replace(/^\(disabled\):/, ''), { root: folder, folder });
}
