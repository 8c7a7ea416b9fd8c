import { candidatesOf, type Span } from './hash-candidates.ts';
import { hashesOf } from './hash-company.ts';

export { isPlausibleHash } from './hash-token.ts';

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
  const listing = new Set(paths);
  const names = new Map<string, string>();
  for (const [path, hashes] of hashesOf(listing)) {
    const name = hashes.length === 0 ? path : withoutHashes(path, hashes);
    names.set(path, listing.has(name) ? path : name);
  }
  return names;
}

/** All content hashes in a listing of paths: those of file names and those of folders. */
export function hashTokens(paths: readonly string[]): ReadonlySet<string> {
  const hashes = [...hashesOf(new Set(paths)).values()].flat();
  return new Set(hashes.map(({ token }) => token));
}

function withoutHashes(path: string, hashes: readonly Span[]): string {
  return hashes.reduceRight(
    (name, { start, end }) => `${name.slice(0, start)}[hash]${name.slice(end)}`,
    path,
  );
}
