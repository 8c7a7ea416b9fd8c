import {
  type Amount,
  type Budget,
  isPercent,
  type Limits,
  type Percent,
  type Relaxing,
  type Selection,
  type Waiver,
} from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import { ENCODINGS, encodingOf } from '../model/metric.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Loosening } from '../model/verdict.ts';
import { displayPattern, isNegated } from './select.ts';
import { subjectsOf } from './subjects.ts';

/** Rules that head has made weaker than base's. A rename with the same subject is not one. */
export function loosenings(base: Snapshot, comparison: Comparison): Loosening[] {
  const { head } = comparison;
  const found: Loosening[] = base.budgets.flatMap((before) => {
    const after = successor(before, base.budgets, head.budgets);
    if (after === null) return [loosening(before.name, 'budget-removed')];
    return [
      ...selectionLoosenings(before, after),
      ...limitLoosenings(before, after, comparison),
      ...switchLoosenings(before, after),
    ];
  });
  return [
    ...found,
    ...waiverLoosenings(base.rules.waivers, head.rules.waivers),
    ...relaxingLoosenings(base.rules.relaxing, head.rules.relaxing),
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
  const files = selection.kind === 'assets';
  const shown = files ? selection.patterns.map(displayPattern) : selection;
  // A size in another encoding is still the same subject; another metric of a report is not.
  return JSON.stringify([shown, files ? selection.each : null, files ? null : metric]);
}

function selectionLoosenings(before: Budget, after: Budget): Loosening[] {
  const [old, next] = [before.selection, after.selection];
  if (old.kind === 'assets' && next.kind === 'assets') {
    return assetLoosenings(before.name, old.patterns, next.patterns).concat(
      old.each && !next.each ? [loosening(before.name, 'each-removed')] : [],
    );
  }
  const text = (selection: Selection) =>
    selection.kind === 'assets'
      ? selection.patterns.map(displayPattern).join(', ')
      : [selection.source, ...selection.reports, selection.page, selection.formFactor]
          .filter((part) => part !== null)
          .join(' ');
  const isSame = text(old) === text(next) && before.metric === after.metric;
  return isSame ? [] : [loosening(before.name, 'selection-changed', text(old), text(next))];
}

function assetLoosenings(
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

function limitLoosenings(before: Budget, after: Budget, comparison: Comparison): Loosening[] {
  const found: Loosening[] = [];
  const [from, to] = [encodingOf(before.metric), encodingOf(after.metric)];
  if (from !== null && to !== null && ENCODINGS.indexOf(to) > ENCODINGS.indexOf(from)) {
    found.push(loosening(before.name, 'weaker-encoding', from, to));
  }
  found.push(...absoluteLoosenings(before, after));
  const value = baseValue(before, comparison);
  for (const key of ['maxIncrease', 'maxDecrease'] as const) {
    found.push(...relativeLoosenings(before, after, key, value));
  }
  const ignored = [before.ignoreBelow, after.ignoreBelow] as const;
  if ((ignored[1]?.value ?? 0) > (ignored[0]?.value ?? 0)) {
    const [old, next] = [ignored[0]?.text ?? null, ignored[1]?.text ?? null];
    found.push(loosening(before.name, 'ignore-below-raised', old, next));
  }
  return found;
}

function absoluteLoosenings(before: Budget, after: Budget): Loosening[] {
  return (['max', 'min'] as const).flatMap((key) => {
    const [old, next] = [before.limits[key], after.limits[key]];
    if (old === undefined) return [];
    if (next === undefined) return [loosening(before.name, 'limit-removed', `${key} ${old.text}`)];
    const isWeaker = key === 'max' ? next.value > old.value : next.value < old.value;
    return isWeaker
      ? [loosening(before.name, 'limit-raised', `${key} ${old.text}`, `${key} ${next.text}`)]
      : [];
  });
}

function relativeLoosenings(
  before: Budget,
  after: Budget,
  key: 'maxIncrease' | 'maxDecrease',
  base: number | null,
): Loosening[] {
  const [old, next] = [before.limits[key] ?? [], after.limits[key] ?? []];
  if (old.length === 0) return [];
  const words = (limits: Limits[typeof key]) =>
    `${key} ${(limits ?? []).map(({ text }) => text).join(' and ')}`;
  if (next.length === 0) return [loosening(before.name, 'limit-removed', words(old))];
  const [oldUnits, nextUnits] = [old.map(isPercent), next.map(isPercent)];
  const isSameKind = JSON.stringify(oldUnits) === JSON.stringify(nextUnits);
  // All limits of a list must hold, so the smallest is what counts.
  const strictest = (limits: readonly (Amount | Percent)[]) =>
    Math.min(...limits.map((limit) => strength(limit, isSameKind ? null : base)));
  if (strictest(next) <= strictest(old)) return [];
  const kind = isSameKind ? 'limit-raised' : 'weaker-unit';
  return [loosening(before.name, kind, words(old), words(next))];
}

/** A percent as an amount of base, to be held beside amounts; by itself where base is unknown. */
function strength(limit: Amount | Percent, base: number | null): number {
  if (!isPercent(limit)) return limit.value;
  return base === null ? limit.percent : (base * limit.percent) / 100;
}

function baseValue(budget: Budget, comparison: Comparison): number | null {
  const values = subjectsOf(budget, comparison).flatMap(({ base }) =>
    base.kind === 'known' ? [base.value] : [],
  );
  return values.length === 0 ? null : Math.max(...values);
}

function switchLoosenings(before: Budget, after: Budget): Loosening[] {
  const lowered = before.severity === 'fail' && after.severity === 'warn';
  return [
    ...(lowered ? [loosening(before.name, 'severity-lowered', 'fail', 'warn')] : []),
    ...(!before.optional && after.optional ? [loosening(before.name, 'optional-added')] : []),
  ];
}

function waiverLoosenings(before: readonly Waiver[], after: readonly Waiver[]): Loosening[] {
  return after.flatMap((waiver) => {
    const old = before.filter(({ budget }) => budget === waiver.budget);
    if (old.length === 0) return [loosening(waiver.budget, 'waiver-added', null, endOf(waiver))];
    if (old.some((one) => !isExtended(one, waiver))) return [];
    const from = old.map(endOf).join('; ');
    return [loosening(waiver.budget, 'waiver-extended', from, endOf(waiver))];
  });
}

function isExtended(before: Waiver, after: Waiver): boolean {
  const upTo = (waiver: Waiver) => waiver.upTo?.value ?? Number.POSITIVE_INFINITY;
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
