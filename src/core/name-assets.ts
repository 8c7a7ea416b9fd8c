import type { Asset } from '../model/snapshot.ts';

/** What a bundler says of its assets' names, by path. */
export interface AssetNames {
  readonly origins?: ReadonlyMap<string, string> | undefined;
  /** The content hashes in their paths, as the bundler wrote them. */
  readonly hashes?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** Assets with what a bundler says of their names, which goes before what names look like. */
export function nameAssets(
  assets: readonly Asset[],
  { origins, hashes }: AssetNames,
): readonly Asset[] {
  if (!origins?.size && !hashes?.size) return assets;
  const paths = new Set(assets.map(({ path }) => path));
  return assets.map((asset) => {
    const origin = origins?.get(asset.path);
    const subject = exactSubject(asset.path, hashes?.get(asset.path) ?? []) ?? asset.subject;
    return {
      ...asset,
      // A path never takes the name of another one.
      subject: paths.has(subject) ? asset.subject : subject,
      ...(origin === undefined ? {} : { origin }),
    };
  });
}

/** What is shorter may stand in a name by chance. */
const SHORTEST = 5;

/** The path with `[hash]` for the last place of each hash; null where it holds none of them. */
function exactSubject(path: string, hashes: readonly string[]): string | null {
  let subject = path;
  for (const hash of hashes.filter(({ length }) => length >= SHORTEST)) {
    const at = subject.lastIndexOf(hash);
    if (at >= 0) subject = `${subject.slice(0, at)}[hash]${subject.slice(at + hash.length)}`;
  }
  return subject === path ? null : subject;
}
