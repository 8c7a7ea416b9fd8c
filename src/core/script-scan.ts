import { isExpressionAt } from './expression-start.ts';

/**
 * Sees a bracket or comma of a script's own: none in a text, a regular expression or a comment.
 * @param at where it stands
 * @param depth the number of brackets that are open around it
 * @returns false to see no more
 */
export type See = (at: number, depth: number) => boolean;

/**
 * Goes through the brackets and commas of a script. A bracket is seen at the depth at which the one
 * is that closes it: 0 for the outermost.
 * @returns false where this is no script that can be followed
 */
export function scanScript(data: Uint8Array, see: See): boolean {
  const scan: Scan = { data, see, open: [], lastOpened: 0 };
  let at = 0;
  while (at < data.length) {
    const kind = KINDS[data[at] as number] as number;
    at = kind === 0 ? at + 1 : (STEPS[kind] as Step)(scan, at);
    if (at < 0) return at === STOPPED;
  }
  return scan.open.length === 0;
}

interface Scan {
  readonly data: Uint8Array;
  readonly see: See;
  /** Where the open brackets stand; below zero for those in the text of a template. */
  readonly open: number[];
  /** Where the bracket stands that was closed last. */
  lastOpened: number;
}

/** What is done at a place. @returns the next one, or one of the two below */
type Step = (scan: Scan, at: number) => number;

const LOST = -1;
const STOPPED = -2;

const NEWLINE = 10;
const DOLLAR = 36;
const STAR = 42;
const SLASH = 47;
const OPEN_SQUARE = 91;
const BACKSLASH = 92;
const CLOSE_SQUARE = 93;
const TICK = 96;
const OPEN_CURLY = 123;

const STEPS: readonly Step[] = [
  (_, at) => at + 1,
  quoted,
  templated,
  slashed,
  opened,
  closed,
  seen,
];
const KINDS = kindsOf(['', `"'`, '`', '/', '([{', ')]}', ',']);

/** By byte: the place of its step among all. */
function kindsOf(characters: readonly string[]): Uint8Array {
  const kinds = new Uint8Array(256);
  for (const [kind, ones] of characters.entries()) {
    for (const one of ones) kinds[one.charCodeAt(0)] = kind;
  }
  return kinds;
}

function quoted({ data }: Scan, start: number): number {
  for (let at = start + 1; at < data.length; at += 1) {
    const byte = data[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === data[start]) return at + 1;
    else if (byte === NEWLINE) return LOST;
  }
  return LOST;
}

/** From its start, or from the end of an expression in it. */
function templated({ data, open }: Scan, start: number): number {
  for (let at = start + 1; at < data.length; at += 1) {
    const byte = data[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === TICK) return at + 1;
    else if (byte === DOLLAR && data[at + 1] === OPEN_CURLY) {
      open.push(-at - 1);
      return at + 2;
    }
  }
  return LOST;
}

function slashed({ data, lastOpened }: Scan, at: number): number {
  const next = data[at + 1];
  if (next === SLASH) return after(data.indexOf(NEWLINE, at), 1, data.length);
  if (next === STAR) return after(commentEnd(data, at + 2), 2, LOST);
  return isExpressionAt(data, at, lastOpened) ? expressionEnd(data, at) : at + 1;
}

function after(at: number, length: number, otherwise: number): number {
  return at < 0 ? otherwise : at + length;
}

function commentEnd(data: Uint8Array, from: number): number {
  let at = data.indexOf(STAR, from);
  while (at >= 0 && data[at + 1] !== SLASH) at = data.indexOf(STAR, at + 1);
  return at;
}

function expressionEnd(data: Uint8Array, start: number): number {
  for (let at = start + 1; at < data.length; at += 1) {
    const byte = data[at];
    if (byte === BACKSLASH) at += 1;
    else if (byte === OPEN_SQUARE) at = classEnd(data, at);
    else if (byte === SLASH) return at + 1;
    else if (byte === NEWLINE) return LOST;
  }
  return LOST;
}

/** A slash in a class of characters ends nothing. */
function classEnd(data: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < data.length && data[at] !== CLOSE_SQUARE) at += data[at] === BACKSLASH ? 2 : 1;
  return at;
}

function opened(scan: Scan, at: number): number {
  if (!scan.see(at, scan.open.length)) return STOPPED;
  scan.open.push(at);
  return at + 1;
}

/** Of another kind than the one that is open: then a text was taken for something else. */
function closed(scan: Scan, at: number): number {
  const start = scan.open.pop();
  if (start === undefined) return LOST;
  if (start < 0) return templated(scan, at);
  const distance = (scan.data[at] as number) - (scan.data[start] as number);
  if (distance !== 1 && distance !== 2) return LOST;
  scan.lastOpened = start;
  return scan.see(at, scan.open.length) ? at + 1 : STOPPED;
}

function seen(scan: Scan, at: number): number {
  return scan.see(at, scan.open.length) ? at + 1 : STOPPED;
}
