import { byteText } from './byte-text.ts';

/** An id where it stands. */
export interface IdPlace {
  readonly start: number;
  readonly end: number;
  readonly id: number;
  readonly of: 'module' | 'chunk';
}

/** What stands between a chunk's name for `__webpack_require__` and a bracket, and then in it. */
const CALLS: readonly (readonly [called: string, given: RegExp, of: IdPlace['of']])[] = [
  ['', /^((?:[\w$]+\.s=)?)(\d+(?:e\d+)?)\)/, 'module'],
  ['.bind', /^([\w$]+,)(\d+(?:e\d+)?)[,)]/, 'module'],
  ['.t.bind', /^([\w$]+,)(\d+(?:e\d+)?)[,)]/, 'module'],
  ['.t', /^()(\d+(?:e\d+)?),/, 'module'],
  ['.e', /^()(\d+(?:e\d+)?)[,)]/, 'chunk'],
];
const LONGEST_CALL = 8;
const LONGEST_ID = 20;

/**
 * The id that a bracket of a module's code gives to the runtime: `n(12)`, `n.e(12)`,
 * `n.bind(n,12)`, `n.t.bind(n,12,19)`. Null for any other bracket.
 * @param at where the bracket stands
 * @param require what the module calls the runtime
 */
export function referenceAt(data: Uint8Array, at: number, require: string): IdPlace | null {
  if (!mayRefer(data, at, require)) return null;
  const before = byteText(data, at - require.length - LONGEST_CALL, at);
  const call = CALLS.find(([called]) => endsIn(before, require + called));
  if (call === undefined) return null;
  const [, given, of] = call;
  const found = given.exec(byteText(data, at + 1, at + 1 + require.length + LONGEST_ID));
  return found === null ? null : placeOf(found, at + 1, of);
}

/** Looked at for every bracket: what a text is made for is nearly always a call. */
function mayRefer(data: Uint8Array, at: number, require: string): boolean {
  const next = data[at + 1] as number;
  if ((next < ZERO || next > NINE) && next !== require.charCodeAt(0)) return false;
  const before = data[at - 1];
  if (before === require.charCodeAt(require.length - 1)) return true;
  return before === D ? data[at - BIND] === DOT : data[at - 2] === DOT;
}

const DOT = 46;
const ZERO = 48;
const NINE = 57;
const D = 100;
const BIND = '.bind'.length;

function placeOf(
  [, before = '', digits = '']: RegExpExecArray,
  from: number,
  of: IdPlace['of'],
): IdPlace {
  const start = from + before.length;
  return { start, end: start + digits.length, id: Number(digits), of };
}

/** Ends in a name, and not in a longer one. */
function endsIn(text: string, name: string): boolean {
  return text.endsWith(name) && !/[\w$.]/.test(text.charAt(text.length - name.length - 1));
}

/** `e.O(0,[441,794],()=>e(3861))`: lists are of chunks, what else is a number is a module. */
const NUMBER = /(?<![\w$.])\d+(?:e\d+)?(?![\w$.])/g;
const LIST = /\[[\d,e]+\]/g;

/**
 * The ids in what the bundler itself writes behind the modules of a chunk: which of them it runs
 * first, and what has to be there before.
 */
export function startReferences(text: string, from: number): IdPlace[] {
  const lists = [...text.matchAll(LIST)].map(({ 0: list, index }) => [index, index + list.length]);
  return [...text.matchAll(NUMBER)].map(({ 0: digits, index }) => {
    const isListed = lists.some(([start = 0, end = 0]) => index > start && index < end);
    const start = from + index;
    const of = isListed ? 'chunk' : 'module';
    return { start, end: start + digits.length, id: Number(digits), of };
  });
}
