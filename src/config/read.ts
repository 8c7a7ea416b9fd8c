import type { Budget, Waiver } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Encoding } from '../model/metric.ts';
import { readEntry } from './entry.ts';
import { refuseForeign } from './foreign.ts';
import { readAmount, type Written } from './limits.ts';
import type { ParsedConfig } from './parse.ts';
import { type Problem, problem } from './problem.ts';
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
  const usable = (key: string) => !problems.some(({ path }) => path[0] === key);
  const { budgets, lines } = readBudgets(top, parsed, problems, usable);
  const waivers = usable('waivers') ? readWaivers(top, budgets, problems) : [];
  const ignoreBelow = usable('ignoreBelow') ? readIgnoreBelow(top, problems) : 0;
  const track = patternList(top.track);
  problems.push(...nothingToDo(top, track));
  if (problems.length > 0) return { config: null, problems };
  const levels = (top.levels ?? {}) as Partial<Config['levels']>;
  const config: Config = {
    file: parsed.file,
    folder: parsed.folder,
    project: (top.project as string | undefined) ?? null,
    track,
    encodings: (top.encodings as Encoding[] | undefined) ?? DEFAULT_ENCODINGS,
    levels: { gzip: levels.gzip ?? 9, brotli: levels.brotli ?? 11 },
    budgets,
    rules: { relaxing: (top.relaxing as 'allow' | undefined) ?? 'warn', waivers },
    ignoreBelow,
    lines,
  };
  return { config, problems };
}

function nothingToDo(top: Written, track: readonly string[]): Problem[] {
  const budgets = top.budgets;
  const empty = budgets === undefined || (Array.isArray(budgets) && budgets.length === 0);
  if (!empty || track.length > 0) return [];
  return [
    problem(
      [],
      'has neither budgets nor `track`',
      'Run `weighbridge init` in a new folder to see one.',
    ),
  ];
}

function readBudgets(
  top: Written,
  parsed: ParsedConfig,
  problems: Problem[],
  usable: (key: string) => boolean,
): { budgets: Budget[]; lines: Map<string, number> } {
  const written = Array.isArray(top.budgets) ? (top.budgets as unknown[]) : [];
  const context = {
    defaults: usable('defaults') ? ((top.defaults ?? {}) as Written) : {},
    encodings: (usable('encodings') && (top.encodings as Encoding[])) || DEFAULT_ENCODINGS,
  };
  const budgets: Budget[] = [];
  const lines = new Map<string, number>();
  for (const [index, entry] of written.entries()) {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) continue;
    const path = ['budgets', index] as const;
    const read = readEntry(entry as Written, path, context);
    problems.push(...read.problems);
    for (const budget of read.budgets) {
      const fanned = budget.name !== budget.entry;
      const metric = budget.name.slice(budget.entry.length + 2);
      const line = parsed.line(fanned ? [...path, 'metrics', metric] : path);
      if (line !== null) lines.set(budget.name, line);
      if (budgets.some((other) => other.name === budget.name)) {
        const what = `two budgets are named "${budget.name}"`;
        problems.push(problem([...path, 'name'], what, 'Give each a `name` of its own.'));
      }
      budgets.push(budget);
    }
  }
  return { budgets, lines };
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
