import { type Amount, type Budget, isPercent, type Percent } from '../model/budget.ts';
import type { Comparison } from '../model/comparison.ts';
import { ENCODINGS, encodingOf } from '../model/metric.ts';
import type { Loosening } from '../model/verdict.ts';
import type { Subject } from './subject.ts';
import { subjectsOf } from './subjects.ts';

/** A loosening without the budget's name. */
export type Loosened = Omit<Loosening, 'budget'>;

/** Limits of a budget that head has raised, removed or moved to a weaker unit or encoding. */
export function loosenedLimits(before: Budget, after: Budget, comparison: Comparison): Loosened[] {
  // Most often: then nobody needs to know what the budget measures.
  if (limitsText(before) === limitsText(after)) return [];
  const subjects = subjectsOf(before, comparison);
  const scale = subjects[0]?.scale ?? 1;
  return [
    ...weakerEncoding(before, after),
    ...absolute(before, after, scale),
    ...relative(before, after, 'maxIncrease', subjects),
    ...relative(before, after, 'maxDecrease', subjects),
    ...ignored(before, after, scale),
  ];
}

/** Equal for budgets of which none allows more than the other; other texts tell nothing. */
function limitsText({ metric, limits, ignoreBelow }: Budget): string {
  return JSON.stringify([metric, limits, ignoreBelow]);
}

function weakerEncoding(before: Budget, after: Budget): Loosened[] {
  const [from, to] = [encodingOf(before.metric), encodingOf(after.metric)];
  if (from === null || to === null || ENCODINGS.indexOf(to) <= ENCODINGS.indexOf(from)) return [];
  return [{ kind: 'weaker-encoding', from, to }];
}

function absolute(before: Budget, after: Budget, scale: number): Loosened[] {
  return (['max', 'min'] as const).flatMap((key): Loosened[] => {
    const [old, next] = [before.limits[key], after.limits[key]];
    if (old === undefined) return [];
    const from = `${key} ${old.text}`;
    if (next === undefined) return [{ kind: 'limit-removed', from, to: null }];
    const growth = stored(next, scale) - stored(old, scale);
    const isWeaker = key === 'max' ? growth > 0 : growth < 0;
    return isWeaker ? [{ kind: 'limit-raised', from, to: `${key} ${next.text}` }] : [];
  });
}

type Relative = Amount | Percent;

/** All limits of a list must hold, so the strictest of each kind counts. */
function relative(
  before: Budget,
  after: Budget,
  key: 'maxIncrease' | 'maxDecrease',
  subjects: readonly Subject[],
): Loosened[] {
  const [old, next] = [before.limits[key] ?? [], after.limits[key] ?? []];
  if (old.length === 0) return [];
  const from = words(key, old);
  if (next.length === 0) return [{ kind: 'limit-removed', from, to: null }];
  const scale = subjects[0]?.scale ?? 1;
  const kinds = [isPercent, isAmount].map((isOfKind) => ({
    old: strictest(old.filter(isOfKind), scale),
    next: strictest(next.filter(isOfKind), scale),
  }));
  const to = words(key, next);
  if (kinds.some((kind) => kind.old !== null && kind.next !== null && kind.next > kind.old)) {
    return [{ kind: 'limit-raised', from, to }];
  }
  if (kinds.every((kind) => kind.old === null || kind.next !== null)) return [];
  // A kind of limit is gone: a list got shorter, or the limit moved to another unit.
  if (kinds.some((kind) => kind.old !== null && kind.next !== null)) {
    return [{ kind: 'limit-removed', from, to }];
  }
  return isWeakerSomewhere(old, next, subjects) ? [{ kind: 'weaker-unit', from, to }] : [];
}

/** Held against each subject's base; where base is unknown, the move itself is what can be said. */
function isWeakerSomewhere(
  old: readonly Relative[],
  next: readonly Relative[],
  subjects: readonly Subject[],
): boolean {
  const known = subjects.flatMap(({ base, scale }) =>
    base.kind === 'known' ? [{ base: base.value, scale }] : [],
  );
  if (known.length === 0) return true;
  const allowed = (limits: readonly Relative[], base: number, scale: number) =>
    Math.min(
      ...limits.map((limit) =>
        isPercent(limit) ? (base * limit.percent) / 100 : stored(limit, scale),
      ),
    );
  return known.some(({ base, scale }) => allowed(next, base, scale) > allowed(old, base, scale));
}

function ignored(before: Budget, after: Budget, scale: number): Loosened[] {
  const [old, next] = [before.ignoreBelow, after.ignoreBelow];
  if (next === null || stored(next, scale) <= (old === null ? 0 : stored(old, scale))) return [];
  return [{ kind: 'ignore-below-raised', from: old?.text ?? null, to: next.text }];
}

function strictest(limits: readonly Relative[], scale: number): number | null {
  if (limits.length === 0) return null;
  return Math.min(
    ...limits.map((limit) => (isPercent(limit) ? limit.percent : stored(limit, scale))),
  );
}

function isAmount(limit: Relative): boolean {
  return !isPercent(limit);
}

/** A bare number is in the unit that the report declares. */
function stored({ value, unit }: Amount, scale: number): number {
  return unit === null ? value * scale : value;
}

function words(key: string, limits: readonly Relative[]): string {
  return `${key} ${limits.map(({ text }) => text).join(' and ')}`;
}
