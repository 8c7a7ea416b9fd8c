import type { AssetSelection } from '../model/budget.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Encoding } from '../model/metric.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { partsOf } from './parts-of.ts';
import { isPlausibleHash } from './plausible-hash.ts';
import { displayPattern, isNegated, type Matcher, matcherOf } from './select.ts';
import { type BaseValue, type Doubt, exactSubject, type Subject } from './subject.ts';

/** The sum over the files that patterns select, and each pattern that selects none. */
export function sumOfAssets(
  selection: AssetSelection,
  encoding: Encoding,
  comparison: Comparison,
): Subject[] {
  const members = selected(selection, comparison, 'head');
  const missing = missingPatterns(selection, members, comparison);
  if (members.length === 0) return missing;
  const before = selected(selection, comparison, 'base');
  const unsized = members.some((change) => change.sizes[encoding].head === undefined);
  const sum: Subject = {
    ...exactSubject(selection.patterns.map(displayPattern).join(', ')),
    actual: unsized ? null : total(members, encoding, 'head'),
    detail: unsized ? `some of its files have no ${encoding} size` : null,
    base: unclassed(selection, comparison) ?? baseSum(members, before, encoding, comparison),
    covers: { kind: 'assets', parts: partsOf(members, before) },
    doubt: doubtOf(selection, comparison),
  };
  return [...missing, sum];
}

/** Every file that patterns select by itself, and each pattern that selects none. */
export function eachAsset(
  selection: AssetSelection,
  encoding: Encoding,
  comparison: Comparison,
): Subject[] {
  const members = selected(selection, comparison, 'head');
  const subjects = members.map((change) => ({
    ...exactSubject(change.subject),
    actual: change.sizes[encoding].head ?? null,
    detail: change.sizes[encoding].head === undefined ? `it has no ${encoding} size` : null,
    base: baseOfOne(change, encoding, comparison),
    covers: { kind: 'assets' as const, parts: partsOf([change], [change]) },
    doubt: doubtOf(selection, comparison),
  }));
  return [...missingPatterns(selection, members, comparison), ...subjects];
}

/** What a side holds of a selection: each side's own pages say what is lazy there. */
function selected(
  { patterns, load }: AssetSelection,
  comparison: Comparison,
  side: 'base' | 'head',
): AssetChange[] {
  const matches = matcherOf(patterns, isPlausibleHash);
  return comparison.assets.filter(({ [side]: asset }) => {
    if (asset === null || !matches(asset.path)) return false;
    return load === undefined || asset.load === load;
  });
}

/** What some page was not asked for may be initial because of it. */
function doubtOf(
  { load }: AssetSelection,
  { head, base }: Pick<Comparison, 'head' | 'base'>,
): Doubt | null {
  if (load === undefined) return null;
  const isHead = head.hasMorePages === true;
  if (!isHead && base?.snapshot.hasMorePages !== true) return null;
  const whose = isHead ? 'the build' : 'base';
  return {
    detail: `not all pages of ${whose} were read, so not all that is ${load} is known`,
    of: 'all',
  };
}

/** A record that knows no pages cannot say what was lazy in it. */
function unclassed({ load }: AssetSelection, { base }: Comparison): BaseValue | null {
  if (load === undefined || base === null || hasPages(base.snapshot)) return null;
  const detail = "new budget: base's record does not say what its pages load";
  return { kind: 'none', detail };
}

function hasPages({ pages = [] }: Snapshot): boolean {
  return pages.length > 0;
}

function missingPatterns(
  selection: AssetSelection,
  members: readonly AssetChange[],
  { head }: Comparison,
): Subject[] {
  const positive = selection.patterns.filter((pattern) => !isNegated(pattern));
  const isMissing = (pattern: string) => {
    const matches = matcherOf([pattern], isPlausibleHash);
    return !members.some(({ head }) => head !== null && matches(head.path));
  };
  const missing = positive.length === 0 ? selection.patterns : positive.filter(isMissing);
  return missing.map(displayPattern).map((pattern) => ({
    ...exactSubject(pattern),
    detail: missingWords(pattern, selection, head),
    doubt: doubtOf(selection, { head, base: null }),
  }));
}

function missingWords(pattern: string, { load }: AssetSelection, head: Snapshot): string {
  if (load === undefined) return `no file matches ${pattern}`;
  if (hasPages(head)) return `no ${load} file matches ${pattern}`;
  return `no page of the build was found, so nothing says which files of ${pattern} are ${load}`;
}

function baseSum(
  members: readonly AssetChange[],
  before: readonly AssetChange[],
  encoding: Encoding,
  comparison: Comparison,
): BaseValue {
  const refusal = untracked(members, encoding, comparison);
  if (refusal !== null) return refusal;
  const involved = [...new Set([...members, ...before])];
  if (before.some((change) => change.sizes[encoding].base === undefined))
    return newBudget(encoding);
  if (involved.some((change) => !change.sizes[encoding].comparable)) return otherEncoder(encoding);
  return { kind: 'known', value: total(before, encoding, 'base') };
}

function baseOfOne(change: AssetChange, encoding: Encoding, comparison: Comparison): BaseValue {
  if (change.base === null) {
    const refusal = untracked([change], encoding, comparison);
    return refusal ?? (change.namesakes > 0 ? anotherName(change.namesakes) : { kind: 'new' });
  }
  const { base, comparable } = change.sizes[encoding];
  if (base === undefined) return newBudget(encoding);
  return comparable ? { kind: 'known', value: base } : otherEncoder(encoding);
}

/** Not measured is never read as not there: a file that base did not look for is not new. */
function untracked(
  members: readonly AssetChange[],
  encoding: Encoding,
  { base }: Comparison,
): BaseValue | null {
  if (base === null) return { kind: 'none', detail: null };
  const { tracked } = base.snapshot;
  if (encoding !== 'raw' && !tracked.encodings.includes(encoding)) return newBudget(encoding);
  const lists = matchersOf(base.snapshot);
  // By head's path: a renamed output folder is not what base's patterns spoke of.
  const wasTracked = ({ head }: AssetChange) => lists.some((matches) => matches(head?.path ?? ''));
  if (members.every(wasTracked)) return null;
  return { kind: 'none', detail: 'new budget: base did not measure these files' };
}

const MATCHERS = new WeakMap<Snapshot, readonly Matcher[]>();

/** Compiled once for a snapshot, however many assets ask. */
function matchersOf(snapshot: Snapshot): readonly Matcher[] {
  const known = MATCHERS.get(snapshot);
  if (known !== undefined) return known;
  const lists = snapshot.tracked.files.map((list) => matcherOf(list, isPlausibleHash));
  MATCHERS.set(snapshot, lists);
  return lists;
}

function newBudget(encoding: Encoding): BaseValue {
  return { kind: 'none', detail: `new budget: base has no ${encoding} sizes of these files` };
}

/** What cannot be told apart escapes no limit: it is said. */
function anotherName(count: number): BaseValue {
  const files = count === 1 ? 'a file' : `${count} files`;
  return {
    kind: 'incomparable',
    detail: `base has ${files} of this name, and nothing tells which is which; a manifest of the bundler would`,
  };
}

function otherEncoder(encoding: Encoding): BaseValue {
  return {
    kind: 'incomparable',
    detail: `base was compressed with another level or encoder of ${encoding}`,
  };
}

function total(changes: readonly AssetChange[], encoding: Encoding, side: 'base' | 'head'): number {
  return changes.reduce((sum, change) => sum + (change.sizes[encoding][side] ?? 0), 0);
}
