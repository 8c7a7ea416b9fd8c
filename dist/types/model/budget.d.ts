import type { Encoding, Unit } from './metric.js';
import type { Load, Network, PageType } from './page.js';
/** What a broken limit does to the check. */
export type Severity = 'fail' | 'warn';
/** The kind of a limit; `max-increase` is `maxIncrease` of the budgets file. */
export type Rule = 'max' | 'min' | 'max-increase' | 'max-decrease';
/** What a change that loosens a limit does to the check. */
export type Relaxing = 'allow' | 'warn' | 'fail';
/**
 * One number of a budget. `value` is in `unit`; a unit of null is a bare number, in the unit
 * that the metric's own report declares. `text` is what the user wrote.
 */
export interface Amount {
    readonly value: number;
    readonly unit: Unit | null;
    readonly text: string;
}
/** A share of base's value, in percent: 5 for `"5%"`. */
export interface Percent {
    readonly percent: number;
    readonly text: string;
}
/** The limits of a budget; all that are given must hold. */
export interface Limits {
    readonly max?: Amount | undefined;
    readonly min?: Amount | undefined;
    readonly maxIncrease?: readonly (Amount | Percent)[] | undefined;
    readonly maxDecrease?: readonly (Amount | Percent)[] | undefined;
}
/** Built files: patterns relative to the budgets file's folder, `!` negates; the sum, or each. */
export interface AssetSelection {
    readonly kind: 'assets';
    readonly patterns: readonly string[];
    readonly each: boolean;
    /** Only the matches of this class; not given: whatever their class. */
    readonly load?: Load | undefined;
}
/** What pages pull in: the union of their files, each once, or each page by itself. */
export interface PageSelection {
    readonly kind: 'pages';
    /** The key it was written under: an HTML file or a route that is a page, or a part of one page. */
    readonly subject: 'page' | 'route';
    /** Patterns of HTML files, relative to the budgets file's folder, or of routes; `!` negates. */
    readonly pages: readonly string[];
    readonly types: readonly PageType[];
    readonly load: Load | 'all';
    readonly each: boolean;
    /** In which the bytes count, also those behind a time. */
    readonly encoding: Encoding;
    /** What a download time is a time of; null for other metrics. */
    readonly network: Network | null;
    /** References that are meant to lead out of the build; `*` stands for anything. */
    readonly ignore?: readonly string[] | undefined;
}
/** Metrics read from another tool's reports. `page` is the path of a url; null for every page. */
export interface MeasurementSelection {
    readonly kind: 'measurements';
    readonly source: string;
    readonly reports: readonly string[];
    readonly page: string | null;
    readonly formFactor: string | null;
}
/** What is imported from a file, or from a subpath of a package. */
export interface NamedImports {
    /** As the user wrote it: `./dist/index.js`, `my-lib/button`. */
    readonly from: string;
    /** Sorted; `*` is the whole namespace, `default` the default export. */
    readonly names: readonly string[];
}
/** What runs the bundle that an import is measured in. */
export declare const PLATFORMS: readonly ['browser', 'node', 'neutral'];
/** One of them. */
export type Platform = (typeof PLATFORMS)[number];
/** What importing from a library costs: bundled and minified, without its peer dependencies. */
export interface ImportSelection {
    readonly kind: 'imports';
    /** In the order of `from`, each once. */
    readonly imports: readonly NamedImports[];
    readonly platform: Platform;
    /** Sorted: conditions of `exports` beside those of the bundler. */
    readonly conditions: readonly string[];
    /** Sorted: packages and paths that are left out, beside the peer dependencies. */
    readonly external: readonly string[];
}
/** The modules of a package, in all files of the build that are measured. */
export interface PackageSelection {
    readonly kind: 'package';
    readonly name: string;
}
/** Packages that are inside the build in more than one installed copy. */
export interface DuplicatesSelection {
    readonly kind: 'duplicates';
}
/** What a budget speaks of. */
export type Selection = AssetSelection | PageSelection | PackageSelection | DuplicatesSelection | ImportSelection | MeasurementSelection;
/** A rule: one subject, one metric, at least one limit. */
export interface Budget {
    readonly name: string;
    /** The name of the entry it was written in; differs from `name` where `metrics` fans out. */
    readonly entry: string;
    readonly selection: Selection;
    readonly metric: string;
    readonly limits: Limits;
    readonly ignoreBelow: Amount | null;
    readonly severity: Severity;
    readonly optional: boolean;
    readonly message: string | null;
}
/** A pardon with an owner, a reason and an end: a value (`upTo`), a day (`until`), or both. */
export interface Waiver {
    readonly budget: string;
    readonly upTo: Amount | null;
    /** The last day on which it holds, `YYYY-MM-DD`, to the end of that day in UTC. */
    readonly until: string | null;
    readonly reason: string;
    readonly by: string | null;
}
/** True for a share of base, false for an amount. */
export declare function isPercent(limit: Amount | Percent): limit is Percent;
