import { type Nats, textCost } from './text-cost.ts';

/**
 * What a token proves: `strong` ones are hashes by themselves, `mutual` ones when two of their
 * shape occur together, `weak` ones only beside two that are sure.
 */
export type Strength = 'strong' | 'mutual' | 'weak';

/** How much a token looks like a hash. */
export interface TokenWeight {
  /** How much better a token drawn by lot explains it than text does. */
  readonly score: Nats;
  readonly strength: Strength;
  /** The classes of characters that occur, a bit for each. */
  readonly classes: number;
}

/**
 * Weighs a token as a content hash: log P(token | drawn by lot from the best of the alphabets that
 * bundlers use) less log P(token | text). Null where no bundler writes a hash of that shape, where
 * text explains it better, and for dates, sizes and other things that only look like a hash.
 * @param handicap nats more that a `strong` or `mutual` token needs, where hashes seldom stand
 */
export function weighToken(token: string, handicap: Nats = 0): TokenWeight | null {
  if (!isHashLength(token.length)) return null;
  const classes = classesOf(token);
  if ((classes & OTHER) !== 0) return null;
  const weight = isNumber(classes)
    ? weighNumber(token.length, classes)
    : weighText(token, classes, handicap);
  return weight === null || isSomethingElse(token) ? null : weight;
}

function weighText(token: string, classes: number, handicap: Nats): TokenWeight | null {
  // The smallest alphabet that fits explains a token best.
  const alphabet = ALPHABETS.find((one) => isDrawnFrom(one, classes, token.length));
  if (alphabet === undefined) return null;
  const isUsual = alphabet.lengths.includes(token.length);
  const score = textCost(token) - drawCost(alphabet, token) - (isUsual ? 0 : CHOSEN_LENGTH);
  if (score < LEAST) return null;
  return { score, strength: strengthOf(alphabet, token.length, score - handicap), classes };
}

function isDrawnFrom({ classes, letters, lengths }: Alphabet, of: number, length: number): boolean {
  if ((of & ~classes) !== 0) return false;
  if (lengths.includes(length)) return true;
  return CHOSEN_LENGTHS.has(length) && (length >= SHORTEST_MUTUAL || letters === 16);
}

/** A number proves nothing, but webpack writes one hash of eight in 40 without a letter. */
function weighNumber(length: number, classes: number): TokenWeight | null {
  return HEX_LENGTHS.includes(length) ? { score: 0, strength: 'weak', classes } : null;
}

/** True for the lengths that bundlers write, and those that they are often told to write. */
export function isHashLength(length: number): boolean {
  return USUAL_LENGTHS.has(length) || CHOSEN_LENGTHS.has(length);
}

/** All classes of the smallest alphabet that tokens of these classes were drawn from. */
export function alphabetOf(classes: number): number {
  return ALPHABETS.find((alphabet) => (classes & ~alphabet.classes) === 0)?.classes ?? classes;
}

/**
 * True when `token` is more likely a hash than a word: for `[hash]` in a user's pattern, where the
 * user says that one stands there. Plain words and dates are still refused; a number of a usual
 * length is not.
 */
export function isPlausibleHash(token: string): boolean {
  if (UUID.test(token)) return true;
  if (!/^[\w-]{6,64}$/.test(token) || isSomethingElse(token)) return false;
  const classes = classesOf(token);
  if (isNumber(classes)) return isHashLength(token.length);
  const least = isPlain(classes) ? LEAST_PLAIN : LEAST_PLAUSIBLE;
  const text = textCost(token);
  return ALPHABETS.some(
    (alphabet) => (classes & ~alphabet.classes) === 0 && text - drawCost(alphabet, token) >= least,
  );
}

const UPPER = 1;
const LOWER_A_F = 2;
const LOWER_G_Z = 4;
const DIGIT_2_7 = 8;
const DIGIT_0189 = 16;
const SEPARATOR = 32;
const DIGIT = DIGIT_2_7 | DIGIT_0189;
const LOWER = LOWER_A_F | LOWER_G_Z;
/** Of whatever occurs in no alphabet. */
const OTHER = 64;

interface Alphabet {
  readonly classes: number;
  readonly letters: number;
  /** Lengths that a bundler writes unless told otherwise. */
  readonly lengths: readonly number[];
  /** The score from which a token is a hash by itself: higher where real names come close. */
  readonly strong: Nats;
  readonly start?: Start;
}

/** The first digit of a number tells little when the digits hold more than the number needs. */
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

/** The smallest first. */
const ALPHABETS: readonly Alphabet[] = [
  // webpack, rspack, Parcel, Next.js, Vite up to 4, Sprockets
  { classes: DIGIT | LOWER_A_F, letters: 16, lengths: HEX_LENGTHS, strong: 4 },
  // esbuild, Angular
  { classes: UPPER | DIGIT_2_7, letters: 32, lengths: [8], strong: 4 },
  // Rollup with hashCharacters: 'base36', Bun. `cmyk2rgb` comes to 7.
  { classes: DIGIT | LOWER, letters: 36, lengths: [8], strong: 10 },
  // Turbopack: starts with 0 to 4 in 90 real names of 90
  {
    classes: DIGIT | LOWER | SEPARATOR,
    letters: 38,
    lengths: [13],
    strong: 7,
    start: { length: 13, pattern: /^[0-4]/, letters: 5, share: 0.98 },
  },
  // Vite from 5, Rollup from 4, Rolldown: 128 bits are 21.3 digits of base 64, so that the first is
  // A, B, C or D; A, zero, is left out.
  {
    classes: DIGIT | LOWER | UPPER | SEPARATOR,
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

/** Below this not even a folder full of hashes makes a token one. Common words lie below -5. */
const LEAST: Nats = -3;
const LEAST_PLAUSIBLE: Nats = -2;
const LEAST_PLAIN: Nats = 2;

/** Cost of a token drawn by lot from an alphabet. */
function drawCost({ letters, start }: Alphabet, token: string): Nats {
  const uniform = token.length * Math.log(letters);
  if (start?.length !== token.length) return uniform;
  return start.pattern.test(token)
    ? uniform - Math.log((start.share * letters) / start.letters + 1 - start.share)
    : uniform - Math.log(1 - start.share);
}

function strengthOf({ lengths, strong }: Alphabet, length: number, score: Nats): Strength {
  if (lengths.includes(length)) return score >= strong ? 'strong' : 'weak';
  return length >= SHORTEST_MUTUAL && score >= MUTUAL ? 'mutual' : 'weak';
}

function isNumber(classes: number): boolean {
  return (classes & ~DIGIT) === 0;
}

/** Letters of one case, and perhaps separators: what words are made of. */
function isPlain(classes: number): boolean {
  return (classes & ~(LOWER | SEPARATOR)) === 0 || (classes & ~(UPPER | SEPARATOR)) === 0;
}

function classesOf(token: string): number {
  let classes = 0;
  for (let at = 0; at < token.length; at++) classes |= classOf(token.charCodeAt(at));
  return classes;
}

function classOf(code: number): number {
  if (isWithin(code, 97, 102)) return LOWER_A_F;
  if (isWithin(code, 103, 122)) return LOWER_G_Z;
  if (isWithin(code, 65, 90)) return UPPER;
  if (isWithin(code, 50, 55)) return DIGIT_2_7;
  if (isWithin(code, 48, 57)) return DIGIT_0189;
  return code === 45 || code === 95 ? SEPARATOR : OTHER;
}

function isWithin(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DATE = /^(?:19|20)\d\d[-_]?(?:0[1-9]|1[0-2])[-_]?(?:0[1-9]|[12]\d|3[01])(?:[-_T]?\d{2,6})?$/;
/** `v1p1beta1`, `v2alpha` */
const VERSION = /(?:^|[-_])v\d+(?:p\d+)?(?:alpha|beta|rc)\d*[a-z]?$/i;
/** `en-US`, `zh-Hans-CN` */
const LOCALE = /^[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Z]{2}|\d{3})){1,2}$/;
/** `1f468-200d-1f33e`: the code points of an emoji. */
const CODE_POINTS = /^(?:u?[0-9a-f]{2,6}[-_])+u?[0-9a-f]{2,6}$/i;
/** `a6a6a6_2x2`, `192x192` */
const DIMENSIONS = /(?:^|[-_])\d+x\d+$/;
/** `aaaaaaaa`, `1dot1dot1dot1`, `40_aaaaaa`: rarer than once in 5,000 among tokens drawn by lot. */
const REPETITION = /^(.{1,4})\1+$|^(?=.*[g-zG-Z_-]).*(?:(.{3,})\2|(.)\3{4})/;

const OTHER_THINGS = [DATE, VERSION, LOCALE, CODE_POINTS, DIMENSIONS, REPETITION];

function isSomethingElse(token: string): boolean {
  return OTHER_THINGS.some((shape) => shape.test(token));
}
