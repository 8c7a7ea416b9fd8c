import { canonicalId } from '../core/module-id.ts';
import { packageOf } from '../core/package-of.ts';
import { pageTypeOf } from '../core/page-type.ts';
import { sourceMapSections } from '../core/source-map.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import type { FactReader } from './load-facts.ts';
import type { Output } from './page-output.ts';
import { closureOf } from './page-scan.ts';

/**
 * Finds the source map of a script: its bytes, and the folder that its sources are seen from; null
 * without one. Handed in by who may speak to the bundlers, so that there is one way to find a map.
 */
export type FindMap = (script: {
  /** Absolute. */
  readonly path: string;
  /** Its bytes, as latin-1. */
  readonly code: string;
  /** Absolute; no map is read from outside of it. */
  readonly root: string;
}) => Promise<{ readonly bytes: Uint8Array; readonly folder: string } | null>;

/** Where scripts are, and how their maps are found. */
export interface MapPlace {
  /** Absolute; the budgets file's folder. */
  readonly folder: string;
  readonly findMap: FindMap;
}

/** An output whose pages were scanned. */
export interface ScannedOutput {
  readonly output: Output;
  readonly facts: FactReader;
}

/**
 * Lazy parts of pages by the modules that source maps name in them, for builds without metadata: a
 * part is a lazy script that no other one imports, with all that it imports. Which style sheets
 * belong to it, no map says.
 */
export async function mapParts(
  pages: readonly Page[],
  { output, facts }: ScannedOutput,
  place: MapPlace,
  host: Host,
): Promise<Page[]> {
  const lazy = new Set(pages.flatMap((page) => page.lazy).filter((path) => output.files.has(path)));
  const scripts = [...lazy].filter((path) => pageTypeOf(path) === 'script');
  const closures = new Map(scripts.map((path) => [path, closureOf(path, output, facts)]));
  const inner = new Set([...closures.values()].flatMap(([, ...others]) => others));
  const parts = new Map<string, Page>();
  for (const [path, files] of closures) {
    if (inner.has(path)) continue;
    for (const module of await ownModules(path, facts, place, host)) {
      if (parts.has(module)) continue;
      parts.set(module, { path: module, kind: 'route', initial: files, lazy: [], unresolved: [] });
    }
  }
  return [...parts.values()];
}

/** Ids of the modules in a script that are of no package. */
async function ownModules(
  path: string,
  facts: FactReader,
  { folder, findMap }: MapPlace,
  host: Host,
): Promise<string[]> {
  const code = Buffer.from(facts.textOf(path)).toString('latin1');
  const map = await findMap({ path: host.resolve(folder, path), code, root: folder });
  const sections = map === null ? null : sourceMapSections(map.bytes);
  const place = { root: folder, folder: map?.folder ?? folder };
  const ids = (sections ?? [])
    .flatMap(({ sources }) => sources)
    .map((source) => (source === null ? null : canonicalId(source, place)));
  return ids.filter((id) => id !== null).filter((id) => packageOf(id) === null);
}
