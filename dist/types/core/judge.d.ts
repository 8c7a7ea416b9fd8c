import type { Comparison } from '../model/comparison.js';
import { type Verdict } from '../model/verdict.js';
/** What judging depends on beside the two snapshots. */
export interface Circumstances {
    /** Today in UTC, `YYYY-MM-DD`. */
    readonly today: string;
    /** A push to the base branch: relative limits had their gate in the pull request. */
    readonly isPushToBase: boolean;
}
/**
 * The only judgement: head's budgets on the facts, one finding for each limit and subject.
 * The rules of pardon for loosened limits are base's, so that no change can pardon itself.
 */
export declare function judge(comparison: Comparison, circumstances: Circumstances): Verdict;
