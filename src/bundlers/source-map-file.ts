import { mapComment } from '../core/map-comment.ts';
import type { Host } from '../model/host.ts';

/** The source map of an asset, not yet looked into. */
export type FoundMap =
  | {
      readonly kind: 'found';
      readonly bytes: Uint8Array;
      /** Absolute; what its sources are seen from. */
      readonly folder: string;
      /** Where the comment that names it starts, in bytes of the asset; null without one. */
      readonly comment: number | null;
    }
  /** Named, but not there or not to be read; or nowhere to be seen. */
  | { readonly kind: 'missing' | 'none' };

/** An asset whose map is looked for. */
export interface MappedAsset {
  /** Absolute. */
  readonly path: string;
  /** Its bytes, as latin-1. */
  readonly code: string;
  /** Absolute; no map is read from outside of it. */
  readonly root: string;
}

/**
 * The map that an asset names, or the one that lies beside it: hidden maps are named nowhere.
 * Nothing is fetched, and nothing read from outside the root.
 */
export async function findSourceMap(asset: MappedAsset, host: Host): Promise<FoundMap> {
  const comment = mapComment(asset.code);
  const found = comment?.url.startsWith('data:')
    ? inlineMap(comment.url, asset, host)
    : await mapFile(comment?.url ?? null, asset, host);
  if (found !== null) return { kind: 'found', ...found, comment: comment?.start ?? null };
  return { kind: comment === null ? 'none' : 'missing' };
}

/**
 * Whether a map is named that is nowhere to be read.
 * @param asset of its code the end may be enough, from before the comment: false where it is not
 */
export async function isMapMissing(asset: MappedAsset, host: Host): Promise<boolean> {
  const comment = mapComment(asset.code);
  if (comment === null || comment.url.startsWith('data:')) return false;
  for (const place of placesOf(comment.url, asset, host)) {
    if (await isFile(place, host)) return false;
  }
  return true;
}

type MapBytes = Pick<Extract<FoundMap, { kind: 'found' }>, 'bytes' | 'folder'>;

function inlineMap(url: string, { path }: MappedAsset, host: Host): MapBytes | null {
  const bytes = inlineBytes(url);
  return bytes === null ? null : { bytes, folder: host.resolve(path, '..') };
}

async function mapFile(
  url: string | null,
  asset: MappedAsset,
  host: Host,
): Promise<MapBytes | null> {
  for (const place of placesOf(url, asset, host)) {
    const bytes = await readMap(place, host);
    if (bytes === null) continue;
    return { bytes, folder: host.resolve(place, '..') };
  }
  return null;
}

/** Where a map file may be; the first that is there counts. */
function placesOf(url: string | null, asset: MappedAsset, host: Host): ReadonlySet<string> {
  const named = url === null ? null : namedPath(url, asset, host);
  const beside = `${asset.path}.map`;
  return new Set([named ?? beside, beside]);
}

/** What is no file, or one that may not be read, is as good as no map; a device never ends. */
async function readMap(place: string, host: Host): Promise<Uint8Array | null> {
  try {
    return (await isFile(place, host)) ? await host.read(place) : null;
  } catch {
    return null;
  }
}

async function isFile(place: string, host: Host): Promise<boolean> {
  try {
    return (await host.kind(place)) === 'file';
  } catch {
    return false;
  }
}

/** A map's bytes in base 64, or percent-encoded. */
function inlineBytes(url: string): Uint8Array | null {
  const comma = url.indexOf(',');
  if (comma < 0) return null;
  const data = url.slice(comma + 1);
  if (/;base64$/i.test(url.slice(0, comma))) return Buffer.from(data, 'base64');
  const text = decoded(Buffer.from(data, 'latin1').toString('utf8'));
  return text === null ? null : Buffer.from(text);
}

/** Null for an address of the web, and for what is outside. */
function namedPath(url: string, { path, root }: MappedAsset, host: Host): string | null {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(url)) return null;
  const written = Buffer.from(url.replace(/[?#].*$/s, ''), 'latin1').toString('utf8');
  const name = decoded(written) ?? written;
  // A path from the root of a site: nothing says which folder that is.
  if (name === '' || name.includes('\0') || name.startsWith('/')) return null;
  const place = host.resolve(path, '..', name);
  const seen = host.relative(root, place);
  return seen.startsWith('../') || seen.startsWith('/') || /^[A-Za-z]:/.test(seen) ? null : place;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
