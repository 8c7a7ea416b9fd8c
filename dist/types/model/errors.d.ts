/**
 * Something the user can mend: bad config, unreadable input, a misused option.
 * Printed without a stack, exit code 2. Every other thrown value is a bug of ours.
 */
export declare class UserError extends Error {
    /** Kept when classes are renamed to single letters. */
    static readonly name = "UserError";
    readonly code: string;
    /** What to do next; null when the message says it all. */
    readonly hint: string | null;
    constructor(code: string, message: string, options?: {
        hint?: string | null;
        cause?: unknown;
    });
}
/** A name that is promised and means nothing yet: refused in so many words, never half-obeyed. */
export declare function notBuiltYet(what: string, hint: string): UserError;
