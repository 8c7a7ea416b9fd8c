import { importText } from '../core/import-text.ts';
import { displayPattern } from '../core/select.ts';
import { suggestion } from '../format/suggest.ts';
import type { Budget } from '../model/budget.ts';
import { type Encoding, encodingOf } from '../model/metric.ts';
import { sources } from '../sources/index.ts';
import { isOpen, isRefusal, type MetricChoice, type Source } from '../sources/source.ts';
import { type LimitContext, readLimits, type Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';
import { isReservedSubject, notBuiltYet } from './reserved.ts';
import type { Shapes } from './shapes.ts';

export interface EntryContext {
  /** Null where they are broken: no budget can be called limitless then. */
  readonly defaults: Written | null;
  readonly encodings: readonly Encoding[];
  /** Null for a file that they have nothing to say of. */
  readonly shapes: Shapes | null;
}

export interface ReadEntry {
  readonly budgets: readonly Budget[];
  readonly problems: readonly Problem[];
}

const LIMITS = ['max', 'min', 'maxIncrease', 'maxDecrease'] as const;

/** Reads one entry of `budgets`: one budget, or one for each of its `metrics`. */
export function readEntry(written: Written, path: Path, context: EntryContext): ReadEntry {
  const source = subjectOf(written, path, context.shapes);
  if ('what' in source) return { budgets: [], problems: [source] };
  const shape = context.shapes?.ofEntry(source, written, path) ?? [];
  const sound = withoutBroken(written, shape, path.length);
  const isReadable = !shape.some(({ path: at }) => at[path.length] === source.subject);
  const read = isReadable
    ? readMetrics(source, withSourceDefaults(source, sound, context), path, context)
    : refuse();
  const refusal = isReadable ? source.refuse?.(sound) : undefined;
  // What is broken is no longer there to be refused once more.
  const isSaid = shape.some(({ path: at }) => at[path.length] === refusal?.key);
  if (refusal && !isSaid) shape.push(problem([...path, refusal.key], refusal.what, refusal.hint));
  const problems = [...shape, ...(shape.length > 0 ? read.problems.filter(isOwn) : read.problems)];
  return { budgets: problems.length > 0 ? [] : read.budgets, problems };
}

/** The keys whose shape is right: one error of a budget does not hide another. */
function withoutBroken(written: Written, problems: readonly Problem[], depth: number): Written {
  const broken = new Set(problems.map(({ path }) => path[depth]));
  return Object.fromEntries(Object.entries(written).filter(([key]) => !broken.has(key)));
}

/** A limit whose shape is wrong is there all the same: "has no limit" would not be true. */
function isOwn({ what }: Problem): boolean {
  return what !== NO_LIMIT;
}

const NO_LIMIT = 'has no limit';

function subjectOf(written: Written, path: Path, shapes: Shapes | null): Source | Problem {
  const subjects = Object.keys(sources);
  const reserved = Object.keys(written).find(isReservedSubject);
  if (reserved !== undefined && written[reserved] !== undefined) {
    return problem([...path, reserved], notBuiltYet(reserved), `Subjects: ${subjects.join(', ')}.`);
  }
  const [first, second] = subjects.filter((subject) => written[subject] !== undefined);
  const source = first === undefined ? undefined : sources[first];
  if (source === undefined) return noSubject(written, path, subjects, shapes);
  if (second === undefined) return source;
  return problem(
    [...path, second],
    `has two subjects: ${first} and ${second}`,
    'Make two budgets.',
  );
}

function noSubject(
  written: Written,
  path: Path,
  subjects: readonly string[],
  shapes: Shapes | null,
): Problem {
  const isSlip = (key: string) => !shapes?.isCommonKey(key) && suggestsSubject(key, subjects);
  const slip = Object.keys(written).find(isSlip);
  return slip === undefined
    ? problem(path, 'has no subject', `Give one of ${subjects.join(', ')}.`)
    : problem([...path, slip], `"${slip}" is not a key here`, suggestion(slip, subjects));
}

function suggestsSubject(key: string, subjects: readonly string[]): boolean {
  return suggestion(key, subjects).startsWith('Did');
}

/** Defaults for keys of the source; limits from defaults come later, where they fit the metric. */
function withSourceDefaults(source: Source, written: Written, context: EntryContext): Written {
  const defaults: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(context.defaults ?? {})) {
    const fits = Object.hasOwn(source.keys, key) || key === 'optional';
    if (fits && written[key] === undefined) defaults[key] = value;
  }
  const given = { ...defaults, ...written };
  // A metric names its encoding itself.
  if (namesEncoding(given)) return { ...without(defaults, 'encoding'), ...written };
  return { encoding: context.encodings[0] ?? 'raw', ...given };
}

function namesEncoding({ metric, metrics }: Written): boolean {
  const several = typeof metrics === 'object' && metrics !== null ? Object.keys(metrics) : [];
  return [String(metric), ...several].some((id) => encodingOf(id) !== null);
}

function without(values: Written, key: string): Written {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}

function readMetrics(
  source: Source,
  written: Written,
  path: Path,
  context: EntryContext,
): ReadEntry {
  const several = written.metrics as Record<string, Written> | undefined;
  if (several === undefined) {
    return readBudget({ source, written, limits: written, path, context, fanned: null });
  }
  if (written.metric !== undefined) {
    return refuse(problem([...path, 'metric'], 'stands beside `metrics`', 'Keep one of them.'));
  }
  const misplaced = LIMITS.find((key) => written[key] !== undefined);
  if (misplaced !== undefined) {
    const what = `stands beside \`metrics\`, so it belongs to no metric`;
    return refuse(problem([...path, misplaced], what, 'Move it into one of the metrics.'));
  }
  if (Object.keys(several).length === 0) {
    return refuse(problem([...path, 'metrics'], 'is empty', 'Name a metric and its limits.'));
  }
  const read = Object.entries(several).map(([fanned, limits]) =>
    readBudget({ source, written, limits, path: [...path, 'metrics', fanned], context, fanned }),
  );
  return {
    budgets: read.flatMap((one) => one.budgets),
    problems: read.flatMap((one) => one.problems),
  };
}

interface Draft {
  readonly source: Source;
  readonly written: Written;
  readonly limits: Written;
  readonly path: Path;
  readonly context: EntryContext;
  /** The metric's key in `metrics`; null for a budget of one metric. */
  readonly fanned: string | null;
}

function readBudget(draft: Draft): ReadEntry {
  const { source, written, fanned, path, context } = draft;
  const id = fanned ?? (written.metric as string | undefined);
  const choice = source.metric(id, written);
  const metricPath = fanned === null && id !== undefined ? [...path, 'metric'] : path;
  if (isRefusal(choice)) {
    const hint = choice.hint ?? suggestion(id ?? '', source.metrics ?? []);
    return refuse(problem(metricPath, choice.refused, hint));
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

function refuse(...problems: Problem[]): ReadEntry {
  return { budgets: [], problems };
}
