import { type Candidate, candidatesOf, type Span } from './hash-candidates.ts';
import type { Nats } from './text-cost.ts';

/**
 * The hash in the name of each file of a listing, for those that have one. Sure tokens support
 * doubtful ones of the same shape (separator, length, classes of characters): the more, the larger
 * their share of the files of that kind in the folder.
 */
export function hashesInNames(paths: readonly string[]): ReadonlyMap<string, Span> {
  const files = [...new Set(paths)].map((path) => ({
    path,
    kind: path.slice(0, path.lastIndexOf('/') + 1) + path.slice(path.lastIndexOf('.')),
    candidates: candidatesOf(path),
  }));
  const company = new Company(files);
  return new Map(
    files.flatMap((file): [string, Span][] => {
      const hash = company.hashOf(file);
      return hash === null ? [] : [[file.path, hash]];
    }),
  );
}

interface File {
  readonly path: string;
  /** Folder and extension: 'dist/assets/.js'. */
  readonly kind: string;
  readonly candidates: readonly Candidate[];
}

interface Shape {
  readonly tokens: Set<string>;
  classes: number;
}

/** Nats for each e-fold of tokens of one shape: settles which of two candidates is the hash. */
const COMPANY: Nats = 5;
/** Two sure tokens make a shape. */
const FEWEST = 2;
/** Bounds of what a folder may add to a token's score, or take off. */
const LEAST_ODDS: Nats = -2;
const MOST_ODDS: Nats = 3;

class Company {
  readonly #shapes = new Map<string, Shape>();
  readonly #counts = new Map<string, number>();

  constructor(files: readonly File[]) {
    for (const { kind, candidates } of files) {
      this.#count(kind);
      const likely = mostLikely(candidates.filter(({ score }) => score >= 0));
      if (likely !== null) this.#count(`${kind} ${shapeOf(likely)}`);
      const sure = mostLikely(candidates.filter(({ strength }) => strength !== 'weak'));
      if (sure === null) continue;
      const shape = this.#shapes.get(shapeOf(sure)) ?? { tokens: new Set(), classes: 0 };
      shape.tokens.add(sure.token);
      shape.classes |= classesOf(sure.token);
      this.#shapes.set(shapeOf(sure), shape);
    }
  }

  /** The hash in the name of one file, or null. */
  hashOf({ kind, candidates }: File): Candidate | null {
    const credible = candidates.filter(
      (candidate) =>
        candidate.strength === 'strong' ||
        (this.#support(candidate) >= FEWEST && candidate.score + this.#odds(kind, candidate) >= 0),
    );
    return mostLikely(credible, (candidate) => COMPANY * Math.log(1 + this.#support(candidate)));
  }

  /** How many sure tokens of its shape the listing holds. */
  #support(candidate: Candidate): number {
    const shape = this.#shapes.get(shapeOf(candidate));
    if (shape === undefined || (classesOf(candidate.token) & ~shape.classes) !== 0) return 0;
    return shape.tokens.size;
  }

  /** Log odds that a file of its kind has a hash of its shape. */
  #odds(kind: string, candidate: Candidate): Nats {
    const all = this.#counts.get(kind) ?? 0;
    const likely = this.#counts.get(`${kind} ${shapeOf(candidate)}`) ?? 0;
    const odds = Math.log((likely + 1) / (all - likely + 1));
    return Math.min(MOST_ODDS, Math.max(LEAST_ODDS, odds));
  }

  #count(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
}

function mostLikely(
  candidates: readonly Candidate[],
  bonus: (candidate: Candidate) => Nats = () => 0,
): Candidate | null {
  const ranked = candidates.map((candidate) => ({
    candidate,
    rank: candidate.likelihood + bonus(candidate),
  }));
  ranked.sort((left, right) => right.rank - left.rank);
  return ranked[0]?.candidate ?? null;
}

function shapeOf({ separator, token }: Candidate): string {
  return `${separator}${token.length}`;
}

const CLASSES = [/[A-Z]/, /[a-f]/, /[g-z]/, /[-_]/] as const;

/** A bit for each class of characters that occurs; digits are in every alphabet. */
function classesOf(token: string): number {
  return CLASSES.reduce((bits, pattern, index) => bits | (pattern.test(token) ? 1 << index : 0), 0);
}
