import { BIGRAM_COSTS, TRIGRAM_BONUSES } from './name-model.ts';

/** A negative natural logarithm of a probability: 0.69 is one bit. */
export type Nats = number;

/**
 * How surprising a token is as ordinary text of a file name: words in any case, acronyms, numbers,
 * `-` and `_` between them. In nats; a word of eight letters costs about 18, random letters 30.
 *
 * The constants were fitted by random search so that names of published packages (those that
 * trained the model) and uniformly drawn tokens of all bundlers' alphabets lie farthest apart.
 */
export function textCost(token: string): Nats {
  let cost = 0;
  let before: Kind | null = null;
  for (const part of token.match(PARTS) ?? []) {
    const kind = kindOf(part);
    cost += joinCost(before, kind) + partCost(part, kind);
    before = kind;
  }
  return before === 'separator' ? cost + OUTER_SEPARATOR : cost;
}

/** A word or acronym, cut as in `FXAANode` -> FXAA, Node; a number; a single separator. */
const PARTS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[-_]/g;

type Kind = 'lower' | 'capital' | 'upper' | 'digits' | 'separator';

const SEPARATOR: Nats = 2.2;
/** More for a separator that separates nothing, at the start or the end. */
const OUTER_SEPARATOR: Nats = 4.1;
const WORD_AFTER_WORD: Nats = 1.3;
const DIGITS_AFTER_WORD: Nats = 0.6;
const WORD_AFTER_DIGITS: Nats = 3.5;
const CAPITAL: Nats = 0.8;
const UPPER: Nats = 4.5;
/** Abbreviations that are spelt like nothing: `ncm`, `gkbi`, and in capitals `RKSJ`. */
const ABBREVIATION: Nats = 6;
const ACRONYM: Nats = 4.2;
const ANY_LETTER: Nats = Math.log(26);
const DIGITS: Nats = 2.4;
const DIGIT: Nats = 1.8;

function kindOf(part: string): Kind {
  if (part === '-' || part === '_') return 'separator';
  if (part <= '9') return 'digits';
  if (part >= 'a') return 'lower';
  return part.length > 1 && part === part.toUpperCase() ? 'upper' : 'capital';
}

function joinCost(before: Kind | null, kind: Kind): Nats {
  if (kind === 'separator') return before === null ? OUTER_SEPARATOR : 0;
  if (before === 'digits') return WORD_AFTER_DIGITS;
  if (before === null || before === 'separator') return 0;
  return kind === 'digits' ? DIGITS_AFTER_WORD : WORD_AFTER_WORD;
}

function partCost(part: string, kind: Kind): Nats {
  switch (kind) {
    case 'separator':
      return SEPARATOR;
    case 'digits':
      return DIGITS + DIGIT * part.length + Math.max(0, part.length - 4);
    case 'upper':
      return Math.min(wordCost(part) + UPPER, ACRONYM + ANY_LETTER * part.length);
    default: {
      const spelt = Math.min(wordCost(part), ABBREVIATION + ANY_LETTER * part.length);
      return kind === 'capital' ? spelt + CAPITAL : spelt;
    }
  }
}

const LETTERS = 27;
const EDGE = 26;

function wordCost(word: string): Nats {
  model ??= decode();
  let before = EDGE;
  let last = EDGE;
  let cost = 0;
  for (let index = 0; index <= word.length; index++) {
    // The last five bits of an ASCII letter are its place in the alphabet, in either case.
    const next = index < word.length ? (word.charCodeAt(index) & 31) - 1 : EDGE;
    cost += model[(before * LETTERS + last) * LETTERS + next] ?? 0;
    before = last;
    last = next;
  }
  return cost;
}

/** Cost of each letter after the two before it. Decoded at first use: nothing runs at import. */
let model: Float32Array | undefined;

function decode(): Float32Array {
  const bigrams = BIGRAM_COSTS.join('');
  const costs = new Float32Array(LETTERS ** 3);
  for (let index = 0; index < costs.length; index++) {
    costs[index] = 0.2 * (bigrams.charCodeAt(index % LETTERS ** 2) - 40);
  }
  for (const [group, trigrams] of TRIGRAM_BONUSES.entries()) {
    for (let at = 0; at < trigrams.length; at += 3) {
      costs[placeOf(trigrams, at)] = (costs[placeOf(trigrams, at)] ?? 0) - 0.8 * (group + 1);
    }
  }
  return costs;
}

/** Of a trigram in the model's spelling, where '{', the edge, comes after 'z'. */
function placeOf(trigrams: string, at: number): number {
  const letter = (offset: number): number => trigrams.charCodeAt(at + offset) - 97;
  return (letter(0) * LETTERS + letter(1)) * LETTERS + letter(2);
}
