import { DIGIT, DIGIT_2_7, LOWER, LOWER_A_F, SEPARATOR, UPPER } from './character-classes.ts';
import type { Nats } from './text-cost.ts';

/** Characters that a bundler draws the characters of a hash from. */
export interface Alphabet {
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

/** The lengths of hexadecimal hashes. */
export const HEX_LENGTHS: readonly number[] = [8, 16, 20, 32, 40, 64];

/** The smallest first. */
export const ALPHABETS: readonly Alphabet[] = [
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
export const CHOSEN_LENGTHS: ReadonlySet<number> = new Set([6, 7, 9, 10, 12, 24]);

/** True for the lengths that bundlers write, and those that they are often told to write. */
export function isHashLength(length: number): boolean {
  return USUAL_LENGTHS.has(length) || CHOSEN_LENGTHS.has(length);
}

/** All classes of the smallest alphabet that tokens of these classes were drawn from. */
export function alphabetOf(classes: number): number {
  return ALPHABETS.find((alphabet) => (classes & ~alphabet.classes) === 0)?.classes ?? classes;
}

/** Cost of a token drawn by lot from an alphabet. */
export function drawCost({ letters, start }: Alphabet, token: string): Nats {
  const uniform = token.length * Math.log(letters);
  if (start?.length !== token.length) return uniform;
  return start.pattern.test(token)
    ? uniform - Math.log((start.share * letters) / start.letters + 1 - start.share)
    : uniform - Math.log(1 - start.share);
}
