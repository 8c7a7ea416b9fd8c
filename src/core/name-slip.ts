/**
 * Whether a package's name is another one with a slip in it: two neighbours that changed places, a
 * letter doubled or not, the last letter of a long name missing or one too many. Any other letter
 * makes a package of its own too often: `ramda` and `rambda`, `core-js` and `core-rs`.
 */
export function isNameSlip(name: string, meant: string): boolean {
  const [one, other] = [partsOf(name), partsOf(meant)];
  if (one.scope === other.scope) return isSlip(one.name, other.name);
  return one.name === other.name && isSlip(one.scope, other.scope);
}

/** All packages of a scope begin alike, which says nothing of them. */
function partsOf(name: string): { readonly scope: string; readonly name: string } {
  const [, scope = '', own = name] = /^@([^/]+)\/(.+)$/.exec(name) ?? [];
  return { scope, name: own };
}

/** Shorter names are near too many others: `vue` and `vuex`. */
const SHORTEST = 4;

function isSlip(word: string, meant: string): boolean {
  if (word === meant || Math.min(word.length, meant.length) < SHORTEST) return false;
  const [one, other] = [word.toLowerCase(), meant.toLowerCase()];
  return undoubled(one) === undoubled(other) || isSwapped(one, other) || isLastMissing(one, other);
}

function undoubled(word: string): string {
  return word.replace(/(.)\1+/g, '$1');
}

function isSwapped(one: string, other: string): boolean {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  if (at === -1) return false;
  const swapped = `${one.slice(0, at)}${one[at + 1] ?? ''}${one[at]}${one.slice(at + 2)}`;
  return swapped === other;
}

/** `color` and `colors` are both packages. */
const LONG = 6;

function isLastMissing(one: string, other: string): boolean {
  const [short = '', long = ''] = one.length < other.length ? [one, other] : [other, one];
  const isLetter = /[a-z]$/.test(long);
  return isLetter && long.length > LONG && long.slice(0, -1) === short;
}
