import { closest, distance } from 'fastest-levenshtein';

/** The nearest right word, when one is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const folded = known.find((name) => name.toLowerCase() === word.toLowerCase());
  const nearest = folded ?? closest(word, [...known]);
  const near = distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, word.length / 3);
  if (near) return nearest;
  const lower = word.toLowerCase();
  return known.find((name) => isStart(name.toLowerCase(), lower)) ?? null;
}

/** `maxsize` is `max` with more on it, `big` the start of `bigger`. */
function isStart(name: string, word: string): boolean {
  return (name.length >= 3 && word.startsWith(name)) || (word.length >= 3 && name.startsWith(word));
}

/** `Did you mean "gzip"?`, or the list of what is possible. */
export function suggestion(word: string, known: readonly string[]): string {
  const nearest = didYouMean(word, known);
  return nearest === null ? `Known: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}
