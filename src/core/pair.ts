import type { Asset } from '../model/snapshot.ts';
import { isAnonymous } from './anonymous.ts';
import { findHash } from './fingerprint.ts';
import { groupBy } from './group-by.ts';
import { type AssetPair, Matching } from './matching.ts';

/**
 * Pairs base's assets with head's, each at most once, by what is surest first: the name that a
 * bundler gives, the path, the name without its content hash, the content, and at last by what is
 * inside. What is left is added or removed; two never become one.
 */
export function pairAssets(base: readonly Asset[], head: readonly Asset[]): AssetPair[] {
  const matching = new Matching(base, head);
  const isNamed = namedIn(base, head);
  // The digest first: it has no space, so that no two assets have one key.
  matching.byUnique(({ path, content }) => `${content} ${path}`);
  matching.byUnique((asset) => asset.origin ?? null);
  matching.byUnique((asset) => (isAnonymous(asset) ? null : asset.path));
  matching.byUnique((asset) => within(asset, hashedName(asset)));
  matching.byUnique((asset) => (isNamed(asset) ? hashedName(asset) : null), hasOneOrigin);
  matching.byUnique((asset) => (isNamed(asset) ? guessedName(asset) : null), hasOneOrigin);
  matching.byUnique((asset) => (asset.raw > 0 ? asset.content : null));
  matching.byLikeness();
  matching.byUnique((asset) => asset.path, matching.mayBeOne);
  matching.byUnique(hashedName, matching.mayBeOne);
  matching.byUnique(guessedName, matching.mayBeOne);
  return matching.result();
}

/** Says whether a name tells an asset from all others of its side. */
function namedIn(...sides: readonly (readonly Asset[])[]): (asset: Asset) => boolean {
  // Made only where paths do not do.
  let shared: ReadonlySet<string> | null = null;
  return (asset) => {
    shared ??= sharedNames(sides);
    return !shared.has(asset.subject) && !isAnonymous(asset);
  };
}

function sharedNames(sides: readonly (readonly Asset[])[]): ReadonlySet<string> {
  const shared = new Set<string>();
  for (const side of sides) {
    for (const [name, { length }] of groupBy(side, ({ subject }) => subject)) {
      if (length > 1) shared.add(name);
    }
  }
  return shared;
}

function hashedName({ subject, path }: Asset): string | null {
  return subject === path ? null : subject;
}

/** Equal contents among those that share a name. */
function within({ content }: Asset, name: string | null): string | null {
  return name === null ? null : JSON.stringify([name, content]);
}

/** The name without a token that at least one side only takes for a hash perhaps. */
function guessedName(asset: Asset): string | null {
  const hash = findHash(asset.path);
  if (hash === null) return null;
  const { start, end, token } = hash;
  return `${asset.path.slice(0, start)}[${token.length}]${asset.path.slice(end)}`;
}

/** Two source files may be called alike: the bundler knows better. */
function hasOneOrigin(base: Asset, head: Asset): boolean {
  return base.origin === undefined || head.origin === undefined || base.origin === head.origin;
}
