import { isHashLength } from './hash-alphabet.ts';
import { type TokenWeight, weighToken } from './hash-token.ts';
import type { Nats } from './text-cost.ts';

/** A part of a path: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a file name that may be its content hash. */
export interface Candidate extends Span, TokenWeight {
  /** What stands before the token, as a character code, 0 where it is the whole name. */
  readonly separator: number;
  /** The score less what the place takes off. */
  readonly likelihood: Nats;
}

/**
 * The ends of a file's name, before its extensions, that a separator sets off and that look like a
 * hash; the shortest first. A hash may hold `-` and `_` itself, so that there may be several.
 */
export function candidatesOf(path: string): readonly Candidate[] {
  const nameStart = path.lastIndexOf('/') + 1;
  const end = stemEnd(path, nameStart);
  let candidates = NONE;
  let start = end;
  do {
    start = previousStart(path, nameStart, start);
    const candidate = candidateAt(path, start, end, start === nameStart);
    // Most files have none or one: an array that is pushed to takes room for seventeen.
    if (candidate !== null) candidates = [...candidates, candidate];
  } while (start > nameStart && isInner(path.charCodeAt(start - 1)));
  const isKnown = candidates.length > 0 && isWhollyNamed(path.slice(nameStart, end));
  return isKnown ? NONE : candidates;
}

const NONE: readonly Candidate[] = [];

/** Where the extensions begin: `.chunk.css.map`, or `-s.p.woff2`, as Next.js marks fonts. */
function stemEnd(path: string, nameStart: number): number {
  const extensions = EXTENSIONS.exec(path.slice(nameStart));
  const end = extensions === null ? path.length : nameStart + extensions.index;
  return path.endsWith('-s', end) && FONT.test(path) ? end - 2 : end;
}

const EXTENSIONS =
  /(?:\.(?:min|chunk|bundle|module|modern|legacy|esm|cjs|umd|iife|system|entry|worker|async|production|prod|development|dev|d|p|rtl|ltr))*\.[A-Za-z][A-Za-z0-9]{0,9}(?:\.(?:map|gz|br|zst|LICENSE\.txt))*$/;

const FONT = /\.(?:woff2?|ttf|otf)$/;

/** Names that end in a UUID, or are a placeholder: what looks like a hash is a part of them. */
function isWhollyNamed(stem: string): boolean {
  return /^__.+__$|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(stem);
}

/** Where the token before `start` begins: after a separator that has a name before it. */
function previousStart(path: string, nameStart: number, start: number): number {
  for (let at = start - 1; at > nameStart + 1; at--) {
    const before = path.charCodeAt(at - 1);
    if (isInner(before) || before === DOT || before === TILDE) return at;
  }
  return nameStart;
}

/** A hash may hold `-` and `_` itself. */
function isInner(separator: number): boolean {
  return separator === HYPHEN || separator === UNDERSCORE;
}

const HYPHEN = 0x2d;
const DOT = 0x2e;
const UNDERSCORE = 0x5f;
const TILDE = 0x7e;

/** Whole names are seldom hashes, and what follows an underscore mostly belongs to the name. */
const WHOLE: Nats = 5;
const AFTER_UNDERSCORE: Nats = 4;
/** A longer name with separators is rather a name with a hash at its end. */
const WHOLE_NAME = /^(?:[A-Za-z0-9]+|.{8}|.{13})$/;

function candidateAt(path: string, start: number, end: number, isWhole: boolean): Candidate | null {
  if (!isHashLength(end - start)) return null;
  const token = path.slice(start, end);
  if (isWhole && !WHOLE_NAME.test(token)) return null;
  const separator = isWhole ? 0 : path.charCodeAt(start - 1);
  const handicap = isWhole ? WHOLE : separator === UNDERSCORE ? AFTER_UNDERSCORE : 0;
  const weight = weighToken(token, handicap);
  if (weight === null) return null;
  const { score, strength, classes } = weight;
  return { token, start, end, separator, likelihood: score - handicap, score, strength, classes };
}
