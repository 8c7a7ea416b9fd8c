/** A store by its kind, and where it keeps its records. */
export type StoreChoice = {
    readonly kind: 'artifact';
} | {
    readonly kind: 'git';
    readonly ref: string;
}
/** `folder` is relative to the budgets file's; null: below the repository's own git folder. */
 | {
    readonly kind: 'file';
    readonly folder: string | null;
};
/** The `baseline` key of a budgets file. */
export interface BaselineSettings {
    /** The base branch by its short name; null: the pull request's, or the default branch. */
    readonly branch: string | null;
    /** Read in order; null: `artifact` in the Action, `file` elsewhere. */
    readonly stores: readonly StoreChoice[] | null;
    /** The command that builds base where no record of it is found. */
    readonly build: string | null;
    /** Milliseconds. */
    readonly buildTimeout: number;
    /** Builds base although no limit needs it, as when the command line says how. */
    readonly isAlways?: boolean;
}
/** Where git keeps records unless a budgets file says otherwise: no branch, and never cloned. */
export declare const DEFAULT_REF = "refs/weighbridge/baselines";
