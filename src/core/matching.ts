import type { Asset } from '../model/snapshot.ts';
import { LEAST_ALIKE } from './least-alike.ts';
import { type Likenesses, likenessesOf } from './likeness.ts';
import { pairAlike } from './pair-alike.ts';

/** An asset on both sides, or on one; never both null. */
export interface AssetPair {
  readonly base: Asset | null;
  readonly head: Asset | null;
}

/** What an asset goes by; null for what it has not. */
export type AssetKey = (asset: Asset) => string | null;
/** Whether two assets that share a key may be one. */
export type PairTest = (base: Asset, head: Asset) => boolean;

/** Pairs found so far, and what is left on both sides. The order of assets does not matter. */
export class Matching {
  readonly #all: readonly Asset[];
  readonly #base: Set<Asset>;
  readonly #head: Set<Asset>;
  readonly #pairs: AssetPair[] = [];
  #likenesses: Likenesses | null = null;

  constructor(base: readonly Asset[], head: readonly Asset[]) {
    this.#all = [...base, ...head];
    this.#base = new Set(base);
    this.#head = new Set(head);
  }

  /** Pairs what is alone with its key on both sides. */
  byUnique(key: AssetKey, isAllowed: PairTest = () => true): void {
    if (this.#isDone()) return;
    const heads = alone(this.#head, key);
    for (const [name, base] of alone(this.#base, key)) {
      const head = heads.get(name);
      if (head !== undefined && isAllowed(base, head)) this.#pair(base, head);
    }
  }

  /** Pairs what has much in common inside. */
  byLikeness(): void {
    if (this.#isDone()) return;
    const found = pairAlike(this.#base, this.#head, this.#alike());
    for (const { base, head } of found) this.#pair(base, head);
  }

  /** False for assets of which both sides are known inside, and have next to nothing in common. */
  readonly mayBeOne: PairTest = (base, head) => {
    const likeness = this.#alike().between(base, head);
    return likeness === null || likeness >= LEAST_ALIKE;
  };

  /** Made only where names do not do: it looks into every asset. */
  #alike(): Likenesses {
    this.#likenesses ??= likenessesOf(this.#all);
    return this.#likenesses;
  }

  #isDone(): boolean {
    return this.#base.size === 0 || this.#head.size === 0;
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

/** Assets by their key, those left out that share one. */
function alone(assets: ReadonlySet<Asset>, key: AssetKey): ReadonlyMap<string, Asset> {
  const found = new Map<string, Asset>();
  const shared = new Set<string>();
  for (const asset of assets) {
    const name = key(asset);
    if (name === null) continue;
    if (found.has(name)) shared.add(name);
    else found.set(name, asset);
  }
  for (const name of shared) found.delete(name);
  return found;
}
