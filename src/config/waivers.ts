import { sourceOf } from '../core/source-of.ts';
import { suggestion } from '../format/suggest.ts';
import type { Amount, Budget, Waiver } from '../model/budget.ts';
import type { Unit } from '../model/metric.ts';
import { sources } from '../sources/index.ts';
import { isOpen, isRefusal } from '../sources/source.ts';
import { readAmount, type Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';

export interface ReadWaiver {
  readonly waiver: Waiver | null;
  readonly problems: readonly Problem[];
}

/** What a waiver can be of. */
export interface Pardonable {
  readonly budgets: readonly Budget[];
  /** Names of budgets that cannot be read. */
  readonly names: readonly string[];
}

/** Reads a waiver whose shape is right; its budget must exist, and its end must be written. */
export function readWaiver(written: Written, path: Path, known: Pardonable): ReadWaiver {
  const name = String(written.budget);
  const pardoned = known.budgets.filter((budget) => budget.name === name || budget.entry === name);
  const problems = [...budgetProblems(name, path, known), ...endProblems(written, path)];
  if (problems.length > 0 || pardoned.length === 0) return { waiver: null, problems };
  const upTo = written.upTo === undefined ? null : readUpTo(written.upTo, path, name, pardoned);
  if (upTo !== null && 'what' in upTo) return { waiver: null, problems: [upTo] };
  const text = (key: string) => (written[key] === undefined ? null : String(written[key]));
  const words = { until: text('until'), reason: String(written.reason), by: text('by') };
  return { waiver: { budget: name, upTo, ...words }, problems };
}

function budgetProblems(name: string, path: Path, { budgets, names }: Pardonable): Problem[] {
  const known = new Set([...budgets.flatMap((budget) => [budget.name, budget.entry]), ...names]);
  if (known.has(name)) return [];
  return [
    problem([...path, 'budget'], `no budget is named "${name}"`, suggestion(name, [...known])),
  ];
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
  return readAmount(value, at, unitOf(budget));
}

/** Null where only the report knows. */
function unitOf({ metric, selection }: Budget): Unit | null {
  const source = sources[sourceOf(selection)];
  const choice = source?.metric(metric, {});
  return choice === undefined || isOpen(choice) || isRefusal(choice) ? null : choice.unit;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
