import { classesOf, isNumber, OTHER } from './character-classes.ts';
import {
  ALPHABETS,
  type Alphabet,
  CHOSEN_LENGTHS,
  drawCost,
  HEX_LENGTHS,
  isHashLength,
} from './hash-alphabet.ts';
import { isLookalike } from './lookalike.ts';
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
  return weight === null || isLookalike(token) ? null : weight;
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

function strengthOf({ lengths, strong }: Alphabet, length: number, score: Nats): Strength {
  if (lengths.includes(length)) return score >= strong ? 'strong' : 'weak';
  return length >= SHORTEST_MUTUAL && score >= MUTUAL ? 'mutual' : 'weak';
}

const SHORTEST_MUTUAL = 9;
const MUTUAL: Nats = 12;
const CHOSEN_LENGTH: Nats = 3;
/** Below this not even a folder full of hashes makes a token one. Common words lie below -5. */
const LEAST: Nats = -3;
