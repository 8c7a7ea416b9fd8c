import { canonicalId } from '../core/module-id.ts';
import { packageOf } from '../core/package-of.ts';
import { pageTypeOf } from '../core/page-type.ts';
import { sourceMapSections } from '../core/source-map.ts';
import type { Host } from '../model/host.ts';
import { MOST_UNRESOLVED, type Page } from '../model/page.ts';
import type { FactReader } from './load-facts.ts';
import type { Output } from './page-output.ts';
import { closureOf } from './page-scan.ts';
import { isOfVite, preloadedStyles } from './preloaded-styles.ts';

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
 * belong to it, no map says: those that scripts of Vite fetch with it, and else it is not known.
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
  const { ofScript, unplaced } = stylesOfParts(pages, { output, facts });
  const parts = new Map<string, Page>();
  for (const [path, files] of closures) {
    if (inner.has(path)) continue;
    const initial = [...new Set([...files, ...(ofScript.get(path) ?? [])])];
    const part = { kind: 'route', initial, lazy: [], unresolved: [], ...unplaced } as const;
    for (const module of await ownModules(path, facts, place, host)) {
      if (!parts.has(module)) parts.set(module, { path: module, ...part });
    }
  }
  return [...parts.values()];
}

interface PartStyles {
  readonly ofScript: ReadonlyMap<string, readonly string[]>;
  /** Style sheets that no page loads at once and that are of no script: of whichever part. */
  readonly unplaced: Pick<Page, 'unplaced'>;
}

function stylesOfParts(pages: readonly Page[], { output, facts }: ScannedOutput): PartStyles {
  const loaded = new Set(pages.flatMap(({ initial, lazy }) => [...initial, ...lazy]));
  const own = [...loaded].filter((path) => output.files.has(path));
  const texts = own
    .filter((path) => pageTypeOf(path) === 'script')
    .map((path) => [path, facts.textOf(path)] as const);
  const ofScript = new Map<string, string[]>();
  for (const { script, styles } of texts.flatMap(([path, text]) =>
    preloadedStyles(text, path, output),
  )) {
    ofScript.set(script, [...(ofScript.get(script) ?? []), ...styles]);
  }
  // Scripts of Vite name each style sheet that they load: one that none names is of no part.
  const isKnown = texts.some(([, text]) => isOfVite(text));
  const candidates = isKnown ? own : [...output.files.keys()];
  const placed = new Set([...pages.flatMap(({ initial }) => initial), ...ofScript.values()].flat());
  const left = candidates
    .filter((path) => pageTypeOf(path) === 'stylesheet' && !placed.has(path))
    .sort();
  return {
    ofScript,
    unplaced: left.length === 0 ? {} : { unplaced: left.slice(0, MOST_UNRESOLVED) },
  };
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
