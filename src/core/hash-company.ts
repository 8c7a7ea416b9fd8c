import { type Candidate, candidatesOf, type Span } from './hash-candidates.ts';
import { alphabetOf } from './hash-token.ts';
import type { Nats } from './text-cost.ts';

/**
 * The hash in the name of each file of a listing, for those that have one. Sure tokens support
 * doubtful ones of the same shape (separator, length, alphabet): the more, the larger
 * their share of the files of that kind in the folder.
 */
export function hashesInNames(paths: readonly string[]): ReadonlyMap<string, Span> {
  const company = new Company();
  const files = [...new Set(paths)].map((path) => company.add(path, candidatesOf(path)));
  const hashes = new Map<string, Span>();
  for (const file of files) {
    const hash = company.hashOf(file);
    if (hash !== null) hashes.set(file.path, hash);
  }
  return hashes;
}

interface File {
  readonly path: string;
  readonly kind: Kind;
  readonly candidates: readonly Candidate[];
}

/** The files of one folder with one extension. */
interface Kind {
  files: number;
  /** How many of them probably have a hash, by its shape. */
  readonly likely: Map<string, number>;
}

/** All sure tokens of one separator and length. */
interface Shape {
  readonly tokens: Set<string>;
  classes: number;
}

/** Nats for each e-fold of tokens of one shape: settles which of two candidates is the hash. */
const COMPANY: Nats = 5;
/** Two sure tokens make a shape. */
const FEWEST = 2;
/** The score from which a token counts as a hash in the share of a folder's hashes. */
const LIKELY: Nats = 1.5;
/** The most that a folder may add to a token's score, or take off. */
const MOST_ODDS: Nats = 3;

class Company {
  readonly #shapes = new Map<string, Shape>();
  readonly #kinds = new Map<string, Kind>();

  add(path: string, candidates: readonly Candidate[]): File {
    const kind = this.#kindOf(path);
    kind.files += 1;
    const likely = likeliest(candidates, isLikely);
    if (likely !== null) kind.likely.set(likely.shape, (kind.likely.get(likely.shape) ?? 0) + 1);
    const sure = likeliest(candidates, ({ strength }) => strength !== 'weak');
    if (sure !== null) this.#addSure(sure);
    return { path, kind, candidates };
  }

  #kindOf(path: string): Kind {
    const key = path.slice(0, path.lastIndexOf('/') + 1) + path.slice(path.lastIndexOf('.'));
    const kind = this.#kinds.get(key) ?? { files: 0, likely: new Map() };
    if (kind.files === 0) this.#kinds.set(key, kind);
    return kind;
  }

  #addSure({ token, shape, classes }: Candidate): void {
    const known = this.#shapes.get(shape) ?? { tokens: new Set(), classes: 0 };
    known.tokens.add(token);
    known.classes |= classes;
    this.#shapes.set(shape, known);
  }

  /** The hash among the candidates of one file, or null. */
  hashOf({ kind, candidates }: File): Candidate | null {
    return likeliest(
      candidates,
      (candidate) => candidate.strength === 'strong' || this.#isBacked(candidate, kind),
      (candidate) => COMPANY * Math.log(1 + this.#support(candidate)),
    );
  }

  #isBacked(candidate: Candidate, kind: Kind): boolean {
    return this.#support(candidate) >= FEWEST && candidate.score + this.#odds(candidate, kind) >= 0;
  }

  /** How many sure tokens of its shape the listing holds. */
  #support(candidate: Candidate): number {
    const shape = this.#shapes.get(candidate.shape);
    if (shape === undefined || (candidate.classes & ~alphabetOf(shape.classes)) !== 0) return 0;
    return shape.tokens.size;
  }

  /** Log odds that a file has a hash of the candidate's shape, by the others of its kind. */
  #odds(candidate: Candidate, { files, likely }: Kind): Nats {
    const others = Math.max(0, (likely.get(candidate.shape) ?? 0) - (isLikely(candidate) ? 1 : 0));
    const odds = Math.log((others + 0.5) / (files - others));
    return Math.min(MOST_ODDS, Math.max(-MOST_ODDS, odds));
  }
}

function isLikely({ score }: Candidate): boolean {
  return score >= LIKELY;
}

function likeliest(
  candidates: readonly Candidate[],
  isEligible: (candidate: Candidate) => boolean,
  bonus: (candidate: Candidate) => Nats = () => 0,
): Candidate | null {
  let best: Candidate | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const candidate of candidates) {
    if (!isEligible(candidate)) continue;
    const rank = candidate.likelihood + bonus(candidate);
    if (rank > most) best = candidate;
    most = Math.max(most, rank);
  }
  return best;
}
