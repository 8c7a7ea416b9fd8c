import type { Metadata } from './bundler.ts';

/** Names that are tried in each folder. */
const SAMPLE = 50;
/** UTF-16 units of a name that is one of a file. */
const LONGEST = 1_024;

export interface PlacementHint {
  /** Key form, with a `/` at its end unless it is empty: where the bundler says that it wrote. */
  readonly prefix?: string | null;
  /** The names are paths from a folder that may lie above the root. */
  readonly fromAbove?: boolean;
}

/** The asset that a name in metadata stands for; null where it was not measured. */
export type Placement = (name: string) => string | null;

/** Where names lead, and from where they are seen. */
export interface Placed {
  readonly place: Placement;
  /** Absolute, perhaps with `..` in it. */
  readonly folder: string;
}

/**
 * Metadata names files from a folder that it does not say, or says as it was on another machine:
 * the folder is the one in which the most of them stand; null where none of them was measured.
 */
export function placementOf(
  names: readonly string[],
  metadata: Metadata,
  hint: PlacementHint = {},
): Placed | null {
  const { assets } = metadata;
  const sample = sampleOf(names.map(cleanName), assets);
  let best: Way | null = null;
  let most = 0;
  for (const way of waysOf(sample, metadata, hint)) {
    const hits = sample.filter((name) => assets.has(walk(way, name) ?? '')).length;
    if (hits > most) best = way;
    most = Math.max(most, hits);
  }
  if (best === null) return null;
  const way = best;
  const place = (name: string) => {
    const path = walk(way, cleanName(name));
    return path !== null && assets.has(path) ? path : null;
  };
  return { place, folder: metadata.root + '/..'.repeat(way.cut.split('/').length - 1) };
}

/** `cut` is taken from a name's beginning, `prefix` is put there. */
interface Way {
  readonly cut: string;
  readonly prefix: string;
}

function walk({ cut, prefix }: Way, name: string): string | null {
  return name.startsWith(cut) ? prefix + name.slice(cut.length) : null;
}

/** `./a.js?v=1` and `/a.js` are `a.js`. */
function cleanName(name: string): string {
  return name.replace(/[?#].*$/s, '').replace(/^(?:\.?\/)+/, '');
}

function sampleOf(names: readonly string[], assets: ReadonlySet<string>): readonly string[] {
  const known = new Set(Array.from(assets, fileName));
  const likely = new Set(
    names.filter((name) => name.length <= LONGEST && known.has(fileName(name))),
  );
  return [...likely].sort().slice(0, SAMPLE);
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The likeliest first: as the bundler says, by the metadata's own place, and all others. */
function waysOf(
  sample: readonly string[],
  { path, folders }: Metadata,
  { prefix = null, fromAbove = false }: PlacementHint,
): Way[] {
  const near = ['', ...parents(path)].reverse();
  const far = folders.map((folder) => (folder === '' ? '' : `${folder}/`)).sort();
  const prefixes = new Set([...(prefix === null ? [] : [prefix]), ...near, ...far]);
  const cuts = fromAbove ? parents(sample[0] ?? '') : [];
  return [
    ...[...prefixes].map((one) => ({ cut: '', prefix: one })),
    ...cuts.map((cut) => ({ cut, prefix: '' })),
  ];
}

/** `a/` and `a/b/` for `a/b/c.js`. */
function parents(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`);
}
