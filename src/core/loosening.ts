import type { Budget, Relaxing, Selection, Waiver } from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import { isSameLabel } from '../model/label.ts';
import { encodingOf } from '../model/metric.ts';
import type { Snapshot, Unbuilt } from '../model/snapshot.ts';
import type { Loosening } from '../model/verdict.ts';
import { coversImports, importText } from './import-text.ts';
import { type Loosened, loosenedLimits } from './loosened-limits.ts';
import { pageLoosenings, pageText } from './page-loosening.ts';
import { displayPattern, isNegated } from './select.ts';

/** Rules that head has made weaker than base's. A rename with the same subject is not one. */
export function loosenings(base: Snapshot, comparison: Comparison, today: string): Loosening[] {
  const { head } = comparison;
  const found: Loosening[] = base.budgets.flatMap((before) => {
    const after = successor(before, base.budgets, head.budgets);
    if (after === null) return [loosening(before.name, 'budget-removed')];
    return [
      ...selectionLoosenings(before, after),
      ...loosenedLimits(before, after, comparison).map((one) => ({ budget: before.name, ...one })),
      ...switchLoosenings(before, after),
    ];
  });
  return [
    ...found,
    ...waiverLoosenings(base, head, today),
    ...relaxingLoosenings(base.rules.relaxing, head.rules.relaxing),
    ...labelLoosenings(base.rules.acceptLabel ?? null, head.rules.acceptLabel ?? null),
    ...unbuiltLoosenings(base.rules.unbuilt ?? 'fail', head.rules.unbuilt ?? 'fail'),
  ];
}

function loosening(
  budget: string | null,
  kind: Loosening['kind'],
  from: string | null = null,
  to: string | null = null,
): Loosening {
  return { budget, kind, from, to };
}

/** The same name; else a budget of another name on the same subject and metric. */
function successor(
  before: Budget,
  bases: readonly Budget[],
  heads: readonly Budget[],
): Budget | null {
  const named = heads.find((budget) => budget.name === before.name);
  if (named !== undefined) return named;
  const taken = new Set(bases.map((budget) => budget.name));
  const free = heads.filter((budget) => !taken.has(budget.name));
  const same = free.filter((budget) => subjectKey(budget) === subjectKey(before));
  return same.find((budget) => budget.metric === before.metric) ?? same[0] ?? null;
}

function subjectKey({ selection, metric }: Budget): string {
  // A size in another encoding is still the same subject; another metric of a report is not.
  const own = encodingOf(metric) === null ? metric : null;
  if (selection.kind === 'assets') {
    const shown = selection.patterns.map(displayPattern).sort();
    return JSON.stringify([shown, selection.each, selection.load ?? null]);
  }
  if (selection.kind === 'measurements') return JSON.stringify([selection, metric]);
  if (selection.kind === 'imports') return importText(selection);
  if (selection.kind !== 'pages') return JSON.stringify([selection, own]);
  const { encoding: _, ignore: __, ...pages } = selection;
  return JSON.stringify([pages, own]);
}

function selectionLoosenings(before: Budget, after: Budget): Loosening[] {
  const [old, next] = [before.selection, after.selection];
  const named = (one: Loosened) => ({ budget: before.name, ...one });
  if (old.kind === 'assets' && next.kind === 'assets') {
    const isNarrowed = next.load !== undefined && next.load !== old.load;
    return [
      ...patternLoosenings(before.name, old.patterns, next.patterns),
      ...eachLoosenings(before.name, old.each, next.each),
      ...(isNarrowed ? [selectionChanged(before, after)] : []),
    ];
  }
  if (old.kind === 'pages' && next.kind === 'pages') {
    return [
      ...patternLoosenings(before.name, old.pages, next.pages),
      ...eachLoosenings(before.name, old.each, next.each),
      ...pageLoosenings(before, after, [old, next]).map(named),
    ];
  }
  const [from, to] = [before, after].map(subjectText);
  if (from === to || isWiderImport(old, next)) return [];
  return [selectionChanged(before, after)];
}

/** To import more under the same limit loosens nothing. */
function isWiderImport(old: Selection, next: Selection): boolean {
  return old.kind === 'imports' && next.kind === 'imports' && coversImports(next, old);
}

function selectionChanged(before: Budget, after: Budget): Loosening {
  return loosening(before.name, 'selection-changed', subjectText(before), subjectText(after));
}

function eachLoosenings(budget: string, before: boolean, after: boolean): Loosening[] {
  if (before === after) return [];
  // A limit on a sum that becomes one on each file lets the sum grow.
  return [loosening(budget, after ? 'each-added' : 'each-removed')];
}

function subjectText(budget: Budget): string {
  const { selection, metric } = budget;
  if (selection.kind === 'pages') return pageText(budget, selection);
  if (selection.kind === 'imports') return importText(selection);
  if (selection.kind === 'assets') {
    const patterns = selection.patterns.map(displayPattern).join(', ');
    return selection.load === undefined ? patterns : `${patterns} (${selection.load})`;
  }
  if (selection.kind === 'package') return selection.name;
  if (selection.kind === 'duplicates') return 'duplicates';
  const { source, reports, page, formFactor } = selection;
  return [source, ...reports, page, formFactor, metric].filter((part) => part !== null).join(' ');
}

function patternLoosenings(
  budget: string,
  before: readonly string[],
  after: readonly string[],
): Loosening[] {
  const shown = (patterns: readonly string[], negated: boolean) =>
    new Set(patterns.filter((pattern) => isNegated(pattern) === negated).map(displayPattern));
  const kept = shown(after, false);
  const known = shown(before, true);
  const removed = [...shown(before, false)].filter((pattern) => !kept.has(pattern));
  const negated = [...shown(after, true)].filter((pattern) => !known.has(pattern));
  return [
    ...removed.map((pattern) => loosening(budget, 'pattern-removed', pattern)),
    ...negated.map((pattern) => loosening(budget, 'negation-added', null, pattern)),
  ];
}

function switchLoosenings(before: Budget, after: Budget): Loosening[] {
  const lowered = before.severity === 'fail' && after.severity === 'warn';
  return [
    ...(lowered ? [loosening(before.name, 'severity-lowered', 'fail', 'warn')] : []),
    ...(!before.optional && after.optional ? [loosening(before.name, 'optional-added')] : []),
  ];
}

/** Waivers of budgets that base had, and that still pardon something. */
function waiverLoosenings(base: Snapshot, head: Snapshot, today: string): Loosening[] {
  const known = new Set(base.budgets.flatMap(({ name, entry }) => [name, entry]));
  const before = base.rules.waivers;
  const after = head.rules.waivers.filter(
    ({ budget, until }) => known.has(budget) && (until === null || today <= until),
  );
  return after.flatMap((waiver) => {
    const old = before.filter(({ budget }) => budget === waiver.budget);
    if (old.length === 0) return [loosening(waiver.budget, 'waiver-added', null, endOf(waiver))];
    const pardoned = head.budgets.find(({ name, entry }) => [name, entry].includes(waiver.budget));
    const isFloor = pardoned?.limits.min !== undefined && pardoned.limits.max === undefined;
    if (old.some((one) => !isExtended(one, waiver, isFloor))) return [];
    const from = old.map(endOf).join('; ');
    return [loosening(waiver.budget, 'waiver-extended', from, endOf(waiver))];
  });
}

/** @param isFloor the budget's limit is one from below: a lower `upTo` pardons more */
function isExtended(before: Waiver, after: Waiver, isFloor: boolean): boolean {
  const sign = isFloor ? -1 : 1;
  const upTo = ({ upTo: amount }: Waiver) =>
    amount === null ? Number.POSITIVE_INFINITY : sign * amount.value;
  const until = (waiver: Waiver) => waiver.until ?? '9999';
  return upTo(after) > upTo(before) || until(after) > until(before);
}

function endOf({ upTo, until }: Waiver): string {
  const parts = [
    upTo === null ? null : `up to ${upTo.text}`,
    until === null ? null : `until ${until}`,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

const STRICTNESS: readonly Relaxing[] = ['fail', 'warn', 'allow'];

function relaxingLoosenings(before: Relaxing, after: Relaxing): Loosening[] {
  const isWeaker = STRICTNESS.indexOf(after) > STRICTNESS.indexOf(before);
  return isWeaker ? [loosening(null, 'relaxing-weakened', before, after)] : [];
}

/** A label that pardons what nothing pardoned before, or that others may be free to give. */
function labelLoosenings(before: string | null, after: string | null): Loosening[] {
  if (after === null || (before !== null && isSameLabel(before, after))) return [];
  return [loosening(null, 'accept-label-set', before, after)];
}

/** What is not built is not judged. */
function unbuiltLoosenings(before: Unbuilt, after: Unbuilt): Loosening[] {
  return before === 'fail' && after === 'skip'
    ? [loosening(null, 'unbuilt-weakened', before, after)]
    : [];
}
