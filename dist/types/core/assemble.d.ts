import type { Comparison } from '../model/comparison.js';
import type { Config } from '../model/config.js';
import { type Encoding } from '../model/metric.js';
import { type Report, type ReportCause } from '../model/report.js';
import type { Snapshot } from '../model/snapshot.js';
import type { Verdict } from '../model/verdict.js';
/** What a report is made of. */
export interface AssembleRequest {
    readonly comparison: Comparison;
    readonly verdict: Verdict;
    /** Why it changed; not given where nobody asked. */
    readonly causes?: readonly ReportCause[] | undefined;
    /** What a report says of the budgets file; null when two snapshots are compared. */
    readonly config: Pick<Config, 'file' | 'lines' | 'ignoreBelow' | 'encodings'> | null;
    /** Why there is no baseline and the one thing to do; null with one. */
    readonly noBaseline: string | null;
    readonly notes: readonly string[];
}
/** The whole story as plain data. */
export declare function assemble(request: AssembleRequest): Report;
/** What a report speaks in, the main one first. */
export declare function encodingsOf(config: Pick<Config, 'encodings'> | null, head: Snapshot): Encoding[];
