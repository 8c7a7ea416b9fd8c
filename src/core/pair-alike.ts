import type { Asset } from '../model/snapshot.ts';
import { LEAST_ALIKE } from './least-alike.ts';
import type { Feature, Likeness, Likenesses } from './likeness.ts';

/** Features that an asset is looked up by, and assets that a feature may lead to. */
const PROBES = 16;
const MOST_WITH_FEATURE = 16;

/** An asset on both sides. */
export interface FoundPair {
  readonly base: Asset;
  readonly head: Asset;
}

/**
 * Pairs assets that resemble each other, the most alike first, each at most once; what splits in
 * two goes on as the part that is most like it. The order of assets does not matter.
 */
export function pairAlike(
  base: Iterable<Asset>,
  head: Iterable<Asset>,
  likenesses: Likenesses,
): FoundPair[] {
  const ranked = candidatesOf([...base], [...head], likenesses)
    .map((pair) => ({ ...pair, likeness: likenesses.between(pair.base, pair.head) ?? 0 }))
    .filter(({ likeness }) => likeness >= LEAST_ALIKE)
    .sort(byRank);
  const taken = new Set<Asset>();
  return ranked.filter((pair) => {
    if (taken.has(pair.base) || taken.has(pair.head)) return false;
    taken.add(pair.base).add(pair.head);
    return true;
  });
}

type Ranked = FoundPair & { readonly likeness: Likeness };

/** Ties go to those of one name, and then by their paths, whichever side these are on. */
function byRank(left: Ranked, right: Ranked): number {
  const likeness = right.likeness - left.likeness;
  if (Math.abs(likeness) > 1e-9) return likeness;
  const names = Number(isOfOneName(right)) - Number(isOfOneName(left));
  if (names !== 0) return names;
  return pathsOf(left) < pathsOf(right) ? -1 : 1;
}

function isOfOneName({ base, head }: FoundPair): boolean {
  return base.subject === head.subject;
}

function pathsOf({ base, head }: FoundPair): string {
  return [base.path, head.path].sort().join('\n');
}

/**
 * Pairs with something rare in common: every pair would be a million for a thousand on each side.
 */
function candidatesOf(
  base: readonly Asset[],
  head: readonly Asset[],
  likenesses: Likenesses,
): FoundPair[] {
  const bases = new Lookup(base, likenesses);
  const heads = new Lookup(head, likenesses);
  const found = new Map<Asset, Set<Asset>>();
  const add = (one: Asset, other: Asset) => {
    const others = found.get(one);
    if (others === undefined) found.set(one, new Set([other]));
    else others.add(other);
  };
  for (const one of base) for (const other of heads.like(one)) add(one, other);
  for (const other of head) for (const one of bases.like(other)) add(one, other);
  return [...found].flatMap(([one, others]) =>
    [...others].map((other) => ({ base: one, head: other })),
  );
}

/** Assets by their features. */
class Lookup {
  readonly #byFeature = new Map<Feature, Asset[]>();
  readonly #likenesses: Likenesses;

  constructor(assets: readonly Asset[], likenesses: Likenesses) {
    this.#likenesses = likenesses;
    for (const asset of assets) {
      for (const feature of likenesses.features(asset)) this.#add(feature, asset);
    }
  }

  #add(feature: Feature, asset: Asset): void {
    const assets = this.#byFeature.get(feature);
    if (assets === undefined) this.#byFeature.set(feature, [asset]);
    else assets.push(asset);
  }

  /** Those that share one of the rarest features of an asset of the other side. */
  like(asset: Asset): Asset[] {
    return this.#likenesses
      .rarest(asset, (feature) => this.#isTelling(feature), PROBES)
      .flatMap((feature) => this.#byFeature.get(feature) ?? []);
  }

  #isTelling(feature: Feature): boolean {
    const count = this.#byFeature.get(feature)?.length ?? 0;
    return count > 0 && count <= MOST_WITH_FEATURE;
  }
}
