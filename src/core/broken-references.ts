import type { Page } from '../model/page.ts';
import { MOST_UNRESOLVED } from '../model/page.ts';
import { isLeftOut } from './left-out.ts';

/**
 * Scripts and style sheets that pages need at once and that are not in the build, in words; null
 * where there are none, or where all of them are meant to be elsewhere.
 * @param ignore patterns of what a budget leaves out
 */
export function brokenWords(pages: readonly Page[], ignore: readonly string[] = []): string | null {
  const [worst] = pages
    .map((page) => ({ path: page.path, ...brokenOf(page, ignore) }))
    .filter(({ first }) => first !== undefined);
  if (worst === undefined) return null;
  const others = worst.more === 0 ? '' : ` and ${worst.more} more`;
  return `${worst.path} refers to ${worst.first}${others}, not in the build and not counted`;
}

function brokenOf({ broken = [] }: Page, ignore: readonly string[]) {
  const [first, ...more] = broken.filter((reference) => !isLeftOut(reference, ignore));
  // A list that was cut may have had others.
  const isCut = first === undefined && broken.length > MOST_UNRESOLVED;
  return { first: isCut ? 'more files' : first, more: more.length };
}
