import { mapComment } from '../core/map-comment.ts';
import { canonicalId, packageOf } from '../core/module-id.ts';
import { pageTypeOf } from '../core/page-type.ts';
import { sourceMapSections } from '../core/source-map.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import type { FactReader } from './load-facts.ts';
import type { Output } from './page-output.ts';
import { closureOf } from './page-scan.ts';

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
  folder: string,
  host: Host,
): Promise<Page[]> {
  const lazy = new Set(pages.flatMap((page) => page.lazy).filter((path) => output.files.has(path)));
  const scripts = [...lazy].filter((path) => pageTypeOf(path) === 'script');
  const closures = new Map(scripts.map((path) => [path, closureOf(path, output, facts)]));
  const inner = new Set([...closures.values()].flatMap(([, ...others]) => others));
  const parts = new Map<string, Page>();
  for (const [path, files] of closures) {
    if (inner.has(path)) continue;
    for (const module of await ownModules(path, facts, folder, host)) {
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
  folder: string,
  host: Host,
): Promise<string[]> {
  const url = mapComment(facts.textOf(path))?.url ?? `${path.slice(path.lastIndexOf('/') + 1)}.map`;
  // A map inside of the script, or on another host, is left aside: metadata names the parts then.
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return [];
  const file = host.resolve(folder, path, '..', url);
  const bytes = await host.read(file);
  const sections = bytes === null ? null : sourceMapSections(bytes);
  const place = { root: folder, folder: host.resolve(file, '..') };
  const ids = (sections ?? [])
    .flatMap(({ sources }) => sources)
    .map((source) => (source === null ? null : canonicalId(source, place)));
  return ids.filter((id) => id !== null).filter((id) => packageOf(id) === null);
}
