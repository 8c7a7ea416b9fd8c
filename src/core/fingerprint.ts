import { candidatesOf, type Span } from './hash-candidates.ts';
import { hashesInNames } from './hash-company.ts';
import { isPlausibleHash, weighToken } from './hash-token.ts';

export { isPlausibleHash };

/** Where a content hash stands in a path. */
export interface HashToken {
  readonly token: string;
  /** Offsets into the path, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** `low` counts only when paired: beside sure ones of its shape, or one to one in base and head. */
  readonly confidence: 'high' | 'low';
}

/** The likeliest content hash in the file name of `path` (a key with '/'), or null. */
export function findHash(path: string): HashToken | null {
  const [first, ...others] = candidatesOf(path).filter(({ likelihood }) => likelihood >= LEAST);
  if (first === undefined) return null;
  const { token, start, end, strength } = others.reduce(
    (best, candidate) => (candidate.likelihood > best.likelihood ? candidate : best),
    first,
  );
  return { token, start, end, confidence: strength === 'strong' ? 'high' : 'low' };
}

/** Nats below which a token without company is not worth a guess. */
const LEAST = -1;

/**
 * The stable name of each path, with `[hash]` for its content hashes: 'dist/assets/index-[hash].js'.
 * Takes the whole listing, because sure tokens support doubtful ones; the order of paths does not
 * matter. A path that would take the name of another one in the listing keeps its own.
 */
export function stableNames(paths: readonly string[]): Map<string, string> {
  const taken = new Set(paths);
  const hashes = new Hashes(paths);
  const names = new Map<string, string>();
  for (const path of taken) {
    const name = withoutHashes(path, hashes.in(path));
    names.set(path, taken.has(name) ? path : name);
  }
  return names;
}

/** All content hashes in a listing of paths: those of file names and those of folders. */
export function hashTokens(paths: readonly string[]): ReadonlySet<string> {
  const hashes = new Hashes(paths);
  return new Set(paths.flatMap((path) => hashes.in(path).map(({ token }) => token)));
}

/** The hashes in the paths of a listing, those in folders looked at once a folder. */
class Hashes {
  readonly #paths: ReadonlySet<string>;
  readonly #inNames: ReadonlyMap<string, Span>;
  readonly #inFolders = new Map<string, readonly Span[]>();

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
    this.#inNames = hashesInNames(paths);
  }

  /** The hashes in one of the paths, in their order. */
  in(path: string): readonly Span[] {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const inFolder = this.#inFolders.get(folder) ?? this.#folderHashes(folder);
    this.#inFolders.set(folder, inFolder);
    const inName = this.#inNames.get(path);
    return inName === undefined ? inFolder : [...inFolder, inName];
  }

  /** Folders named after a build or a commit: 'static/<build id>/_buildManifest.js' of Next.js. */
  #folderHashes(folder: string): Span[] {
    const isBuild = this.#paths.has(`${folder}_buildManifest.js`);
    return [...folder.matchAll(/[^/]+/g)]
      .map(({ 0: token, index }) => ({ token, start: index, end: index + token.length }))
      .filter(({ token, end }) => {
        if (isBuild && end === folder.length - 1) return isPlausibleHash(token);
        return token.length >= SHORTEST_FOLDER && weighToken(token)?.strength === 'strong';
      });
  }
}

const SHORTEST_FOLDER = 20;

function withoutHashes(path: string, hashes: readonly Span[]): string {
  return hashes.reduceRight(
    (name, { start, end }) => `${name.slice(0, start)}[hash]${name.slice(end)}`,
    path,
  );
}
