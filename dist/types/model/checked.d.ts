import type { Report } from './report.js';
import type { Snapshot } from './snapshot.js';
/** What a check gives: its report, and head's snapshot to keep. */
export interface Checked {
    readonly report: Report;
    readonly snapshot: Snapshot;
    /** What it was compared with; null without a baseline. */
    readonly base: Snapshot | null;
    /** No store has any record yet: the first steps of a project. */
    readonly isAdoption: boolean;
    /** What base's record calls the project; null without a baseline. */
    readonly baseProject: string | null;
}
