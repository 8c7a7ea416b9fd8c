import type { BaseKind, Provenance } from './comparison.js';
import type { Encoding, Unit } from './metric.js';
import type { SkippedProject } from './snapshot.js';
import type { Finding, Loosening, Status } from './verdict.js';
/** Raised when a field changes its meaning or goes away. */
export declare const REPORT_VERSION = 1;
/** What a report on several projects says of which one; a report on one project leaves it out. */
interface OfProject {
    readonly project?: string | undefined;
}
/** A finding as a report holds it: all of it. */
export type ReportFinding = Finding & OfProject;
/** A weakened rule as a report holds it. */
export type ReportLoosening = Loosening & OfProject;
/** One subject in one metric on both sides; values in `unit`. */
export interface ReportChange extends OfProject {
    readonly kind: 'added' | 'removed' | 'kept';
    readonly subject: string;
    readonly metric: string;
    readonly unit: Unit;
    readonly base: number | null;
    readonly head: number | null;
    /** Head minus base; null unless kept and comparable. */
    readonly delta: number | null;
}
/**
 * A module's or package's part in a delta, in bytes of the budget's encoding; without a budget, of
 * the first encoding. Those of one finding, and those of one asset, sum to its delta.
 */
export interface ReportCause extends OfProject {
    /** Null where an asset is explained by itself, as every asset that changed is. */
    readonly budget: string | null;
    /** The subject of the budget's finding that is explained; null without a budget. */
    readonly of: string | null;
    /** The asset that it is in; for `other` within a budget, and for import cost, same as `of`. */
    readonly subject: string;
    readonly kind: 'added' | 'removed' | 'grown' | 'shrunk' | 'version' | 'duplicated' | 'moved' | 'other';
    readonly package: string | null;
    readonly version: string | null;
    readonly module: string | null;
    readonly load: 'initial' | 'lazy' | null;
    readonly from: string | null;
    readonly to: string | null;
    readonly bytes: number;
    readonly importer: string | null;
}
/** All tracked files together, in one encoding. */
export interface TrackedTotal {
    readonly encoding: Encoding;
    readonly head: number;
    /** Null without a base, or where some of it cannot be compared. */
    readonly base: number | null;
    readonly assets: number;
    readonly changed: number;
    readonly added: number;
    readonly removed: number;
    readonly unchanged: number;
}
/** How `noBaseline` begins where no store has any record yet: the first run of a project. */
export declare const NO_BASELINE_YET = "No baseline yet";
/** What a report says beside its verdict. */
export interface ReportMeta {
    readonly project: string;
    /** Why there is no baseline, and the one thing to do; null with a baseline. */
    readonly noBaseline: string | null;
    /** Names of the budgets, in the order of the budgets file. */
    readonly budgets: readonly string[];
    /** The budgets file, and the 1-based line of each budget in it where it is known. */
    readonly config: {
        readonly file: string;
        readonly lines: Readonly<Record<string, number>>;
    } | null;
    readonly encoders: {
        readonly gzip: number;
        readonly brotli: number;
    };
    readonly encodings: readonly Encoding[];
    readonly tracked: TrackedTotal | null;
    /** Changes smaller than this many bytes are counted, not listed. */
    readonly ignoreBelow: number;
    readonly notes: readonly string[];
    /** Base has the project, and head has lost its budgets file: nothing of it is judged. */
    readonly isGone?: boolean | undefined;
    /** The projects of a report on several, by the path of their budgets files. */
    readonly projects?: readonly ReportProject[] | undefined;
    /** Projects that are not built and say that they need not be; only where there are some. */
    readonly skipped?: readonly SkippedProject[] | undefined;
}
/** What head was compared with, and how it was found. */
export interface ReportBase {
    readonly commit: string | null;
    readonly provenance: Provenance;
    readonly how: BaseKind | null;
    readonly distance: number;
    /** An ancestor that is as good as base: the commits between touched nothing here. */
    readonly isUntouched: boolean;
    readonly store: string;
    /** The run of the workflow that stored it; null where there was none. */
    readonly run: number | null;
}
/** One project of a report on several: what a report of its own would say beside its findings. */
export interface ReportProject extends Omit<ReportMeta, 'projects' | 'skipped'> {
    readonly status: Status;
    readonly base: ReportBase | null;
}
/** The whole story as plain JSON; the only thing a reporter may read. */
export interface Report {
    readonly schemaVersion: typeof REPORT_VERSION;
    readonly tool: {
        readonly name: 'weighbridge';
        readonly version: string;
    };
    readonly verdict: {
        readonly status: Status;
        readonly findings: readonly ReportFinding[];
        readonly relaxed: readonly ReportLoosening[];
    };
    readonly comparison: {
        readonly head: {
            readonly commit: string | null;
        };
        readonly base: ReportBase | null;
        readonly changes: readonly ReportChange[];
    };
    readonly causes: readonly ReportCause[];
    readonly meta: ReportMeta;
}
/** The metric id of the first encoding: what totals and changes are shown in. */
export declare function mainMetric(report: Report): string;
export {};
