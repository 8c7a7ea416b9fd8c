import { byteText } from './byte-text.ts';

/** Longest word that stands before a regular expression: `instanceof`. */
const LONGEST_WORD = 10;

const BEFORE_EXPRESSION =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|instanceof|yield|await)$/;
const BEFORE_CONDITION = /(?:^|[^\w$.])(?:if|while|for|with)\s*$/;
const WORD = /[\w$\u0080-\u00ff]/;

/**
 * Whether a slash starts a regular expression, and does not divide: what stands before it tells.
 * @param data bytes of a script
 * @param at where the slash stands
 * @param lastOpened where the bracket stands that was closed last
 */
export function isExpressionAt(data: Uint8Array, at: number, lastOpened: number): boolean {
  let end = at;
  while (end > 0 && (data[end - 1] as number) <= 32) end -= 1;
  const before = textBefore(data, end);
  const last = before.at(-1) ?? '';
  if (WORD.test(last)) return BEFORE_EXPRESSION.test(before);
  // After a condition stands what is done then; after any other bracket, a value is divided.
  if (last === ')') return BEFORE_CONDITION.test(textBefore(data, lastOpened));
  return !/(?:[\]"'`]|\+\+|--)$/.test(before);
}

function textBefore(data: Uint8Array, end: number): string {
  return byteText(data, end - LONGEST_WORD - 1, end);
}
