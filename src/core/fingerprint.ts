import { type Candidate, candidatesOf, type Span } from './hash-candidates.ts';
import { type CandidatesOf, hashesOf } from './hash-company.ts';

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

/** What is known of the content hashes in a listing. */
export interface Fingerprint {
  /** The stable name of each path, with `[hash]` for its content hashes: 'dist/index-[hash].js'. */
  readonly names: ReadonlyMap<string, string>;
  /** All content hashes in the names of files and folders, of the siblings too. */
  readonly tokens: ReadonlySet<string>;
}

/**
 * What is a content hash in the paths of a listing. Takes the whole listing, because sure tokens
 * support doubtful ones; the order of paths does not matter.
 * @param siblings what stands beside them and is not measured: its hashes are tokens too
 */
export function fingerprint(
  paths: readonly string[],
  siblings: readonly string[] = [],
): Fingerprint {
  const candidates = onceForEach(candidatesOf);
  const own = hashesOf(new Set(paths), candidates);
  // In the company of its own kind only, a name does not depend on what is not measured.
  const all = siblings.length === 0 ? own : hashesOf(new Set([...paths, ...siblings]), candidates);
  const tokens = new Set<string>();
  for (const hashes of all.values()) for (const { token } of hashes) tokens.add(token);
  return { names: namesBy(own), tokens };
}

/** Weighing the tokens of a path is most of the work, and both listings have it. */
function onceForEach(candidates: CandidatesOf): CandidatesOf {
  const known = new Map<string, readonly Candidate[]>();
  return (path) => {
    const found = known.get(path) ?? candidates(path);
    known.set(path, found);
    return found;
  };
}

/** A path that would take the name of another one in the listing keeps its own. */
function namesBy(hashesByPath: ReadonlyMap<string, readonly Span[]>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [path, hashes] of hashesByPath) {
    const name = hashes.length === 0 ? path : withoutHashes(path, hashes);
    names.set(path, hashesByPath.has(name) ? path : name);
  }
  return names;
}

function withoutHashes(path: string, hashes: readonly Span[]): string {
  return hashes.reduceRight(
    (name, { start, end }) => `${name.slice(0, start)}[hash]${name.slice(end)}`,
    path,
  );
}
