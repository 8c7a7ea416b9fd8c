import type { Asset } from '../model/snapshot.ts';
import { findHash } from './fingerprint.ts';
import { groupBy } from './group-by.ts';

/** An asset on both sides, or on one; never both null. */
export interface AssetPair {
  readonly base: Asset | null;
  readonly head: Asset | null;
}

/**
 * Pairs base's assets with head's, each at most once: by path, by the name that a manifest gives,
 * by the name without its content hash, by content. What is left is added or removed; an asset
 * is never paired with one that merely resembles it, and two never become one.
 */
export function pairAssets(base: readonly Asset[], head: readonly Asset[]): AssetPair[] {
  const matching = new Matching(base, head);
  matching.byUnique((asset) => asset.path);
  matching.byUnique((asset) => asset.origin ?? null);
  matching.byContent((asset) => (hasHash(asset) ? asset.subject : null));
  matching.byUnique((asset) => (hasHash(asset) ? asset.subject : null));
  matching.byUnique(guessedName);
  matching.byUnique((asset) => (asset.raw > 0 ? asset.content : null));
  return matching.result();
}

function hasHash(asset: Asset): boolean {
  return asset.subject !== asset.path;
}

/** The name without a token that at least one side only takes for a hash perhaps. */
function guessedName(asset: Asset): string | null {
  const hash = findHash(asset.path);
  if (hash === null) return null;
  const { start, end, token } = hash;
  return `${asset.path.slice(0, start)}[${token.length}]${asset.path.slice(end)}`;
}

type Key = (asset: Asset) => string | null;

class Matching {
  readonly #base: Set<Asset>;
  readonly #head: Set<Asset>;
  readonly #pairs: AssetPair[] = [];

  constructor(base: readonly Asset[], head: readonly Asset[]) {
    this.#base = new Set(base);
    this.#head = new Set(head);
  }

  /** Pairs what is alone with its key on both sides. */
  byUnique(key: Key): void {
    const heads = keyed(this.#head, key);
    for (const [name, bases] of keyed(this.#base, key)) {
      const [baseAsset, ...otherBases] = bases;
      const [headAsset, ...otherHeads] = heads.get(name) ?? [];
      if (otherBases.length > 0 || otherHeads.length > 0) continue;
      if (baseAsset !== undefined && headAsset !== undefined) this.#pair(baseAsset, headAsset);
    }
  }

  /** Among those that share a key, pairs what has the same content. */
  byContent(key: Key): void {
    this.byUnique((asset) => {
      const name = key(asset);
      return name === null ? null : JSON.stringify([name, asset.content]);
    });
  }

  #pair(base: Asset, head: Asset): void {
    this.#pairs.push({ base, head });
    this.#base.delete(base);
    this.#head.delete(head);
  }

  result(): AssetPair[] {
    return [
      ...this.#pairs,
      ...[...this.#base].map((base) => ({ base, head: null })),
      ...[...this.#head].map((head) => ({ base: null, head })),
    ];
  }
}

function keyed(assets: ReadonlySet<Asset>, key: Key): ReadonlyMap<string, readonly Asset[]> {
  const named = [...assets].filter((asset) => key(asset) !== null);
  return groupBy(named, (asset) => key(asset) ?? '');
}
