import { globExpression } from './glob-expression.ts';

/** Files that no pattern means unless it says so: not what a visitor downloads. */
const LEFT_OUT = ['map', 'gz', 'br', 'LICENSE.txt'] as const;
const HASH = '[hash]';

/** Says whether a path, in key form, belongs to a list of patterns. */
export type Matcher = (path: string) => boolean;

/** Decides whether a token that stands where a pattern says `[hash]` is a content hash. */
export type HashTest = (token: string) => boolean;

/**
 * The matcher of a list of patterns: at least one positive one matches, no negated one does.
 * Dot files only when named, as in fast-glob, which walks the same patterns.
 */
export function matcherOf(patterns: readonly string[], isHash: HashTest): Matcher {
  const positive = patterns.filter((pattern) => !isNegated(pattern)).map(compile(isHash, true));
  const negative = patterns
    .filter(isNegated)
    .map((pattern) => pattern.slice(1))
    .map(compile(isHash, false));
  return (path) =>
    positive.some((matches) => matches(path)) && !negative.some((matches) => matches(path));
}

/** A pattern as people wrote it: without the backslashes that make brackets literal. */
export function displayPattern(pattern: string): string {
  return pattern.replaceAll(/\\(.)/g, '$1');
}

/** `/checkout` speaks of `/checkout` and of the steps on it: `/checkout (timespan)`. */
export function isOnPage(subject: string, page: string | null): boolean {
  return page === null || subject === page || subject.startsWith(`${page} (`);
}

/** What fast-glob walks for a pattern: `[hash]` may be anything there, and is tested afterwards. */
export function walkPattern(pattern: string): string {
  return pattern.replaceAll(HASH, '*');
}

/** What is wrong with the form of a pattern; null when nothing is. */
export function patternFault(pattern: string): { what: string; hint: string } | null {
  const body = isNegated(pattern) ? pattern.slice(1) : pattern;
  if (/^(\/|[A-Za-z]:)/.test(body)) {
    const hint = 'Patterns are relative to the budgets file.';
    return { what: `"${pattern}" is an absolute path`, hint };
  }
  if (/\\(?![[\](){}])/.test(body)) {
    return {
      what: `"${pattern}" has a backslash`,
      hint: 'Write / between folders, on every system.',
    };
  }
  return null;
}

/**
 * True when a pattern can match more than the one path that it spells. `@` and `+` mean something
 * before a parenthesis only: `@acme/web/budgets.json` is a name.
 */
export function isGlob(pattern: string): boolean {
  return /[*?[\]{}()!\\]/.test(pattern);
}

/** True for a pattern that takes files away; `!(a)` is an extglob and takes none. */
export function isNegated(pattern: string): boolean {
  return pattern.startsWith('!') && !pattern.startsWith('!(');
}

function compile(isHash: HashTest, isGuarded: boolean): (pattern: string) => Matcher {
  return (pattern) => {
    const hidden = isGuarded ? LEFT_OUT.filter((ending) => !endsWith(pattern, ending)) : [];
    const matches = pattern.includes(HASH) ? hashMatcher(pattern, isHash) : globMatcher(pattern);
    return (path) => !hidden.some((ending) => path.endsWith(`.${ending}`)) && matches(path);
  };
}

/** True when a pattern names an ending: `*.map`, and `*.{js,map}` as well. */
function endsWith(pattern: string, ending: string): boolean {
  const last = pattern.slice(pattern.lastIndexOf('/') + 1);
  const escaped = ending.replaceAll('.', '\\.');
  return new RegExp(`[.{,|(]${escaped}(?:[,})|]|$)`).test(last);
}

function globMatcher(pattern: string): Matcher {
  if (!isGlob(pattern)) return (path) => path === pattern;
  const expression = globExpression(pattern);
  return (path) => path === pattern || expression.test(path);
}

/** `a-[hash].js`: the pattern with any token in its place, and every such token must be a hash. */
function hashMatcher(pattern: string, isHash: HashTest): Matcher {
  const expression = globExpression(pattern.replaceAll(HASH, 'wbhash'));
  if (!expression) return () => false;
  let count = 0;
  const source = expression.source.replaceAll('wbhash', () => {
    count += 1;
    return `(?<hash${count}>[A-Za-z0-9_-]{6,64})`;
  });
  const tokens = new RegExp(source);
  return (path) => {
    const groups = Object.values(tokens.exec(path)?.groups ?? {});
    const found = groups.filter((group) => group !== undefined);
    return found.length > 0 && found.every(isHash);
  };
}

/** The pattern that matches one path only, whatever characters are in it. */
export function literalPattern(path: string): string {
  return path.replaceAll(/[*?[\]{}()!+@\\]/g, '\\$&');
}
