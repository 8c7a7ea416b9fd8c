/** A file by its path from the repository's root. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/**
 * Which file of base a file of head was before it was moved: the one of a folder of the same name,
 * else the one that it shares most with. Never one that another file of head may be as well.
 * @param gone files of base that head has not
 * @param newcomers files of head that base has not, `path` among them
 * @returns null where that cannot be told
 */
export function movedFrom(
  path: string,
  gone: readonly NamedText[],
  newcomers: readonly NamedText[],
): NamedText | null {
  const own = newcomers.find((one) => one.path === path);
  if (own === undefined) return null;
  const byFolder = matesOf(own, gone);
  if (byFolder.length > 0) return onlyOne(own, byFolder, matesOf(byFolder[0], newcomers));
  const isFree = (others: readonly NamedText[]) => (one: NamedText) =>
    matesOf(one, others).length === 0;
  const free = gone.filter(isFree(newcomers));
  const before = likest(own, free);
  return onlyOne(own, before, likest(before[0], newcomers.filter(isFree(gone))));
}

/** Where neither could be another one. */
function onlyOne(
  own: NamedText,
  before: readonly NamedText[],
  claims: readonly NamedText[],
): NamedText | null {
  const isMutual = before.length === 1 && claims.length === 1 && claims[0] === own;
  return isMutual ? (before[0] ?? null) : null;
}

/** `libs/shop/budgets.json` of `packages/shop/budgets.json`. */
function matesOf(own: NamedText | undefined, others: readonly NamedText[]): NamedText[] {
  const end = (file: NamedText) => file.path.split('/').slice(-2);
  if (own === undefined || end(own).length < 2) return [];
  return others.filter((one) => end(one).join('/') === end(own).join('/'));
}

/** As git tells a file that was renamed. */
const LEAST_SHARED = 0.5;

/** Those that have most in common with it, several where they have as much; none without enough. */
function likest(own: NamedText | undefined, others: readonly NamedText[]): NamedText[] {
  if (own === undefined) return [];
  const scored = others.map((one) => ({ one, score: likeness(own, one) }));
  const best = Math.max(LEAST_SHARED, ...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score >= best).map(({ one }) => one);
}

/** From 0 to 1. */
function likeness(left: NamedText, right: NamedText): number {
  const [one, other] = [wordsOf(left.text), wordsOf(right.text)];
  const most = Math.max(one.length, other.length);
  return most === 0 ? 0 : sharedWords(one, other) / most;
}

/** Entries of JSON, however its lines are broken; lines of anything else. */
function wordsOf(text: string): string[] {
  return text
    .split(/[\n,{}[\]]+/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function sharedWords(left: readonly string[], right: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
  return right.filter((word) => {
    const count = counts.get(word) ?? 0;
    counts.set(word, count - 1);
    return count > 0;
  }).length;
}
