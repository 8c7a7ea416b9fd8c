import { importText } from '../core/import-text.ts';
import { displayPattern } from '../core/select.ts';
import { suggestion } from '../format/suggest.ts';
import type { Budget } from '../model/budget.ts';
import { encodingOf } from '../model/metric.ts';
import { isOpen, isRefusal, type MetricChoice, type Source } from '../sources/source.ts';
import type { EntryContext, ReadEntry } from './entry-context.ts';
import { type LimitContext, readLimits, type Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** A budget in the making: of an entry, or of one metric of it. */
export interface Draft {
  readonly source: Source;
  readonly written: Written;
  readonly limits: Written;
  readonly path: Path;
  readonly context: EntryContext;
  /** The metric's key in `metrics`; null for a budget of one metric. */
  readonly fanned: string | null;
}

/** The keys of limits. */
export const LIMITS = ['max', 'min', 'maxIncrease', 'maxDecrease'] as const;

/** What is said of a budget without one. */
export const NO_LIMIT = 'has no limit';

/** One budget, or what is wrong with it. */
export function readBudget(draft: Draft): ReadEntry {
  const { source, written, fanned, path, context } = draft;
  const id = fanned ?? (written.metric as string | undefined);
  const choice = source.metric(id, written);
  const metricPath = fanned === null && id !== undefined ? [...path, 'metric'] : path;
  if (isRefusal(choice)) {
    const hint = choice.hint ?? suggestion(id ?? '', source.metrics ?? []);
    return { budgets: [], problems: [problem(metricPath, choice.refused, hint)] };
  }
  const known = limitContext(choice);
  const given = withLimitDefaults(draft, known);
  const read = readLimits(given, path, known);
  const problems = [...read.problems, ...(context.defaults === null ? [] : limitless(given, path))];
  if (problems.length > 0) return { budgets: [], problems };
  const { limits, ignoreBelow } = read;
  const selection = source.selection(written);
  const named = names(draft, choice.id);
  const budget = { ...named, selection, metric: choice.id, limits, ignoreBelow, ...manners(draft) };
  return { budgets: [budget], problems };
}

function limitless(given: Written, path: Path): Problem[] {
  if (LIMITS.some((key) => given[key] !== undefined)) return [];
  return [problem(path, NO_LIMIT, `Give one of ${LIMITS.join(', ')}.`)];
}

function limitContext(choice: Exclude<MetricChoice, { refused: string }>): LimitContext {
  return isOpen(choice) ? { unit: null, better: null } : choice;
}

/** A default is taken where it fits: "500 B" does not become a limit on milliseconds. */
function withLimitDefaults(draft: Draft, known: LimitContext): Written {
  const { limits, written, context } = draft;
  const beside = written.ignoreBelow === undefined ? {} : { ignoreBelow: written.ignoreBelow };
  const given: Record<string, unknown> = { ...beside, ...limits };
  // What only a report knows cannot be held against a default.
  if (known.unit === null) return given;
  for (const key of [...LIMITS, 'ignoreBelow']) {
    const value = context.defaults?.[key];
    if (value === undefined || given[key] !== undefined) continue;
    if (readLimits({ [key]: value }, [], known).problems.length === 0) given[key] = value;
  }
  return given;
}

/** What happens when it breaks: said for the metric, for the budget, or by default. */
function manners(draft: Draft): Pick<Budget, 'severity' | 'optional' | 'message'> {
  const { limits, written, context } = draft;
  const chosen = (key: string) => limits[key] ?? written[key] ?? context.defaults?.[key];
  return {
    severity: (chosen('severity') as Budget['severity'] | undefined) ?? 'fail',
    optional: written.optional === true,
    message: (chosen('message') as string | undefined) ?? null,
  };
}

function names({ source, written, fanned }: Draft, metric: string): Pick<Budget, 'name' | 'entry'> {
  const own = written.name as string | undefined;
  if (fanned !== null) {
    const entry = own ?? subjectText(source, written);
    return { name: `${entry}: ${fanned}`, entry };
  }
  const isSize = source.selection(written).kind !== 'measurements' && encodingOf(metric) !== null;
  const subject = subjectText(source, written);
  const name = own ?? (isSize || subject === metric ? subject : `${subject}: ${metric}`);
  return { name, entry: name };
}

function subjectText(source: Source, written: Written): string {
  const selection = source.selection(written);
  if (selection.kind === 'assets') return selection.patterns.map(displayPattern).join(', ');
  if (selection.kind === 'pages') return selection.pages.map(displayPattern).join(', ');
  if (selection.kind === 'package') return selection.name;
  if (selection.kind === 'duplicates') return 'duplicates';
  if (selection.kind === 'imports') return importText(selection);
  return selection.page ?? selection.reports.join(', ');
}
