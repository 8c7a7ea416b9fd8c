import type { BaselineSettings } from './baseline.js';
import type { Budget } from './budget.js';
import type { CompressedEncoding, Encoding } from './metric.js';
import type { Rules } from './snapshot.js';
/** A budgets file, read and checked: everything in it can be relied on. */
export interface Config {
    /** As shown to people: relative to the working directory. */
    readonly file: string;
    /** Absolute; the patterns of the budgets are relative to it. */
    readonly folder: string;
    readonly project: string | null;
    /** Globs of files that are measured without a limit. */
    readonly track: readonly string[];
    readonly encodings: readonly Encoding[];
    readonly levels: Readonly<Record<CompressedEncoding, number>>;
    readonly budgets: readonly Budget[];
    readonly rules: Rules;
    readonly baseline: BaselineSettings;
    /** Bytes; a listed change is at least as large. */
    readonly ignoreBelow: number;
    /** 1-based line of each budget by name; empty for configs that are code. */
    readonly lines: ReadonlyMap<string, number>;
}
