import type { Budget, Waiver } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Encoding } from '../model/metric.ts';
import type { Rules } from '../model/snapshot.ts';
import { readEntry } from './entry.ts';
import { refuseForeign } from './foreign.ts';
import { readAmount, type Written } from './limits.ts';
import type { ParsedConfig } from './parse.ts';
import { type Path, type Problem, problem } from './problem.ts';
import { topSchema, topShape } from './schema.ts';
import { shapeProblems } from './shape.ts';
import { readWaiver } from './waivers.ts';

export interface ReadConfig {
  readonly config: Config | null;
  readonly problems: readonly Problem[];
}

const DEFAULT_ENCODINGS: readonly Encoding[] = ['gzip', 'brotli'];

/** From a plain value to a config that can be relied on, or every problem it has. */
export function readConfig(parsed: ParsedConfig): ReadConfig {
  const { value } = parsed;
  refuseForeign(value, parsed.file);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { config: null, problems: [problem([], 'is not an object')] };
  }
  const top = value as Written;
  const known = [...Object.keys(topShape), 'defaults', 'budgets'];
  const problems = shapeProblems(topSchema, top, [], known);
  const isUsable = (key: string) => !problems.some(({ path }) => path[0] === key);
  const { budgets, lines } = readBudgets(top, parsed, problems, isUsable);
  const waivers = isUsable('waivers') ? readWaivers(top, budgets, problems) : [];
  const ignoreBelow = isUsable('ignoreBelow') ? readIgnoreBelow(top, problems) : 0;
  problems.push(...nothingToDo(top));
  if (problems.length > 0) return { config: null, problems };
  const { file, folder } = parsed;
  const rules = { relaxing: valueOr<Rules['relaxing']>(top.relaxing, 'warn'), waivers };
  const config = { file, folder, ...plainKeys(top), budgets, rules, ignoreBelow, lines };
  return { config, problems };
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

function nothingToDo({ budgets, track }: Written): Problem[] {
  const empty = budgets === undefined || (Array.isArray(budgets) && budgets.length === 0);
  if (!empty || patternList(track).length > 0) return [];
  return [
    problem(
      [],
      'has neither budgets nor `track`',
      'Run `weighbridge init` in a new folder to see one.',
    ),
  ];
}

interface ReadBudgets {
  readonly budgets: Budget[];
  readonly lines: Map<string, number>;
}

function readBudgets(
  top: Written,
  parsed: ParsedConfig,
  problems: Problem[],
  isUsable: (key: string) => boolean,
): ReadBudgets {
  const written = Array.isArray(top.budgets) ? (top.budgets as unknown[]) : [];
  const context = {
    defaults: isUsable('defaults') ? valueOr<Written>(top.defaults, {}) : {},
    encodings: isUsable('encodings')
      ? valueOr(top.encodings, DEFAULT_ENCODINGS)
      : DEFAULT_ENCODINGS,
  };
  const result: ReadBudgets = { budgets: [], lines: new Map() };
  for (const [index, entry] of written.entries()) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    const path = ['budgets', index];
    const read = readEntry(entry as Written, path, context);
    problems.push(...read.problems);
    for (const budget of read.budgets) problems.push(...addBudget(budget, path, parsed, result));
  }
  return result;
}

/** Takes a budget in, with its line; a name that is taken is a problem. */
function addBudget(
  budget: Budget,
  path: Path,
  parsed: ParsedConfig,
  { budgets, lines }: ReadBudgets,
): Problem[] {
  const isFanned = budget.name !== budget.entry;
  const metric = budget.name.slice(budget.entry.length + 2);
  const line = parsed.line(isFanned ? [...path, 'metrics', metric] : path);
  const isTaken = budgets.some((other) => other.name === budget.name);
  if (line !== null && !isTaken) lines.set(budget.name, line);
  budgets.push(budget);
  if (!isTaken) return [];
  const what = `two budgets are named "${budget.name}"`;
  return [problem([...path, 'name'], what, 'Give each a `name` of its own.')];
}

function readWaivers(top: Written, budgets: readonly Budget[], problems: Problem[]): Waiver[] {
  const written = (top.waivers ?? []) as Written[];
  return written.flatMap((entry, index) => {
    const read = readWaiver(entry, ['waivers', index], budgets);
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
