import { type BaseRequest } from './baseline/recall.js';
import type { Config } from './model/config.js';
import type { Host } from './model/host.js';
import type { Report } from './model/report.js';
import type { Snapshot } from './model/snapshot.js';
export interface CheckRequest {
    readonly base: BaseRequest;
    /** Absolute; relative paths of the request are seen from here. */
    readonly cwd: string;
    readonly isPushToBase: boolean;
}
export interface Checked {
    readonly report: Report;
    readonly snapshot: Snapshot;
}
/** The corridor: measure, find the baseline, compare, judge, report. */
export declare function check(config: Config, request: CheckRequest, host: Host): Promise<Checked>;
