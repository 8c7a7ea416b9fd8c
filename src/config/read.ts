import { patternFault } from '../core/select.ts';
import type { Budget, Waiver } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Encoding } from '../model/metric.ts';
import type { Rules, Unbuilt } from '../model/snapshot.ts';
import { readBaseline } from './baseline.ts';
import { readEntry } from './entry.ts';
import { refuseForeign } from './foreign.ts';
import { readAmount, readLimits, type Written } from './limits.ts';
import type { ParsedConfig } from './parse.ts';
import { isPlainFile } from './plain.ts';
import { type Path, type Problem, problem } from './problem.ts';
import type { Shapes } from './shapes.ts';
import { readWaiver } from './waivers.ts';

export interface ReadConfig {
  readonly config: Config | null;
  readonly problems: readonly Problem[];
}

const DEFAULT_ENCODINGS: readonly Encoding[] = ['gzip', 'brotli'];

/** From a plain value to a config that can be relied on, or every problem it has. */
export async function readConfig(parsed: ParsedConfig): Promise<ReadConfig> {
  const { value } = parsed;
  const isPlain = isPlainFile(value);
  // A file of another tool has keys that ours has not.
  if (!isPlain) refuseForeign(value, parsed.file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const hint = 'Write { "budgets": [{ "files": "dist/**/*.js", "max": "100 kB" }] }.';
    return { config: null, problems: [problem([], 'is not an object', hint)] };
  }
  const top = value as Written;
  const shapes = isPlain ? null : (await import('./shapes.ts')).shapes;
  const problems = [...parsed.problems, ...(shapes?.ofTop(top) ?? [])];
  const isUsable = (key: string) => !problems.some(({ path }) => path[0] === key);
  problems.push(...defaultsProblems(top, problems));
  const { budgets, lines, names } = readBudgets(top, parsed, problems, { isUsable, shapes });
  const waivers = readWaivers(top, { budgets, names }, problems);
  const ignoreBelow = isUsable('ignoreBelow') ? readIgnoreBelow(top, problems) : 0;
  if (isUsable('track')) problems.push(...trackProblems(top));
  const baseline = readBaseline(isUsable('baseline') ? valueOr<Written>(top.baseline, {}) : {});
  problems.push(...baseline.problems, ...nothingToDo(top), ...nothingToOpen(top, budgets));
  if (problems.length > 0) return { config: null, problems };
  const { file, folder } = parsed;
  const relaxing = valueOr<Rules['relaxing']>(top.relaxing, 'warn');
  const acceptLabel = valueOr<string | null>(top.acceptLabel, null);
  const unbuilt = valueOr<Unbuilt>(top.unbuilt, 'fail');
  const rules = { relaxing, waivers, acceptLabel, unbuilt };
  const read = { budgets, rules, baseline: baseline.settings, ignoreBelow, lines };
  return { config: { file, folder, ...plainKeys(top), ...read }, problems };
}

/** Keys whose shape says all there is to know. */
function plainKeys(top: Written): Pick<Config, 'project' | 'track' | 'encodings' | 'levels'> {
  const levels = valueOr<Partial<Config['levels']>>(top.levels, {});
  return {
    project: valueOr<string | null>(top.project, null),
    track: patternList(top.track),
    encodings: valueOr(top.encodings, DEFAULT_ENCODINGS),
    levels: { gzip: valueOr(levels.gzip, 9), brotli: valueOr(levels.brotli, 11) },
  };
}

function valueOr<Value>(value: unknown, unsaid: Value): Value {
  return value === undefined ? unsaid : (value as Value);
}

function trackProblems({ track }: Written): Problem[] {
  const faults = patternList(track)
    .map(patternFault)
    .filter((fault) => fault !== null);
  return faults.map(({ what, hint }) => problem(['track'], what, hint));
}

function nothingToDo({ budgets, track }: Written): Problem[] {
  const empty = budgets === undefined || (Array.isArray(budgets) && budgets.length === 0);
  if (!empty || patternList(track).length > 0) return [];
  return [
    problem(
      [],
      'has neither budgets nor `track`',
      'Give at least { "track": "dist/**/*.js" }, or run `weighbridge init` without this file.',
    ),
  ];
}

/** What is inside files can be told of files that are measured. */
function nothingToOpen({ track }: Written, budgets: readonly Budget[]): Problem[] {
  const isInside = ({ selection: { kind } }: Budget) => kind === 'package' || kind === 'duplicates';
  const [first] = budgets.filter(isInside);
  const hasFiles = budgets.some(({ selection: { kind } }) => kind === 'assets' || kind === 'pages');
  if (first === undefined || hasFiles || patternList(track).length > 0) return [];
  return [
    problem(
      [],
      `has no files to look for ${first.name} in`,
      'Name the files of the build: "track": "dist/**/*.{js,css}".',
    ),
  ];
}

interface ReadBudgets {
  readonly budgets: Budget[];
  readonly lines: Map<string, number>;
  /** Names of entries that cannot be read: a waiver of one is not misspelt. */
  readonly names: string[];
}

function readBudgets(
  top: Written,
  parsed: ParsedConfig,
  problems: Problem[],
  { isUsable, shapes }: { isUsable: (key: string) => boolean; shapes: Shapes | null },
): ReadBudgets {
  const context = {
    shapes,
    defaults: isUsable('defaults') ? valueOr<Written>(top.defaults, {}) : null,
    encodings: isUsable('encodings')
      ? valueOr(top.encodings, DEFAULT_ENCODINGS)
      : DEFAULT_ENCODINGS,
  };
  const result: ReadBudgets = { budgets: [], lines: new Map(), names: [] };
  for (const [index, entry] of objectsIn(top.budgets)) {
    const path = ['budgets', index];
    const read = readEntry(entry, path, context);
    problems.push(...read.problems);
    if (read.budgets.length === 0 && typeof entry.name === 'string') result.names.push(entry.name);
    problems.push(...takenNames(read.budgets, path, result));
    for (const budget of read.budgets) addBudget(budget, path, parsed, result);
  }
  return result;
}

/** The objects of a list with their places; what else is in it is a problem of its shape. */
function objectsIn(list: unknown): [number, Written][] {
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter(
    (item): item is [number, Written] =>
      typeof item[1] === 'object' && item[1] !== null && !Array.isArray(item[1]),
  );
}

function addBudget(budget: Budget, path: Path, parsed: ParsedConfig, result: ReadBudgets): void {
  const isFanned = budget.name !== budget.entry;
  const metric = budget.name.slice(budget.entry.length + 2);
  const line = parsed.line(isFanned ? [...path, 'metrics', metric] : path);
  const { budgets, lines } = result;
  if (line !== null && !budgets.some(({ name }) => name === budget.name))
    lines.set(budget.name, line);
  budgets.push(budget);
}

/** Names are what waivers, comments and comparisons go by: of an entry, and of its metrics. */
function takenNames(read: readonly Budget[], path: Path, { budgets }: ReadBudgets): Problem[] {
  const taken = new Set(budgets.flatMap(({ name, entry }) => [name, entry]));
  const twice = read.flatMap(({ name, entry }) => [entry, name]).find((name) => taken.has(name));
  if (twice === undefined) return [];
  const what = `two budgets are named "${twice}"`;
  return [problem([...path, 'name'], what, 'Give each a `name` of its own.')];
}

/**
 * A default that is no limit of any metric is a slip, not a default that fits nowhere. What is said
 * of one key hides none of another.
 */
function defaultsProblems({ defaults }: Written, said: readonly Problem[]): Problem[] {
  if (typeof defaults !== 'object' || defaults === null) return [];
  const broken = new Set(said.map(({ path }) => (path[0] === 'defaults' ? path[1] : null)));
  const sound = Object.entries(defaults).filter(([key]) => !broken.has(key));
  const context = { unit: null, better: null };
  return readLimits(Object.fromEntries(sound), ['defaults'], context).problems.slice();
}

function readWaivers(
  top: Written,
  known: { readonly budgets: readonly Budget[]; readonly names: readonly string[] },
  problems: Problem[],
): Waiver[] {
  const broken = new Set(
    problems.filter(({ path }) => path[0] === 'waivers').map(({ path }) => path[1]),
  );
  return objectsIn(top.waivers).flatMap(([index, entry]) => {
    if (broken.has(index)) return [];
    const read = readWaiver(entry, ['waivers', index], known);
    problems.push(...read.problems);
    return read.waiver === null ? [] : [read.waiver];
  });
}

function readIgnoreBelow(top: Written, problems: Problem[]): number {
  if (top.ignoreBelow === undefined) return 0;
  const amount = readAmount(top.ignoreBelow, ['ignoreBelow'], 'byte');
  if ('value' in amount) return amount.value;
  problems.push(amount);
  return 0;
}

function patternList(value: unknown): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as string];
}
