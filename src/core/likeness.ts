import type { Asset } from '../model/snapshot.ts';
import { packageOf } from './package-of.ts';
import { readSketch } from './sketch.ts';

/** From 0, nothing in common, to 1. */
export type Likeness = number;

/** A module's id, or the hash of a word. */
export type Feature = string | number;

/** What is in an asset: the more of its weight two assets share, the more alike they are. */
interface Traits {
  /** Modules are never held against words. */
  readonly kind: 'modules' | 'words';
  readonly weights: ReadonlyMap<Feature, number>;
  /** All words are known up to this hash. */
  readonly known: number;
}

/** How alike any two of these assets are, those that are paired already among them. */
export function likenessesOf(assets: readonly Asset[]): Likenesses {
  return new Likenesses(assets);
}

/**
 * How alike assets are, by the modules in them or, without a map, by a sketch of their words:
 * 0.6 of the Jaccard index and 0.4 of the containment of the smaller one. What stands in many
 * assets tells little of one (inverse document frequency).
 */
export class Likenesses {
  readonly #traits = new Map<Asset, readonly Traits[]>();
  readonly #frequencies = new Map<Feature, number>();

  /** @param assets of both sides, those that are paired already among them */
  constructor(assets: readonly Asset[]) {
    for (const asset of assets) {
      const traits = traitsOf(asset);
      this.#traits.set(asset, traits);
      for (const feature of traits.flatMap(({ weights }) => [...weights.keys()])) {
        this.#frequencies.set(feature, (this.#frequencies.get(feature) ?? 0) + 1);
      }
    }
  }

  /** Null where too little is known of one of them. */
  between(left: Asset, right: Asset): Likeness | null {
    if (kindOf(left.path) !== kindOf(right.path)) return 0;
    for (const traits of this.#of(left)) {
      const other = this.#of(right).find(({ kind }) => kind === traits.kind);
      if (other !== undefined) return this.#compare(traits, other);
    }
    return null;
  }

  /** The modules or the words of an asset. */
  features(asset: Asset): readonly Feature[] {
    return this.#of(asset).flatMap(({ weights }) => [...weights.keys()]);
  }

  /**
   * Those features of an asset that the fewest assets have, the rarest first.
   * @param isUsable which of them count
   */
  rarest(asset: Asset, isUsable: (feature: Feature) => boolean, most: number): readonly Feature[] {
    const ranked = this.features(asset)
      .filter(isUsable)
      .map((feature) => ({ feature, frequency: this.#frequencies.get(feature) ?? 0 }))
      .sort(
        (left, right) => left.frequency - right.frequency || order(left.feature, right.feature),
      );
    return ranked.slice(0, most).map(({ feature }) => feature);
  }

  #of(asset: Asset): readonly Traits[] {
    return this.#traits.get(asset) ?? [];
  }

  #compare(left: Traits, right: Traits): Likeness | null {
    const known = Math.min(left.known, right.known);
    let shared = 0;
    let leftOnly = 0;
    let rightOnly = 0;
    for (const [feature, weight] of left.weights) {
      const other = right.weights.get(feature) ?? 0;
      const rarity = this.#rarity(feature, known);
      shared += rarity * Math.min(weight, other);
      leftOnly += rarity * Math.max(0, weight - other);
    }
    for (const [feature, weight] of right.weights) {
      const other = left.weights.get(feature) ?? 0;
      rightOnly += this.#rarity(feature, known) * Math.max(0, weight - other);
    }
    const smaller = shared + Math.min(leftOnly, rightOnly);
    if (smaller === 0) return null;
    return (0.6 * shared) / (shared + leftOnly + rightOnly) + (0.4 * shared) / smaller;
  }

  /** 0 for a word beyond what is known of both. */
  #rarity(feature: Feature, known: number): number {
    if (typeof feature === 'number' && feature > known) return 0;
    return Math.log(1 + this.#traits.size / (this.#frequencies.get(feature) ?? 1));
  }
}

function order(left: Feature, right: Feature): number {
  return String(left) < String(right) ? -1 : 1;
}

function traitsOf({ modules, sketch }: Asset): Traits[] {
  const traits: Traits[] = [];
  if (modules !== undefined && modules.length > 0) {
    const weights = new Map(modules.map(({ id, raw }) => [id, weightOf(id, raw)]));
    traits.push({ kind: 'modules', weights, known: Number.POSITIVE_INFINITY });
  }
  const words = sketch === undefined ? null : readSketch(sketch);
  if (words === null) return traits;
  const weights = new Map(Array.from(words.values, (word) => [word, 1]));
  return [...traits, { kind: 'words', weights, known: words.known }];
}

/** An own module says what a chunk is for; packages are large, and are moved from one to another. */
function weightOf(id: string, raw: number): number {
  return packageOf(id) === null ? raw + 300 : Math.sqrt(raw);
}

function kindOf(path: string): string {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return /^[cm]js$/.test(extension) ? 'js' : extension;
}
