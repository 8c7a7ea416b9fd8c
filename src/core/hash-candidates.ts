import { isHashLength, type TokenWeight, weighToken } from './hash-token.ts';
import type { Nats } from './text-cost.ts';

/** A part of a path: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly token: string;
  readonly start: number;
  readonly end: number;
}

/** A part of a file name that may be its content hash. */
export interface Candidate extends Span, TokenWeight {
  /** What stands before the token; '' where the token is the whole name. */
  readonly separator: string;
  /** The score less what the place takes off. */
  readonly likelihood: Nats;
}

/**
 * The ends of a file's name, before its extensions, that a separator sets off and that look like a
 * hash; the shortest first. A hash may hold `-` and `_` itself, so that there may be several.
 */
export function candidatesOf(path: string): Candidate[] {
  const nameStart = path.lastIndexOf('/') + 1;
  const end = extensionsStart(path);
  if (isWhollyNamed(path.slice(nameStart, end))) return [];
  return startsOf(path, nameStart, end).flatMap((start) => {
    const separator = start === nameStart ? '' : path.charAt(start - 1);
    return candidateAt(path, start, end, separator);
  });
}

/** The offset at which the extensions begin: of `.chunk.css.map` in `main.1f3a.chunk.css.map`. */
function extensionsStart(path: string): number {
  const nameStart = path.lastIndexOf('/') + 1;
  const extensions = EXTENSIONS.exec(path.slice(nameStart));
  return extensions === null ? path.length : nameStart + extensions.index;
}

/** `-s.p` marks the fonts that Next.js preloads. */
const EXTENSIONS =
  /(?:-s)?(?:\.(?:min|chunk|bundle|module|modern|legacy|esm|cjs|umd|iife|system|entry|worker|async|production|prod|development|dev|d|p|rtl|ltr))*\.[A-Za-z][A-Za-z0-9]{0,9}(?:\.(?:map|gz|br|zst|LICENSE\.txt))*$/;

/** Names that end in a UUID, or are a placeholder: what looks like a hash is a part of them. */
function isWhollyNamed(stem: string): boolean {
  return /^__.+__$|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(stem);
}

function startsOf(path: string, nameStart: number, end: number): number[] {
  const starts: number[] = [];
  for (let start = end - 1; start > nameStart + 1; start--) {
    const before = path.charAt(start - 1);
    if (before === '-' || before === '_') starts.push(start);
    if (before === '.' || before === '~') return [...starts, start];
  }
  return [...starts, nameStart];
}

/** A whole name is seldom a hash, and what follows an underscore mostly belongs to it. */
const HANDICAPS: Readonly<Record<string, Nats>> = { '': 5, _: 2 };

function candidateAt(path: string, start: number, end: number, separator: string): Candidate[] {
  if (!isHashLength(end - start)) return [];
  const token = path.slice(start, end);
  if (separator === '' && !WHOLE_NAME.test(token)) return [];
  const handicap = HANDICAPS[separator] ?? 0;
  const weight = weighToken(token, handicap);
  if (weight === null) return [];
  return [{ token, start, end, separator, likelihood: weight.score - handicap, ...weight }];
}

/** A longer name with separators is rather a name with a hash at its end. */
const WHOLE_NAME = /^(?:[A-Za-z0-9]+|.{8}|.{13})$/;
