/** The classes that occur in a token. */
export function classesOf(token: string): number {
  let classes = 0;
  for (let at = 0; at < token.length; at++) classes |= classOf(token.charCodeAt(at));
  return classes;
}

/** True for digits alone. */
export function isNumber(classes: number): boolean {
  return (classes & ~DIGIT) === 0;
}

/** Letters of one case, and perhaps separators: what words are made of. */
export function isPlain(classes: number): boolean {
  return (classes & ~(LOWER | SEPARATOR)) === 0 || (classes & ~(UPPER | SEPARATOR)) === 0;
}

/** The classes of characters that hashes are made of, a bit for each. */
export const UPPER = 1;
export const LOWER_A_F = 2;
const LOWER_G_Z = 4;
export const DIGIT_2_7 = 8;
const DIGIT_0189 = 16;
export const SEPARATOR = 32;
export const DIGIT = DIGIT_2_7 | DIGIT_0189;
export const LOWER = LOWER_A_F | LOWER_G_Z;
/** Of whatever occurs in no alphabet. */
export const OTHER = 64;

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
