import type {
  AssetChange,
  Baseline,
  Comparison,
  MeasurementChange,
  SizeChange,
} from '../model/comparison.ts';
import { ENCODINGS, type Encoding, encodingOf } from '../model/metric.ts';
import type { Measurement, Snapshot, Tracked } from '../model/snapshot.ts';
import { foldAlike } from './fold-alike.ts';
import { groupBy } from './group-by.ts';
import type { AssetPair } from './matching.ts';
import { countedOn } from './page-files.ts';
import { pairAssets } from './pair.ts';
import { isPlausibleHash } from './plausible-hash.ts';
import { hasSameContent } from './same-content.ts';
import { matcherOf } from './select.ts';

/** The facts about head beside base; without a base every asset stands for itself. */
export function compare(built: Snapshot, base: Baseline | null): Comparison {
  const head = foldAlike(built, base?.snapshot ?? null);
  const assets = compareAssets(head, base?.snapshot ?? null);
  const measurements = compareMeasurements(head, base?.snapshot ?? null);
  return { head, base, assets, measurements };
}

function compareAssets(head: Snapshot, base: Snapshot | null): AssetChange[] {
  const pairs =
    base === null
      ? head.assets.map((asset) => ({ base: null, head: asset }))
      : pairAssets(base.assets, head.assets);
  const compared = ENCODINGS.filter((one) => base === null || sameEncoder(base, head, one));
  const bySubject = groupBy(pairs, subjectOf);
  const isLookedFor = lookedFor(head, base);
  const headPaths = new Set(head.assets.map(({ path }) => path));
  const changes = pairs.map((pair) => {
    const isShared = (bySubject.get(subjectOf(pair))?.length ?? 0) > 1;
    const isSame = isSamePair(pair, compared);
    const size = (encoding: Encoding) =>
      sizeChange(pair, encoding, { isSame, comparable: compared.includes(encoding) });
    return {
      subject: isShared ? ownPath(pair, headPaths) : subjectOf(pair),
      ...pair,
      isSame,
      isLookedFor: isLookedFor(pair),
      namesakes: pair.base === null ? namesakesOf(bySubject.get(subjectOf(pair)) ?? []) : 0,
      sizes: { raw: size('raw'), gzip: size('gzip'), brotli: size('brotli') },
    };
  });
  return changes.sort((left, right) => (left.subject < right.subject ? -1 : 1));
}

function isSamePair({ base, head }: AssetPair, compared: readonly Encoding[]): boolean {
  return base !== null && head !== null && hasSameContent(base, head, compared);
}

/** Unpaired assets of base: one of them may be what an unpaired one of head was. */
function namesakesOf(pairs: readonly AssetPair[]): number {
  return pairs.filter(({ base, head }) => base !== null && head === null).length;
}

/** Says whether the side that lacks an asset would have measured it, had it been there. */
function lookedFor(head: Snapshot, base: Snapshot | null): (pair: AssetPair) => boolean {
  const matchersOf = (tracked: Tracked) =>
    tracked.files.map((list) => matcherOf(list, isPlausibleHash));
  const inHead = matchersOf(head.tracked);
  const inBase = base === null ? [] : matchersOf(base.tracked);
  // What a page of one side loads, the other side would have weighed for its own budgets.
  const onHead = base === null ? new Set() : countedOn(head.pages, base.budgets);
  const onBase = base === null ? new Set() : countedOn(base.pages, head.budgets);
  return (pair) => {
    if (pair.base !== null && pair.head !== null) return true;
    const [matchers, counted] = pair.base === null ? [inBase, onHead] : [inHead, onBase];
    return counted.has(pathOf(pair)) || matchers.some((matches) => matches(pathOf(pair)));
  };
}

/** Encoders are the same when they size a fixed input the same, whatever their versions. */
function sameEncoder(base: Snapshot, head: Snapshot, encoding: Encoding): boolean {
  if (encoding === 'raw') return true;
  const left = base.encoders;
  const right = head.encoders;
  return (
    left.levels[encoding] === right.levels[encoding] &&
    left.probe[encoding] === right.probe[encoding]
  );
}

function sizeChange(
  { base, head }: AssetPair,
  encoding: Encoding,
  { isSame, comparable }: { isSame: boolean; comparable: boolean },
): SizeChange {
  const before = base?.[encoding];
  const after = head?.[encoding];
  if (base === null) return { base: before, head: after, comparable: true };
  if (!isSame) return { base: before, head: after, comparable };
  // One size serves both, the one that head has.
  const shared = after ?? before;
  return {
    base: before === undefined ? undefined : shared,
    head: after === undefined ? undefined : shared,
    comparable: true,
  };
}

/** Whether anything in the builds is not as it was: what measures nothing inside does not count. */
export function hasChanged({ base, assets, measurements }: Comparison): boolean {
  if (base === null) return false;
  return (
    assets.some(({ isLookedFor, isSame }) => isLookedFor && !isSame) ||
    measurements.some((change) => change.head?.unit === 'byte' && !hasSameValue(change))
  );
}

function hasSameValue({ base, head }: MeasurementChange): boolean {
  return base?.value === head?.value;
}

function subjectOf({ base, head }: AssetPair): string {
  return head?.subject ?? base?.subject ?? '';
}

function pathOf({ base, head }: AssetPair): string {
  return head?.path ?? base?.path ?? '';
}

/** What is gone may have left its path to another asset: chunks are called by numbers. */
function ownPath(pair: AssetPair, headPaths: ReadonlySet<string>): string {
  const isTaken = pair.head === null && headPaths.has(pathOf(pair));
  return isTaken ? `${pathOf(pair)} (base)` : pathOf(pair);
}

function compareMeasurements(head: Snapshot, base: Snapshot | null): MeasurementChange[] {
  const byKey = new Map((base?.measurements ?? []).map((item) => [measurementKey(item), item]));
  const kept = head.measurements.map((item) => {
    const before = byKey.get(measurementKey(item)) ?? null;
    byKey.delete(measurementKey(item));
    const comparable = base === null || before === null || isSameMake(before, item, base, head);
    return {
      base: before,
      head: item,
      isLookedFor: before !== null || reads(base, item),
      comparable,
    };
  });
  const gone = [...byKey.values()].map((item) => ({
    base: item,
    head: null,
    isLookedFor: reads(head, item),
    comparable: true,
  }));
  return [...kept, ...gone];
}

/** Bundles of our own making are what their bundler and encoder make of them. */
function isSameMake(
  before: Measurement,
  after: Measurement,
  base: Snapshot,
  head: Snapshot,
): boolean {
  if (after.source !== 'import') return true;
  const encoding = encodingOf(after.metric);
  const isSameEncoder = encoding === null || sameEncoder(base, head, encoding);
  return isSameEncoder && before.environment === after.environment;
}

function reads(snapshot: Snapshot | null, { source, reports }: Measurement): boolean {
  const asked = snapshot?.tracked.reports ?? [];
  return asked.some(
    (one) => one.source === source && JSON.stringify(one.reports) === JSON.stringify(reports),
  );
}

/** What makes two measurements the same one, in base and head. */
export function measurementKey(item: Measurement): string {
  return JSON.stringify([item.source, item.reports, item.subject, item.formFactor, item.metric]);
}
