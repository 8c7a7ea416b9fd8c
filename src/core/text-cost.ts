import { BIGRAM_COSTS, TRIGRAM_BONUSES } from './name-model.ts';

/** A negative natural logarithm of a probability: 0.69 is one bit. */
export type Nats = number;

/**
 * How surprising a token is as ordinary text of a file name: words in any case, acronyms, numbers,
 * with `-` and `_` between them. In nats: a word of eight letters costs about 18, random ones 30.
 * Expects ASCII letters, digits, `-` and `_` only.
 *
 * The constants were fitted by random search, so that names of published packages (those that
 * trained the model) and tokens drawn by lot from all bundlers' alphabets lie farthest apart; a few
 * were then set by hand where names of other packages came too close.
 */
export function textCost(token: string): Nats {
  let cost = 0;
  let before: Kind | null = null;
  let start = 0;
  while (start < token.length) {
    const kind = kindAt(token, start);
    const end = partEnd(token, start, kind);
    cost += isTo(token, start, end)
      ? TO
      : joinCost(before, kind) + partCost(token, start, end, kind);
    before = kind;
    start = end;
  }
  return (before === 'separator' ? cost + OUTER_SEPARATOR : cost) / 10;
}

/** `FXAANode` is an upper and a capital part. */
type Kind = 'lower' | 'capital' | 'upper' | 'digits' | 'separator';

/** Tenths of a nat: sums of small integers make no garbage, and this runs for every file. */
type Tenths = number;

const SEPARATOR: Tenths = 22;
/** More for a separator that separates nothing: at the start, at the end, after another one. */
const OUTER_SEPARATOR: Tenths = 41;
const WORD_AFTER_WORD: Tenths = 13;
const DIGITS_AFTER_WORD: Tenths = 6;
const WORD_AFTER_DIGITS: Tenths = 35;
const CAPITAL: Tenths = 8;
const UPPER: Tenths = 45;
/** Abbreviations that are spelt like nothing: `ncm`, `gkbi`, and in capitals `RKSJ`. */
const ABBREVIATION: Tenths = 50;
const ACRONYM: Tenths = 42;
/** 10 log 26 */
const ANY_LETTER: Tenths = 33;
const DIGITS: Tenths = 24;
const DIGIT: Tenths = 18;
/** More for each digit after the fourth: longer numbers are rare. */
const MANY_DIGITS: Tenths = 10;
/** The digit in `cmyk2rgb`. */
const TO: Tenths = 8;

function isTo(token: string, start: number, end: number): boolean {
  if (end - start !== 1 || token.charAt(start) !== '2') return false;
  return isLower(token, start - 1) && isLower(token, end);
}

function kindAt(token: string, start: number): Kind {
  if (isLower(token, start)) return 'lower';
  if (!isUpper(token, start)) return isDigit(token, start) ? 'digits' : 'separator';
  if (isLower(token, start + 1)) return 'capital';
  return isUpper(token, start + 1) ? 'upper' : 'capital';
}

function partEnd(token: string, start: number, kind: Kind): number {
  let end = start + 1;
  if (kind === 'separator') return end;
  const belongs = kind === 'digits' ? isDigit : kind === 'upper' ? isUpper : isLower;
  while (belongs(token, end)) end++;
  return kind === 'upper' && isLower(token, end) ? end - 1 : end;
}

function joinCost(before: Kind | null, kind: Kind): Tenths {
  if (kind === 'separator') {
    return before === null || before === 'separator' ? OUTER_SEPARATOR : 0;
  }
  if (before === 'digits') return WORD_AFTER_DIGITS;
  if (before === null || before === 'separator') return 0;
  return kind === 'digits' ? DIGITS_AFTER_WORD : WORD_AFTER_WORD;
}

function partCost(token: string, start: number, end: number, kind: Kind): Tenths {
  const length = end - start;
  if (kind === 'separator') return SEPARATOR;
  if (kind === 'digits') return DIGITS + DIGIT * length + MANY_DIGITS * Math.max(0, length - 4);
  const spelt = wordCost(token, start, end);
  if (kind === 'upper') return Math.min(spelt + UPPER, ACRONYM + ANY_LETTER * length);
  const word = Math.min(spelt, ABBREVIATION + ANY_LETTER * length);
  return kind === 'capital' ? word + CAPITAL : word;
}

const LETTERS = 27;
const EDGE = 26;

/** A word in either case, by the bigrams and the frequent trigrams of the model. */
function wordCost(token: string, start: number, end: number): Tenths {
  bonuses ??= decode();
  let before = EDGE;
  let last = EDGE;
  let cost = 0;
  for (let at = start; at <= end; at++) {
    // The last five bits of an ASCII letter are its place in the alphabet, in either case.
    const next = at < end ? (token.charCodeAt(at) & 31) - 1 : EDGE;
    const bigram = (BIGRAM_COSTS[last]?.charCodeAt(next) ?? 0) - 40;
    cost += 2 * bigram - 8 * (bonuses[(before * LETTERS + last) * LETTERS + next] ?? 0);
    before = last;
    last = next;
  }
  return cost;
}

/** Bonus steps by trigram. Decoded at first use, because nothing runs at import. */
let bonuses: Uint8Array | undefined;

function decode(): Uint8Array {
  const steps = new Uint8Array(LETTERS ** 3);
  for (const [index, trigrams] of TRIGRAM_BONUSES.entries()) {
    for (let at = 0; at < trigrams.length; at += 3) {
      steps[placeOf(trigrams, at)] = index + 1;
    }
  }
  return steps;
}

/** Of a trigram in the model's spelling, where '{', the edge of a word, comes after 'z'. */
function placeOf(trigrams: string, at: number): number {
  const tens = (trigrams.charCodeAt(at) - 97) * LETTERS + trigrams.charCodeAt(at + 1) - 97;
  return tens * LETTERS + trigrams.charCodeAt(at + 2) - 97;
}

function isLower(token: string, at: number): boolean {
  const code = token.charCodeAt(at);
  return code >= 97 && code <= 122;
}

function isUpper(token: string, at: number): boolean {
  const code = token.charCodeAt(at);
  return code >= 65 && code <= 90;
}

function isDigit(token: string, at: number): boolean {
  const code = token.charCodeAt(at);
  return code >= 48 && code <= 57;
}
