import type { Budget, PackageSelection } from '../model/budget.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Duplicate } from '../model/duplicate.ts';
import type { Encoding } from '../model/metric.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { shareOf } from './account.ts';
import { duplicatesIn } from './duplicates.ts';
import { closedSubject, doubtOf, hasUnknown, isOpen, notLookedInto } from './known-inside.ts';
import { ownersIn } from './module-owner.ts';
import { type BaseValue, exactSubject, type Subject } from './subject.ts';

/**
 * A package's modules, wherever they are in the build. One that is nowhere has 0 bytes where it must
 * not come in; else its name is taken for misspelled, and nothing matches.
 */
export function packageSubject(
  { name }: PackageSelection,
  limits: Budget['limits'],
  encoding: Encoding,
  comparison: Comparison,
): Subject {
  const closed = closedSubject(name, comparison.head);
  if (closed !== null) return closed;
  const { head, assets, base } = comparison;
  const before = base?.snapshot ?? null;
  const doubt = doubtOf(head);
  const isBanned = limits.max?.value === 0;
  if (!isBanned && doubt === null && ![head, before].some((side) => holds(name, side))) {
    return { ...exactSubject(name), detail: `no module of ${name} is inside` };
  }
  const parts = assets.map((change) => ({
    change,
    isInBase: change.base !== null,
    isInHead: change.head !== null,
  }));
  return {
    ...exactSubject(name),
    actual: sumOf(name, head, assets, encoding, 'head'),
    detail: notLookedInto(head),
    doubt,
    base: before === null ? NO_BASE : baseOf(name, before, comparison, encoding),
    covers: { kind: 'package', name, parts },
  };
}

/** How many packages are inside the build in more than one installed copy. */
export function duplicatesSubject(comparison: Comparison): Subject {
  const { head, base } = comparison;
  const closed = closedSubject('duplicates', head);
  if (closed !== null) return { ...closed, unit: 'count' };
  const found = duplicatesIn(head);
  const before = base?.snapshot ?? null;
  const notes = [namesOf(found), notLookedInto(head)].filter((note) => note !== null);
  return {
    ...exactSubject('duplicates'),
    unit: 'count',
    actual: found.length,
    detail: notes.length === 0 ? null : notes.join('; '),
    doubt: doubtOf(head),
    base: before === null ? NO_BASE : duplicatesBefore(before, comparison),
  };
}

function duplicatesBefore(before: Snapshot, comparison: Comparison): BaseValue {
  if (!isOpen(before)) return UNOPENED;
  const changed = comparison.assets.filter((change) => !change.isSame);
  return hasUnknown(changed, comparison)
    ? HALF_KNOWN
    : { kind: 'known', value: duplicatesIn(before).length };
}

const NO_BASE: BaseValue = { kind: 'none', detail: null };
const UNOPENED: BaseValue = {
  kind: 'none',
  detail: 'new budget: nothing says what was inside the files of base',
};
const HALF_KNOWN: BaseValue = {
  kind: 'incomparable',
  detail: 'scripts that changed have no source map, so what is inside them is not known',
};

function holds(name: string, snapshot: Snapshot | null): boolean {
  if (snapshot === null) return false;
  const ownerOf = ownersIn(snapshot);
  return snapshot.assets.some(({ modules = [] }) =>
    modules.some(({ id }) => ownerOf(id).package === name),
  );
}

/** Null where a file that holds some of it has no size in the encoding. */
function sumOf(
  name: string,
  snapshot: Snapshot,
  changes: readonly AssetChange[],
  encoding: Encoding,
  side: 'base' | 'head',
): number | null {
  const ownerOf = ownersIn(snapshot);
  let sum = 0;
  for (const change of changes) {
    const asset = change[side];
    const modules = (asset?.modules ?? []).filter(({ id }) => ownerOf(id).package === name);
    const bytes = change.sizes[encoding][side];
    if (asset === null || modules.length === 0) continue;
    if (bytes === undefined) return null;
    const whole = { bytes, raw: asset.raw, modules, load: null };
    for (const module of modules) sum += shareOf(module, whole, encoding);
  }
  return sum;
}

/** What did not change counts as head knows it: records that say less of it are no other size. */
function baseOf(
  name: string,
  before: Snapshot,
  comparison: Comparison,
  encoding: Encoding,
): BaseValue {
  if (!isOpen(before)) return UNOPENED;
  const { head, assets } = comparison;
  const changed = assets.filter((change) => !change.isSame);
  if (changed.some(({ sizes }) => !sizes[encoding].comparable)) {
    const detail = `base was compressed with another level or encoder of ${encoding}`;
    return { kind: 'incomparable', detail };
  }
  if (changed.some(isHalfOpen)) {
    return { kind: 'incomparable', detail: 'only one side says what is inside a file' };
  }
  if (hasUnknown(changed, comparison)) return HALF_KNOWN;
  const kept = sumOf(
    name,
    head,
    assets.filter((asset) => asset.isSame),
    encoding,
    'head',
  );
  const other = sumOf(name, before, changed, encoding, 'base');
  if (kept === null || other === null) {
    return { kind: 'none', detail: `new budget: base has no ${encoding} sizes of these files` };
  }
  return { kind: 'known', value: kept + other };
}

function isHalfOpen({ base, head }: AssetChange): boolean {
  if (base === null || head === null) return false;
  return (base.modules === undefined) !== (head.modules === undefined);
}

/** Packages that are named; the others are counted. */
const NAMED = 5;

function namesOf(found: readonly Duplicate[]): string | null {
  if (found.length === 0) return null;
  const named = found.slice(0, NAMED).map(({ name, versions, copies }) => {
    const which = versions.length > 1 ? versions.join(' and ') : `${copies.length} copies`;
    return `${name} (${which})`;
  });
  const more = found.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
