/** Characters of one text that are looked at: generated ones have no end. */
const LONGEST = 1_000_000;
/** Of the names in one import, and of a pattern: without an end to each, there is none to both. */
const LONGEST_CLAUSE = 20_000;
const LONGEST_PATTERN = 300;
/** Templates in templates. */
const DEEPEST = 40;

/**
 * What a module imports, as it is written there: `./a`, `react-dom/client`, each once. Imports,
 * exports from elsewhere, `import()` and `require()` of a literal are found in JavaScript,
 * TypeScript and JSX; comments, strings and imports of types alone are not.
 */
export function importSpecifiers(text: string): string[] {
  const found = new Set<string>();
  const code = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const scanner = new Scanner(code);
  for (let word = scanner.nextWord(); word !== null; word = scanner.nextWord()) {
    const specifier = specifierAfter(word, scanner.at, code);
    if (specifier !== null && specifier !== '') found.add(specifier);
  }
  return [...found];
}

/** Steps over all that is no code, and stops after each word that may import. */
class Scanner {
  at = 0;
  readonly #code: string;

  constructor(code: string) {
    this.#code = code;
  }

  nextWord(): string | null {
    const next = /[/'"`]|(?<![\w$.#-])(?:import|export|require)(?![\w$:-])/g;
    for (;;) {
      next.lastIndex = this.at;
      const match = next.exec(this.#code);
      if (match === null) return null;
      this.at = match.index + match[0].length;
      if (match[0].length > 1) return match[0];
      this.at = skipped(this.#code, match.index, 0);
    }
  }
}

/** The end of what starts with a slash or a quote. */
function skipped(code: string, at: number, depth: number): number {
  const first = code.charAt(at);
  if (first === '`') return endOfTemplate(code, at, depth);
  if (first !== '/') return stringAt(code, at)?.end ?? at + 1;
  const second = code.charAt(at + 1);
  if (second === '/') return endOrLast(code.indexOf('\n', at), 0, code);
  if (second === '*') return endOrLast(code.indexOf('*/', at + 2), 2, code);
  return isDivision(code, at) ? at + 1 : endOfPattern(code, at);
}

function endOrLast(found: number, length: number, code: string): number {
  return found < 0 ? code.length : found + length;
}

/** A literal in quotes that ends on its line; null for an apostrophe, as in the text of JSX. */
function stringAt(code: string, at: number): { value: string; end: number } | null {
  const quote = code.charAt(at);
  if (quote !== '"' && quote !== "'" && quote !== '`') return null;
  const special = quote === '"' ? /["\\\n]/g : quote === "'" ? /['\\\n]/g : /[`\\$]/g;
  special.lastIndex = at + 1;
  for (let match = special.exec(code); match !== null; match = special.exec(code)) {
    if (match[0] === quote) return { value: code.slice(at + 1, match.index), end: match.index + 1 };
    if (match[0] !== '\\') return null;
    special.lastIndex = match.index + 2;
  }
  return null;
}

/** Expressions within are gone through, as they may hold templates themselves. */
function endOfTemplate(code: string, at: number, depth: number): number {
  const special = /\\|`|\$\{/g;
  special.lastIndex = at + 1;
  for (let match = special.exec(code); match !== null; match = special.exec(code)) {
    if (match[0] === '`') return match.index + 1;
    special.lastIndex =
      match[0] === '\\' ? match.index + 2 : endOfExpression(code, match.index + 2, depth + 1);
  }
  return code.length;
}

function endOfExpression(code: string, start: number, depth: number): number {
  if (depth > DEEPEST) return code.length;
  const special = /[{}/'"`]/g;
  special.lastIndex = start;
  let open = 1;
  for (let match = special.exec(code); match !== null; match = special.exec(code)) {
    if (match[0] === '{') open += 1;
    else if (match[0] === '}') open -= 1;
    else special.lastIndex = skipped(code, match.index, depth);
    if (open === 0) return match.index + 1;
  }
  return code.length;
}

/** After a value, a slash divides; elsewhere a pattern starts. A tag of JSX ends with one, too. */
function isDivision(code: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /\s/.test(code.charAt(before))) before -= 1;
  if (before < 0) return false;
  if (/[)\]}<"'`]/.test(code.charAt(before))) return true;
  const word = /[\w$]+$/.exec(code.slice(Math.max(0, before - 12), before + 1))?.[0];
  return word !== undefined && !/^(?:return|typeof|case|in|of|void|delete|else|do)$/.test(word);
}

/** A pattern ends on its line; slashes in brackets are part of it. */
function endOfPattern(code: string, at: number): number {
  const pattern = /\/(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y;
  const match = pattern.exec(code.slice(at, at + LONGEST_PATTERN));
  return at + (match?.[0].length ?? 1);
}

function specifierAfter(word: string, at: number, code: string): string | null {
  const next = blankEnd(code, at);
  if (code.charAt(next) === '(') {
    return word === 'export' ? null : (stringAt(code, blankEnd(code, next + 1))?.value ?? null);
  }
  if (word === 'require') return null;
  if (word === 'import') {
    const direct = stringAt(code, next);
    if (direct !== null) return direct.value;
  } else if (!/^(?:type\b|[*{])/.test(code.slice(next, next + 5))) return null;
  return fromClause(code, next);
}

/** The names between the word and `from`, which are words, braces, commas and stars. */
function fromClause(code: string, start: number): string | null {
  const end = Math.min(code.length, start + LONGEST_CLAUSE);
  if (isClauseOfTypes(code, start)) return null;
  let at = start;
  while (at < end) {
    const word = wordAt(code, at);
    const specifier = word === 'from' ? stringAt(code, blankEnd(code, at + word.length)) : null;
    if (specifier !== null) return specifier.value;
    const step = stepOver(code, at, word);
    if (step === 0) return null;
    at = blankEnd(code, at + step);
  }
  return null;
}

/** `import type from './type'` and `import type, { a } from './type'` import a value. */
function isClauseOfTypes(code: string, start: number): boolean {
  const first = wordAt(code, start);
  if (first !== 'type' && first !== 'typeof') return false;
  const at = blankEnd(code, start + first.length);
  const word = wordAt(code, at);
  if (word !== 'from') return code.charAt(at) !== ',';
  return wordAt(code, blankEnd(code, at + word.length)) === 'from';
}

function wordAt(code: string, at: number): string {
  const word = /[\w$\u0080-\uffff]+/y;
  word.lastIndex = at;
  return word.exec(code)?.[0] ?? '';
}

/** 0 for what is no part of a clause: the next statement, at the latest. */
function stepOver(code: string, at: number, word: string): number {
  if (word === 'import' || word === 'export') return 0;
  if (word.length > 0) return word.length;
  if (/[{},*]/.test(code.charAt(at))) return 1;
  return (stringAt(code, at)?.end ?? at) - at;
}

/** The end of white space and comments. */
function blankEnd(code: string, start: number): number {
  const blank = /\s*/y;
  let at = start;
  for (;;) {
    blank.lastIndex = at;
    blank.exec(code);
    at = Math.max(at, blank.lastIndex);
    const isComment = code.startsWith('//', at) || code.startsWith('/*', at);
    if (!isComment) return at;
    at = skipped(code, at, 0);
  }
}
