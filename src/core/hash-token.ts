import { type Nats, textCost } from './text-cost.ts';

/**
 * What a token proves: `strong` ones are hashes by themselves, `mutual` ones when two of their
 * shape occur together, `weak` ones only beside two that are sure.
 */
export type Strength = 'strong' | 'mutual' | 'weak';

export interface TokenWeight {
  /** How much better a token drawn by lot explains it than text does. */
  readonly score: Nats;
  readonly strength: Strength;
}

/**
 * Weighs a token as a content hash: log P(token | drawn by lot from the best of the alphabets that
 * bundlers use) less log P(token | text). Null where no bundler writes a hash of that shape, where
 * text explains it better, and for dates, sizes and other things that only look like a hash.
 * @param handicap nats more that a `strong` or `mutual` token needs, where hashes seldom stand
 */
export function weighToken(token: string, handicap: Nats = 0): TokenWeight | null {
  if (!isHashLength(token.length) || isSomethingElse(token)) return null;
  if (isNumber(token)) return HEX_LENGTHS.includes(token.length) ? DOUBTFUL : null;
  const text = textCost(token);
  const weights = ALPHABETS.flatMap((alphabet) => weighIn(alphabet, token, text, handicap));
  const [first, ...others] = weights.filter(({ score }) => score >= LEAST);
  if (first === undefined) return null;
  return others.reduce((best, weight) => (weight.score > best.score ? weight : best), first);
}

/** True for the lengths that bundlers write, and those that they are often told to write. */
export function isHashLength(length: number): boolean {
  return USUAL_LENGTHS.has(length) || CHOSEN_LENGTHS.has(length);
}

/**
 * True when `token` is more likely a hash than a word: for `[hash]` in a user's pattern, where the
 * user says that one stands there. Plain words and dates are still refused; a number of a usual
 * length is not.
 */
export function isPlausibleHash(token: string): boolean {
  if (UUID.test(token)) return true;
  if (!/^[\w-]{4,64}$/.test(token) || isSomethingElse(token)) return false;
  if (isNumber(token)) return isHashLength(token.length);
  const text = textCost(token);
  return ALPHABETS.some(
    (alphabet) =>
      alphabet.pattern.test(token) && text - drawCost(alphabet, token) >= LEAST_PLAUSIBLE,
  );
}

interface Alphabet {
  readonly pattern: RegExp;
  readonly letters: number;
  /** Lengths that a bundler writes unless told otherwise. */
  readonly lengths: readonly number[];
  /** The score from which a token is a hash by itself: higher where real names come close. */
  readonly strong: Nats;
  readonly start?: Start;
}

/** The first character of a number in base n tells little when the digits hold more than it needs. */
interface Start {
  /** The length of the tokens that this is known of. */
  readonly length: number;
  readonly pattern: RegExp;
  /** How many characters it is one of. */
  readonly letters: number;
  /** Share of the hashes of this alphabet that begin so. */
  readonly share: number;
}

const HEX_LENGTHS: readonly number[] = [8, 16, 20, 32, 40, 64];

const ALPHABETS: readonly Alphabet[] = [
  // webpack, rspack, Parcel, Next.js, Vite up to 4, Sprockets
  { pattern: /^[0-9a-f]+$/, letters: 16, lengths: HEX_LENGTHS, strong: 4 },
  // esbuild, Angular
  { pattern: /^[A-Z2-7]+$/, letters: 32, lengths: [8], strong: 4 },
  // Rollup with hashCharacters: 'base36', Bun. `cmyk2rgb` comes to 7.
  { pattern: /^[0-9a-z]+$/, letters: 36, lengths: [8], strong: 10 },
  // Turbopack
  {
    pattern: /^[0-9a-z_-]+$/,
    letters: 38,
    lengths: [13],
    strong: 7,
    start: { length: 13, pattern: /^[0-4]/, letters: 5, share: 0.98 },
  },
  // Vite from 5, Rollup from 4, Rolldown: 128 bits are 21.3 digits of base 64, so that the first is
  // A, B, C or D; A, zero, is left out.
  {
    pattern: /^[\w-]+$/,
    letters: 64,
    lengths: [8, 20, 21, 22],
    strong: 5,
    start: { length: 8, pattern: /^[B-D]/, letters: 3, share: 0.75 },
  },
];

const USUAL_LENGTHS: ReadonlySet<number> = new Set(ALPHABETS.flatMap(({ lengths }) => lengths));
/** Six and seven are lengths of colours and short commits too: such tokens never prove anything. */
const CHOSEN_LENGTHS: ReadonlySet<number> = new Set([6, 7, 9, 10, 12, 24]);
const SHORTEST_MUTUAL = 9;
const MUTUAL: Nats = 12;
const CHOSEN_LENGTH: Nats = 3;

/** Below this not even a folder full of hashes makes a token one: words begin at -5. */
const LEAST: Nats = -3;
const LEAST_PLAUSIBLE: Nats = -2;
const DOUBTFUL: TokenWeight = { score: 0, strength: 'weak' };

function weighIn(
  alphabet: Alphabet,
  token: string,
  text: Nats,
  handicap: Nats,
): readonly TokenWeight[] {
  if (!alphabet.pattern.test(token)) return [];
  const score = text - drawCost(alphabet, token);
  if (alphabet.lengths.includes(token.length)) {
    return [{ score, strength: score - handicap >= alphabet.strong ? 'strong' : 'weak' }];
  }
  const isShort = token.length < SHORTEST_MUTUAL;
  if (!CHOSEN_LENGTHS.has(token.length) || (isShort && alphabet.letters > 16)) return [];
  const isMutual = !isShort && score - CHOSEN_LENGTH - handicap >= MUTUAL;
  return [{ score: score - CHOSEN_LENGTH, strength: isMutual ? 'mutual' : 'weak' }];
}

/** Cost of a token drawn by lot from an alphabet. */
function drawCost({ letters, start }: Alphabet, token: string): Nats {
  const uniform = token.length * Math.log(letters);
  if (start?.length !== token.length) return uniform;
  return start.pattern.test(token)
    ? uniform - Math.log((start.share * letters) / start.letters + 1 - start.share)
    : uniform - Math.log(1 - start.share);
}

function isNumber(token: string): boolean {
  return /^\d+$/.test(token);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?:[-_T]?\d{2,6})?$/;
/** `1f468-200d-1f33e`: the code points of an emoji. */
const CODE_POINTS = /^(?:u?[0-9a-f]{2,6}[-_])+u?[0-9a-f]{2,6}$/i;
/** `a6a6a6_2x2`, `192x192` */
const DIMENSIONS = /(?:^|[-_])\d+x\d+$/;
/** `aaaaaaaa`, `1dot1dot1dot1`, `40_aaaaaa`: rarer than once in 5,000 among tokens drawn by lot. */
const REPETITION = /^(.{1,4})\1+$|^(?=.*[g-zG-Z_-]).*(?:(.{3,})\2|(.)\3{4})/;

const OTHER_THINGS = [UUID, DATE, CODE_POINTS, DIMENSIONS, REPETITION];

function isSomethingElse(token: string): boolean {
  return OTHER_THINGS.some((shape) => shape.test(token));
}
