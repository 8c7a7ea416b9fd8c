import type { Budget, Waiver } from '../model/budget.ts';
import { readAmount, type Written } from './limits.ts';
import { type Path, type Problem, problem, suggestion } from './problem.ts';

export interface ReadWaiver {
  readonly waiver: Waiver | null;
  readonly problems: readonly Problem[];
}

/** Reads a waiver whose shape is right; its budget must exist, and its end must be written. */
export function readWaiver(written: Written, path: Path, budgets: readonly Budget[]): ReadWaiver {
  const name = String(written.budget);
  const pardoned = budgets.filter((budget) => budget.name === name || budget.entry === name);
  const metric = pardoned[0];
  if (metric === undefined) {
    const hint = suggestion(name, [...new Set(budgets.map((budget) => budget.name))]);
    return refuse(problem([...path, 'budget'], `no budget is named "${name}"`, hint));
  }
  const { upTo, until } = written;
  if (upTo === undefined && until === undefined) {
    return refuse(problem(path, 'has no end', 'Give `upTo` (a value), `until` (a day), or both.'));
  }
  if (upTo !== undefined && pardoned.length > 1) {
    const hint = `Name one of ${pardoned.map((budget) => `"${budget.name}"`).join(', ')}.`;
    return refuse(problem([...path, 'upTo'], `"${name}" has several metrics`, hint));
  }
  if (until !== undefined && !isDay(String(until))) {
    return refuse(problem([...path, 'until'], `"${until}" is not a day of the calendar`));
  }
  const unit = metric.metric.startsWith('size.') ? 'byte' : unitOf(metric);
  const amount = upTo === undefined ? null : readAmount(upTo, [...path, 'upTo'], unit);
  if (amount !== null && 'what' in amount) return refuse(amount);
  const by = (written.by as string | undefined) ?? null;
  const reason = String(written.reason);
  return {
    waiver: {
      budget: name,
      upTo: amount,
      until: (until as string | undefined) ?? null,
      reason,
      by,
    },
    problems: [],
  };
}

/** The unit that the budget's own limits were read in. */
function unitOf({ limits }: Budget) {
  const amounts = [limits.max, limits.min].filter((limit) => limit !== undefined);
  return amounts[0]?.unit ?? null;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function refuse(...problems: Problem[]): ReadWaiver {
  return { waiver: null, problems };
}
