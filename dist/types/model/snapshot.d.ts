import type { Budget, Relaxing, Waiver } from './budget.js';
import type { CompressedEncoding, Direction, Encoding, MetricKind, Unit } from './metric.js';
import type { ModuleShare, UsedPackage } from './module.js';
import type { Load, Page, PageScan } from './page.js';
import type { Status } from './verdict.js';
/** Raised when a field changes its meaning or goes away. */
export declare const SNAPSHOT_VERSION = 1;
/** An emitted file. Sizes are in bytes. */
export interface Asset {
    /** Key form: relative to the budgets file's folder, `/` on every system. */
    readonly path: string;
    /** The stable name: the path with its content hash as `[hash]`. Two assets may share one. */
    readonly subject: string;
    readonly sha256: string;
    /** sha256 of the bytes without the hashes of sibling assets, and the numbers of modules. */
    readonly content: string;
    readonly raw: number;
    readonly gzip?: number | undefined;
    readonly brotli?: number | undefined;
    /** The name a bundler's manifest gives, where there is one: `src/pages/Report.tsx`. */
    readonly origin?: string | undefined;
    /** `initial` where a page needs it at once; not given where no page or route speaks of it. */
    readonly load?: Load | undefined;
    /** What its words are, as `core/sketch.ts` writes it; only where nothing tells of its modules. */
    readonly sketch?: string | undefined;
    /** What is inside, in the order of ids; not given for an asset that no map or stats open. */
    readonly modules?: readonly ModuleShare[] | undefined;
}
/** A metric of another tool's report. `value` and `samples` are in `unit`. */
export interface Measurement {
    /** The axis entry that read it: `lighthouse`, `custom`. */
    readonly source: string;
    /** The globs of the budgets that asked for it. */
    readonly reports: readonly string[];
    /** What was measured: a page's path, or the reports' glob where there are no pages. */
    readonly subject: string;
    readonly formFactor: string | null;
    readonly metric: string;
    readonly label: string;
    readonly unit: Unit;
    readonly better: Direction;
    readonly kind: MetricKind;
    /** What must be the same for noisy values to be comparable; null where nothing is known. */
    readonly environment: string | null;
    /** Stored units in one unit of the report's own (1000 for a report in seconds). */
    readonly scale: number;
    /** The median of `samples`. */
    readonly value: number;
    /** One number a run, in the order of the runs. */
    readonly samples: readonly number[];
    /** What is inside, of a measurement in bytes. */
    readonly modules?: readonly ModuleShare[] | undefined;
}
/** Who made the compressed sizes. Same levels and probe: the same encoder, whatever its version. */
export interface Encoders {
    readonly levels: Readonly<Record<CompressedEncoding, number>>;
    /** Compressed bytes of a fixed input, for the encodings in use. */
    readonly probe: Readonly<{
        [encoding in CompressedEncoding]?: number | undefined;
    }>;
    readonly versions: Readonly<Record<string, string>>;
}
/** What was looked for, so that "not measured" is never read as "not there". */
export interface Tracked {
    /** The lists of patterns: `track` and the budgets' own; negations count within their list. */
    readonly files: readonly (readonly string[])[];
    readonly encodings: readonly Encoding[];
    readonly reports: readonly {
        readonly source: string;
        readonly reports: readonly string[];
    }[];
}
/** Pardons and rules that travel with a snapshot, so that no change can pardon itself unseen. */
export interface Rules {
    readonly relaxing: Relaxing;
    readonly waivers: readonly Waiver[];
    /** The label by which a pull request's broken limits are accepted; records of older versions say none. */
    readonly acceptLabel?: string | null | undefined;
    /** Whether a project that is not built may be left out of a run; records of older versions say none. */
    readonly unbuilt?: Unbuilt | undefined;
}
/** What a run does with a project whose build output is not there. */
export type Unbuilt = 'fail' | 'skip';
/** Who kept a snapshot in a store, and how the verdict on it was at that time. */
export interface Kept {
    readonly verdict: Status | null;
    /** The run of the workflow that kept it; null for other machines. */
    readonly run: number | null;
}
/** A project that is not built, and says that it need not be: known to be left out. */
export interface SkippedProject {
    readonly project: string;
    /** Its budgets file, as shown to people. */
    readonly file: string;
    /** What is not there, as a sentence. */
    readonly why: string;
}
/** Snapshots of one commit, one for each project, and what was left out of them. */
export interface SnapshotSet {
    readonly snapshots: readonly Snapshot[];
    readonly skipped: readonly SkippedProject[];
}
/** All measurements of one commit. A baseline is a snapshot that someone kept. */
export interface Snapshot {
    readonly schemaVersion: 1;
    readonly commit: string | null;
    readonly project: string;
    /** ISO 8601, UTC. */
    readonly takenAt: string;
    readonly encoders: Encoders;
    readonly tracked: Tracked;
    readonly budgets: readonly Budget[];
    readonly rules: Rules;
    readonly assets: readonly Asset[];
    readonly measurements: readonly Measurement[];
    /** Packages whose modules are inside the assets; records of older versions say none. */
    readonly packages?: readonly UsedPackage[] | undefined;
    /** Pages and routes of the build; not given where none was looked for. */
    readonly pages?: readonly Page[] | undefined;
    /** What the HTML files among them were read from: equal files need not be read again. */
    readonly scans?: readonly PageScan[] | undefined;
    /** There are more pages than were read, and a budget asks what they load: it is known in part. */
    readonly hasMorePages?: boolean | undefined;
    /** Only in a store. */
    readonly kept?: Kept | undefined;
}
