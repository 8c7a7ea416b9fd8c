import type { Host } from '../model/host.ts';
import type { Bundler, BundlerFacts, BundlerRequest, Metadata } from './bundler.ts';
import { metadataFiles } from './metadata-files.ts';

/** Bytes; a larger file costs more memory than its facts are worth. */
const LARGEST = 256 * 1024 * 1024;

/**
 * What the metadata beside a build says of it, of whichever bundlers. What reads it is loaded only
 * where such a file stands.
 */
export async function readFacts(request: BundlerRequest, host: Host): Promise<BundlerFacts> {
  if (request.assets.size === 0) return {};
  const paths = await metadataFiles(request, host);
  if (paths.length === 0) return {};
  const { bundlers } = await import('./index.ts');
  const facts: BundlerFacts[] = [];
  // One after the other: the largest of them are hundreds of megabytes when parsed.
  for (const path of paths) {
    const value = parseOrNull(await host.read(host.resolve(request.root, path)), path);
    if (value === null) continue;
    facts.push(...factsOf({ ...request, path, value }, Object.values(bundlers)));
  }
  return joinFacts(facts);
}

function factsOf(metadata: Metadata, bundlers: readonly Bundler[]): BundlerFacts[] {
  return bundlers.map((bundler) => bundler.read(metadata)).filter((facts) => facts !== null);
}

/** Other tools call their files so too: what is no JSON is none of a bundler's. */
function parseOrNull(bytes: Uint8Array | null, path: string): unknown {
  if (bytes === null || bytes.length > LARGEST) return null;
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(path.endsWith('.js') ? assigned(text) : text) as unknown;
  } catch {
    return null;
  }
}

/** The JSON in `globalThis.MANIFEST["/page"] = {...};` */
function assigned(script: string): string {
  const at = script.search(/\] ?= ?\{/);
  return at < 0 ? '' : script.slice(script.indexOf('{', at), script.lastIndexOf('}') + 1);
}

/** The first that speaks of an asset, a module or a route is believed: it stands further out. */
function joinFacts(all: readonly BundlerFacts[]): BundlerFacts {
  return {
    origins: joinMaps(all.map(({ origins }) => origins)),
    hashes: joinMaps(all.map(({ hashes }) => hashes)),
    modules: joinMaps(all.map(({ modules }) => modules)),
    wholes: joinMaps(all.map(({ wholes }) => wholes)),
    importers: joinMaps(all.map(({ importers }) => importers)),
    routes: joinPages(all.map(({ routes }) => routes)),
    entries: joinPages(all.map(({ entries }) => entries)),
    dynamicEntries: joinPages(all.map(({ dynamicEntries }) => dynamicEntries)),
  };
}

function joinMaps<Value>(
  maps: readonly (ReadonlyMap<string, Value> | undefined)[],
): ReadonlyMap<string, Value> {
  const joined = new Map<string, Value>();
  for (const [key, value] of maps.flatMap((map) => [...(map ?? [])])) {
    if (!joined.has(key)) joined.set(key, value);
  }
  return joined;
}

type Pages = NonNullable<BundlerFacts['routes']>;

/**
 * Several files may speak of one page, each of a part of it. Of a page none of whose files was
 * measured nothing is known.
 */
function joinPages(lists: readonly (Pages | undefined)[]): Pages {
  const pages = new Map<string, Pages[number]>();
  for (const page of lists.flatMap((list) => list ?? [])) {
    const known = pages.get(page.path);
    pages.set(page.path, known === undefined ? page : joinPage(known, page));
  }
  return [...pages.values()].filter(({ initial, lazy }) => initial.length + lazy.length > 0);
}

function joinPage(left: Pages[number], right: Pages[number]): Pages[number] {
  const initial = new Set([...left.initial, ...right.initial]);
  const lazy = new Set([...left.lazy, ...right.lazy].filter((path) => !initial.has(path)));
  const unresolved = new Set([...left.unresolved, ...right.unresolved]);
  return {
    ...left,
    initial: [...initial].sort(),
    lazy: [...lazy].sort(),
    unresolved: [...unresolved],
  };
}
