import micromatch from 'micromatch';

/** Files that no pattern means unless it says so: not what a visitor downloads. */
const LEFT_OUT = ['.map', '.gz', '.br', '.LICENSE.txt'] as const;
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

/** True when a pattern can match more than the one path that it spells. */
export function isGlob(pattern: string): boolean {
  return /[*?[\]{}()!+@\\]/.test(pattern);
}

export function isNegated(pattern: string): boolean {
  return pattern.startsWith('!') && !pattern.startsWith('!(');
}

function compile(isHash: HashTest, guarded: boolean): (pattern: string) => Matcher {
  return (pattern) => {
    const alternatives = alternativesOf(pattern).map((single) =>
      compileOne(single, isHash, guarded),
    );
    return (path) => alternatives.some((matches) => matches(path));
  };
}

/** Braces written out: each alternative has an ending of its own. */
function alternativesOf(pattern: string): string[] {
  if (!pattern.includes('{')) return [pattern];
  return micromatch.braces(pattern, { expand: true, keepEscaping: true });
}

function compileOne(pattern: string, isHash: HashTest, guarded: boolean): Matcher {
  const hidden = guarded ? LEFT_OUT.filter((end) => !pattern.endsWith(end)) : [];
  const matches = pattern.includes(HASH) ? hashMatcher(pattern, isHash) : globMatcher(pattern);
  return (path) => !hidden.some((end) => path.endsWith(end)) && matches(path);
}

function globMatcher(pattern: string): Matcher {
  return isGlob(pattern) ? micromatch.matcher(pattern) : (path) => path === pattern;
}

/** `a-[hash].js`: the pattern with any token in its place, and the token must be a hash. */
function hashMatcher(pattern: string, isHash: HashTest): Matcher {
  const expression = micromatch.makeRe(pattern.replaceAll(HASH, 'wbhash'));
  if (!expression) return () => false;
  const tokens = new RegExp(expression.source.replaceAll('wbhash', '([A-Za-z0-9_-]{6,64})'));
  return (path) => {
    const groups = tokens.exec(path)?.slice(1);
    return groups?.some((group) => group !== undefined && isHash(group)) ?? false;
  };
}
