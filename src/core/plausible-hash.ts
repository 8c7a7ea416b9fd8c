import { classesOf, isNumber, isPlain } from './character-classes.ts';
import { ALPHABETS, drawCost, isHashLength } from './hash-alphabet.ts';
import { isLookalike } from './lookalike.ts';
import { type Nats, textCost } from './text-cost.ts';

/**
 * True when `token` is more likely a hash than a word: for `[hash]` in a user's pattern, where the
 * user says that one stands there. Plain words and dates are still refused; a number of a usual
 * length is not.
 */
export function isPlausibleHash(token: string): boolean {
  if (UUID.test(token)) return true;
  if (!/^[\w-]{6,64}$/.test(token) || isLookalike(token)) return false;
  const classes = classesOf(token);
  if (isNumber(classes)) return isHashLength(token.length);
  const least = isPlain(classes) ? LEAST_PLAIN : LEAST_PLAUSIBLE;
  const text = textCost(token);
  return ALPHABETS.some(
    (alphabet) => (classes & ~alphabet.classes) === 0 && text - drawCost(alphabet, token) >= least,
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const LEAST_PLAUSIBLE: Nats = -2;
/** Letters of one case are more often a word. */
const LEAST_PLAIN: Nats = 2;
