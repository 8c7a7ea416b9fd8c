import type { CompressedEncoding, Encoding } from '../model/metric.ts';
import type { Asset, Encoders, Snapshot } from '../model/snapshot.ts';

/** Compressed sizes that a baseline knows, for the encodings that it made as we would. */
export class KnownSizes {
  readonly #byHash = new Map<string, Asset>();
  readonly #usable: ReadonlySet<Encoding>;

  constructor(snapshot: Snapshot | null, encoders: Encoders) {
    const same = (['gzip', 'brotli'] as const).filter(
      (encoding) =>
        snapshot?.encoders.levels[encoding] === encoders.levels[encoding] &&
        snapshot.encoders.probe[encoding] === encoders.probe[encoding],
    );
    this.#usable = new Set(same);
    for (const asset of snapshot?.assets ?? []) {
      this.#byHash.set(asset.content, asset);
      this.#byHash.set(asset.sha256, asset);
    }
  }

  /** False where everything is to be compressed anew. */
  get hasSizes(): boolean {
    return this.#usable.size > 0 && this.#byHash.size > 0;
  }

  /** One of equal bytes, and so of equal content: nothing to look through again. */
  asset(digest: string): Asset | undefined {
    const asset = this.#byHash.get(digest);
    return asset?.sha256 === digest ? asset : undefined;
  }

  size(digest: string, content: string, encoding: CompressedEncoding): number | undefined {
    if (!this.#usable.has(encoding)) return undefined;
    return (this.#byHash.get(digest) ?? this.#byHash.get(content))?.[encoding];
  }
}
