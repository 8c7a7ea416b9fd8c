import type { Rule, Severity } from './budget.js';
import type { Unit } from './metric.js';
/** Ordered from best to worst. */
export declare const STATUSES: readonly ['pass', 'inconclusive', 'warn', 'fail'];
/** How one limit, or a whole verdict, came out. */
export type Status = (typeof STATUSES)[number];
/** Why a status is not simply that of the numbers. */
export declare const REASONS: readonly ['already-over', 'no-baseline', 'no-match', 'incomparable', 'zero-base', 'ancestor', 'history', 'push', 'waived', 'accepted'];
/** One of the reasons. */
export type Reason = (typeof REASONS)[number];
/** One limit of one budget on one subject. Numbers are in `unit`. */
export interface Finding {
    readonly budget: string;
    readonly subject: string;
    readonly metric: string;
    readonly unit: Unit;
    readonly rule: Rule;
    readonly status: Status;
    /** Head's value; null where nothing matched. */
    readonly actual: number | null;
    /** The limit; for relative rules the change allowed. Null where it needs a base there is not. */
    readonly allowed: number | null;
    /** What exceeds `allowed`; 0 when within. Null where it could not be judged. */
    readonly over: number | null;
    readonly base: number | null;
    /** Head minus base. */
    readonly delta: number | null;
    readonly reason: Reason | null;
    /** The reason in words, for this very finding. */
    readonly detail: string | null;
    /** The limit as the user wrote it. */
    readonly limit: string;
    readonly severity: Severity;
    /** Number of runs behind `actual`; 1 for files. */
    readonly runs: number;
    /** Smallest and largest run, where there are several that differ. */
    readonly interval: readonly [number, number] | null;
    /** What the budget's author wants done about it. */
    readonly message: string | null;
}
/** The ways in which a change can make a rule weaker. */
export declare const LOOSENINGS: readonly ['budget-removed', 'limit-raised', 'limit-removed', 'weaker-unit', 'weaker-encoding', 'each-added', 'each-removed', 'pattern-removed', 'negation-added', 'ignore-added', 'selection-changed', 'severity-lowered', 'optional-added', 'ignore-below-raised', 'waiver-added', 'waiver-extended', 'relaxing-weakened', 'accept-label-set', 'unbuilt-weakened'];
/** A rule that this very change has made weaker. */
export interface Loosening {
    readonly budget: string | null;
    readonly kind: (typeof LOOSENINGS)[number];
    readonly from: string | null;
    readonly to: string | null;
}
/** All findings, and what they come to. */
export interface Verdict {
    /** The worst of the findings, and of what `relaxing` says of loosened limits. */
    readonly status: Status;
    readonly findings: readonly Finding[];
    readonly relaxed: readonly Loosening[];
}
/** The detail of a finding on an asset that base has not, although it looked for it. */
export declare const NEW_SUBJECT = "new in this change";
/** How the detail of a finding begins where no source map says what is inside any file. */
export declare const NOT_INSIDE_KNOWN = "what is inside is not known";
/** The worse of the two. */
export declare function worst(left: Status, right: Status): Status;
