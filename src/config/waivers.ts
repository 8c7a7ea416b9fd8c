import { suggestion } from '../format/suggest.ts';
import type { Amount, Budget, Waiver } from '../model/budget.ts';
import { readAmount, type Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';

export interface ReadWaiver {
  readonly waiver: Waiver | null;
  readonly problems: readonly Problem[];
}

/** Reads a waiver whose shape is right; its budget must exist, and its end must be written. */
export function readWaiver(written: Written, path: Path, budgets: readonly Budget[]): ReadWaiver {
  const name = String(written.budget);
  const pardoned = budgets.filter((budget) => budget.name === name || budget.entry === name);
  const problems = [
    ...budgetProblems(name, pardoned, path, budgets),
    ...endProblems(written, path),
  ];
  const [metric] = pardoned;
  if (problems.length > 0 || metric === undefined) return { waiver: null, problems };
  const upTo = written.upTo === undefined ? null : readUpTo(written.upTo, path, name, pardoned);
  if (upTo !== null && 'what' in upTo) return { waiver: null, problems: [upTo] };
  const text = (key: string) => (written[key] === undefined ? null : String(written[key]));
  const waiver = {
    budget: name,
    upTo,
    until: text('until'),
    reason: String(written.reason),
    by: text('by'),
  };
  return { waiver, problems };
}

function budgetProblems(
  name: string,
  pardoned: readonly Budget[],
  path: Path,
  budgets: readonly Budget[],
): Problem[] {
  if (pardoned.length > 0) return [];
  const hint = suggestion(name, [...new Set(budgets.map((budget) => budget.name))]);
  return [problem([...path, 'budget'], `no budget is named "${name}"`, hint)];
}

function endProblems({ upTo, until }: Written, path: Path): Problem[] {
  if (upTo === undefined && until === undefined) {
    return [problem(path, 'has no end', 'Give `upTo` (a value), `until` (a day), or both.')];
  }
  if (until === undefined || isDay(String(until))) return [];
  return [problem([...path, 'until'], `"${until}" is not a day of the calendar`)];
}

function readUpTo(
  value: unknown,
  path: Path,
  name: string,
  pardoned: readonly Budget[],
): Amount | Problem {
  const at = [...path, 'upTo'];
  const [budget] = pardoned;
  if (budget === undefined || pardoned.length > 1) {
    const hint = `Name one of ${pardoned.map((one) => `"${one.name}"`).join(', ')}.`;
    return problem(at, `"${name}" has several metrics`, hint);
  }
  const unit = budget.metric.startsWith('size.') ? 'byte' : unitOf(budget);
  if (unit === null && typeof value === 'number') {
    return problem(
      at,
      `${value} has no unit, and only the report knows it`,
      'Write it with a unit.',
    );
  }
  return readAmount(value, at, unit);
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
