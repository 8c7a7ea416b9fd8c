import type { Comparison } from '../model/comparison.js';
import type { GivenLabel } from '../model/label.js';
import { type Verdict } from '../model/verdict.js';
/** What judging depends on beside the two snapshots. */
export interface Circumstances {
    /** Today in UTC, `YYYY-MM-DD`. */
    readonly today: string;
    /** A push to the base branch: relative limits had their gate in the pull request. */
    readonly isPushToBase: boolean;
    /** Labels that hold for head's commit, with who gave them; none where there is no pull request. */
    readonly labels: readonly GivenLabel[];
}
/**
 * The only judgement: head's budgets on the facts, one finding for each limit and subject.
 * The rules of pardon, for loosened limits and by label, are base's, so that no change can pardon
 * itself. A label pardons findings: a loosened limit that base's rules forbid still fails.
 */
export declare function judge(comparison: Comparison, circumstances: Circumstances): Verdict;
