import { isPlausibleHash } from '../core/plausible-hash.ts';
import { isGlob, isNegated, matcherOf, patternFault, walkPattern } from '../core/select.ts';
import { UserError } from '../model/errors.ts';
import type { FoundFile, Host } from '../model/host.ts';

const HASH = '[hash]';

/** Files that belong to at least one of the lists' patterns, each once, by path. */
export async function walk(
  patterns: readonly string[],
  folder: string,
  host: Host,
): Promise<FoundFile[]> {
  const positive = [...new Set(patterns.filter((pattern) => !isNegated(pattern)))];
  const found = await host.glob(positive.map(walkPattern), folder);
  // Negations belong to single budgets: here every positive pattern counts by itself.
  const isWanted = matcherOf(positive, isPlausibleHash);
  return found.filter(({ path }) => isWanted(path));
}

/**
 * Patterns in key form, with brackets made literal where a file with just that name exists:
 * `pages/[id].js` is a route's file in half the frameworks, and a glob class to a globber.
 * @throws UserError `pattern` for absolute paths and backslashes
 */
export async function resolvePatterns(
  patterns: readonly string[],
  folder: string,
  host: Host,
): Promise<string[]> {
  return Promise.all(patterns.map((pattern) => resolvePattern(pattern, folder, host)));
}

async function resolvePattern(pattern: string, folder: string, host: Host): Promise<string> {
  const sign = isNegated(pattern) ? '!' : '';
  const body = pattern.slice(sign.length);
  checkForm(pattern);
  // `d/./a.js` and `d//a.js` are the file `d/a.js`: one file has one name.
  const clean = body
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return sign + (await withLiteralBrackets(clean, folder, host));
}

const GROUP = /(?<!\\)\[[^\]/]+\]/g;

async function withLiteralBrackets(body: string, folder: string, host: Host): Promise<string> {
  const groups = [...body.matchAll(GROUP)].map(([text]) => text).filter((text) => text !== HASH);
  if (groups.length === 0) return body;
  // All of them at once first, as `[[...slug]]` is no group but two.
  const whole = body.replaceAll(/(?<!\\)[[\]]/g, '\\$&');
  if (!body.includes(HASH) && (await matches(whole, folder, host))) return whole;
  let resolved = body;
  for (const text of groups) {
    const literal = `\\[${text.slice(1, -1)}\\]`;
    const others = body.replaceAll(text, literal).replaceAll(GROUP, '*');
    if (await matches(others, folder, host)) resolved = resolved.replaceAll(text, literal);
  }
  return resolved;
}

async function matches(pattern: string, folder: string, host: Host): Promise<boolean> {
  return (await host.glob([pattern], folder)).length > 0;
}

function checkForm(pattern: string): void {
  const fault = patternFault(pattern);
  if (fault !== null) throw new UserError('pattern', `${fault.what}.`, { hint: fault.hint });
}

/** The folder a pattern starts from, before its first glob character: `dist/assets`. */
export function staticFolder(pattern: string): string {
  const parts = pattern.split('/');
  const upTo = parts.findIndex((part) => isGlob(part));
  return parts.slice(0, upTo < 0 ? parts.length - 1 : upTo).join('/');
}
