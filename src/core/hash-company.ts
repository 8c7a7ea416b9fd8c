import { alphabetOf } from './hash-alphabet.ts';
import { type Candidate, candidatesOf, type Span } from './hash-candidates.ts';
import { weighToken } from './hash-token.ts';
import { isPlausibleHash } from './plausible-hash.ts';
import type { Nats } from './text-cost.ts';

/**
 * The content hashes in each path of a listing, in their order: of its folders, of its name. Sure
 * tokens support doubtful ones of the same shape (separator, length, alphabet), the more the larger
 * their share of the files in the folder with the same extension.
 * @param candidates for whoever asks of several listings, and has kept what each path may hold
 */
export function hashesOf(
  paths: ReadonlySet<string>,
  candidates: CandidatesOf = candidatesOf,
): ReadonlyMap<string, readonly Span[]> {
  const company = new Company(paths, candidates);
  const hashes = new Map<string, readonly Span[]>();
  for (const file of company.files) hashes.set(file.path, company.hashesOf(file));
  return hashes;
}

/** What may be a hash in a path, whatever stands beside it. */
export type CandidatesOf = (path: string) => readonly Candidate[];

interface File {
  readonly path: string;
  readonly folder: Folder;
  readonly kind: Kind;
  readonly candidates: readonly Candidate[];
}

interface Folder {
  readonly hashes: readonly Span[];
  /** By extension. */
  readonly kinds: Map<string, Kind>;
}

/** The files of one folder with one extension. */
interface Kind {
  files: number;
  /** How many of them probably have a hash, by its shape. */
  readonly likely: Map<number, number>;
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
  readonly files: readonly File[];
  readonly #folders = new Map<string, Folder>();
  readonly #shapes = new Map<number, Shape>();

  constructor(paths: ReadonlySet<string>, candidatesOf: CandidatesOf) {
    this.files = Array.from(paths, (path) => this.#add(path, paths, candidatesOf(path)));
  }

  #add(path: string, paths: ReadonlySet<string>, candidates: readonly Candidate[]): File {
    const folder = this.#folderOf(path, paths);
    const kind = kindOf(path, folder);
    kind.files += 1;
    if (candidates.length === 0) return { path, folder, kind, candidates };
    const likely = likeliest(candidates, isLikely);
    if (likely !== null) count(kind.likely, shapeOf(likely));
    const sure = likeliest(candidates, ({ strength }) => strength !== 'weak');
    if (sure !== null) this.#addSure(sure);
    return { path, folder, kind, candidates };
  }

  #folderOf(path: string, paths: ReadonlySet<string>): Folder {
    const name = path.slice(0, path.lastIndexOf('/') + 1);
    const known = this.#folders.get(name);
    if (known !== undefined) return known;
    const isBuild = paths.has(`${name}_buildManifest.js`);
    const folder = { hashes: folderHashes(name, isBuild), kinds: new Map() };
    this.#folders.set(name, folder);
    return folder;
  }

  #addSure(sure: Candidate): void {
    const shape = this.#shapes.get(shapeOf(sure)) ?? { tokens: new Set(), classes: 0 };
    shape.tokens.add(sure.token);
    shape.classes |= sure.classes;
    this.#shapes.set(shapeOf(sure), shape);
  }

  hashesOf({ folder, kind, candidates }: File): readonly Span[] {
    if (candidates.length === 0) return folder.hashes;
    const hash = likeliest(
      candidates,
      (candidate) => candidate.strength === 'strong' || this.#isBacked(candidate, kind),
      (candidate) => COMPANY * Math.log(1 + this.#support(candidate)),
    );
    if (hash === null) return folder.hashes;
    return folder.hashes.length === 0 ? [hash] : [...folder.hashes, hash];
  }

  #isBacked(candidate: Candidate, kind: Kind): boolean {
    return this.#support(candidate) >= FEWEST && candidate.score + oddsOf(candidate, kind) >= 0;
  }

  /** How many sure tokens of its shape the listing holds. */
  #support(candidate: Candidate): number {
    const shape = this.#shapes.get(shapeOf(candidate));
    if (shape === undefined || (candidate.classes & ~alphabetOf(shape.classes)) !== 0) return 0;
    return shape.tokens.size;
  }
}

function kindOf(path: string, folder: Folder): Kind {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  const known = folder.kinds.get(extension);
  if (known !== undefined) return known;
  const kind = { files: 0, likely: new Map() };
  folder.kinds.set(extension, kind);
  return kind;
}

/** Folders named after a build or a commit: 'static/<build id>/_buildManifest.js' of Next.js. */
function folderHashes(folder: string, isBuild: boolean): Span[] {
  return [...folder.matchAll(/[^/]+/g)]
    .map(({ 0: token, index }) => ({ token, start: index, end: index + token.length }))
    .filter(({ token, end }) => {
      if (isBuild && end === folder.length - 1) return isPlausibleHash(token);
      return token.length >= SHORTEST_FOLDER && weighToken(token)?.strength === 'strong';
    });
}

const SHORTEST_FOLDER = 20;

/** Log odds that a file has a hash of the candidate's shape, by the others of its kind. */
function oddsOf(candidate: Candidate, { files, likely }: Kind): Nats {
  const all = likely.get(shapeOf(candidate)) ?? 0;
  const others = Math.max(0, isLikely(candidate) ? all - 1 : all);
  const odds = Math.log((others + 0.5) / (files - others));
  return Math.min(MOST_ODDS, Math.max(-MOST_ODDS, odds));
}

function isLikely({ score }: Candidate): boolean {
  return score >= LIKELY;
}

/** Separator and length in one number. */
function shapeOf({ separator, start, end }: Candidate): number {
  return separator * 128 + end - start;
}

function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The likeliest of those that are eligible; what a `bonus` adds matters where there are several. */
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
