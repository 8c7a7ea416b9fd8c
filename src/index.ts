import { check as walk } from './check.ts';
import { loadConfig as load } from './config/load.ts';
import { configOfBase } from './config/of-base.ts';
import { projectIn } from './config/project-in.ts';
import type { BudgetsFile } from './config/written.ts';
import { nodeHost } from './host/node.ts';
import { measure as take } from './measure.ts';
import type { Checked } from './model/checked.ts';
import type { Config } from './model/config.ts';
import { UserError } from './model/errors.ts';
import type { Host } from './model/host.ts';
import type { Snapshot } from './model/snapshot.ts';

export type { BudgetsFile } from './config/written.ts';
export { assemble } from './core/assemble.ts';
export { attribute } from './core/attribute.ts';
export { compare } from './core/compare.ts';
export { judge } from './core/judge.ts';
export { parseSnapshot } from './core/snapshot-text.ts';
export type { Checked } from './model/checked.ts';
export type { Baseline, Comparison } from './model/comparison.ts';
export type { Config } from './model/config.ts';
export type { Report } from './model/report.ts';
export type { Asset, Measurement, Snapshot } from './model/snapshot.ts';
export type { Finding, Status, Verdict } from './model/verdict.ts';
export { UserError };

/** Gives a config its type, in `weighbridge.config.ts` or `.mjs`. */
export function defineBudgets(file: BudgetsFile): BudgetsFile {
  return file;
}

export interface LibraryOptions {
  /** The folder to run in; default: the process's own. */
  readonly cwd?: string;
  /** The budgets file; default: looked for in `cwd`. */
  readonly config?: string;
}

/**
 * Finds, reads and checks a budgets file.
 * @throws UserError with every problem of the file, each with line and column
 */
export async function loadConfig(options: LibraryOptions = {}): Promise<Config> {
  const host = quietHost();
  const cwd = host.resolve(options.cwd ?? '.');
  try {
    return await load(options.config ?? null, cwd, host);
  } catch (error) {
    throw seenFrom(loadConfig, error);
  }
}

/**
 * Measures what a config speaks of.
 * @param reuse a snapshot whose compressed sizes serve for equal contents
 */
export async function measure(config: Config, reuse: Snapshot | null = null): Promise<Snapshot> {
  try {
    return (await take(config, quietHost(), reuse)).snapshot;
  } catch (error) {
    throw seenFrom(measure, error);
  }
}

/**
 * The main job: measure, compare with a baseline, judge.
 * @param options `base`: a snapshot file; without one the record of the merge base is looked for
 * @returns the report, and head's snapshot to keep
 */
export async function check(
  options: LibraryOptions & { readonly base?: string } = {},
): Promise<Checked> {
  try {
    return await checkIn(options);
  } catch (error) {
    throw seenFrom(check, error);
  }
}

async function checkIn(options: LibraryOptions & { readonly base?: string }): Promise<Checked> {
  const host = quietHost();
  const cwd = host.resolve(options.cwd ?? '.');
  const config = await load(options.config ?? null, cwd, host);
  const base =
    options.base === undefined
      ? ({ kind: 'auto' } as const)
      : ({ kind: 'file', path: options.base } as const);
  const readConfig = (folder: string) => configOfBase(config, folder, host);
  const building = { readConfig, readProject: projectIn, onOutput: () => {} };
  return walk(config, { base, cwd, run: null, connect: null, ...building }, host);
}

/**
 * A mistake of the user's is shown where the user's code called: uncaught, Node prints the line that an
 * error comes from, which here is a whole minified file.
 */
function seenFrom(door: (...given: never[]) => unknown, error: unknown): unknown {
  if (error instanceof UserError) Error.captureStackTrace(error, door);
  return error;
}

function quietHost(): Host {
  return nodeHost({ progress: () => {} });
}
