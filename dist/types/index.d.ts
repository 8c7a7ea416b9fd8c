import type { BudgetsFile } from './config/written.js';
import type { Checked } from './model/checked.js';
import type { Config } from './model/config.js';
import { UserError } from './model/errors.js';
import type { Snapshot } from './model/snapshot.js';
export type { BudgetsFile } from './config/written.js';
export { assemble } from './core/assemble.js';
export { attribute } from './core/attribute.js';
export { compare } from './core/compare.js';
export { judge } from './core/judge.js';
export { parseSnapshot } from './core/snapshot-text.js';
export type { Checked } from './model/checked.js';
export type { Baseline, Comparison } from './model/comparison.js';
export type { Config } from './model/config.js';
export type { Report } from './model/report.js';
export type { Asset, Measurement, Snapshot } from './model/snapshot.js';
export type { Finding, Status, Verdict } from './model/verdict.js';
export { UserError };
/** Gives a config its type, in `weighbridge.config.ts` or `.mjs`. */
export declare function defineBudgets(file: BudgetsFile): BudgetsFile;
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
export declare function loadConfig(options?: LibraryOptions): Promise<Config>;
/**
 * Measures what a config speaks of.
 * @param reuse a snapshot whose compressed sizes serve for equal contents
 */
export declare function measure(config: Config, reuse?: Snapshot | null): Promise<Snapshot>;
/**
 * The main job: measure, compare with a baseline, judge.
 * @param options `base`: a snapshot file; without one the record of the merge base is looked for
 * @returns the report, and head's snapshot to keep
 */
export declare function check(options?: LibraryOptions & {
    readonly base?: string;
}): Promise<Checked>;
