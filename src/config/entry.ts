import { encodingOf } from '../model/metric.ts';
import type { Source } from '../sources/source.ts';
import { LIMITS, NO_LIMIT, readBudget } from './entry-budget.ts';
import type { EntryContext, ReadEntry } from './entry-context.ts';
import { subjectOf } from './entry-subject.ts';
import type { Written } from './limits.ts';
import { type Path, type Problem, problem } from './problem.ts';

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
  const about = [refusal?.key, ...(refusal?.missedIn ?? [])];
  const isSaid = shape.some(({ path: at }) => about.includes(String(at[path.length])));
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

function refuse(...problems: Problem[]): ReadEntry {
  return { budgets: [], problems };
}
