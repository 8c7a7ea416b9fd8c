/** Bytes, times, rates or bare numbers as they are written: `"170 kB"`, `"2.5 s"`, `0.9`. */
export type WrittenAmount = number | string;
export interface WrittenLimits {
    max?: WrittenAmount;
    min?: WrittenAmount;
    maxIncrease?: WrittenAmount | WrittenAmount[];
    maxDecrease?: WrittenAmount | WrittenAmount[];
    ignoreBelow?: WrittenAmount;
    severity?: 'fail' | 'warn';
    message?: string;
}
interface WrittenCommon extends WrittenLimits {
    name?: string;
    optional?: boolean;
    metric?: string;
    metrics?: Record<string, WrittenLimits>;
}
export interface FilesBudget extends WrittenCommon {
    files: string | string[];
    each?: boolean;
    load?: 'initial' | 'lazy' | 'all';
    encoding?: 'raw' | 'gzip' | 'brotli';
}
interface LoadedBudget extends WrittenCommon {
    types?: ('document' | 'script' | 'stylesheet' | 'font' | 'image' | 'other')[];
    load?: FilesBudget['load'];
    each?: boolean;
    encoding?: FilesBudget['encoding'];
    network?: 'slow-3g' | 'fast-3g' | '4g' | {
        kbps: number;
        rtt: number;
    };
}
export interface PageBudget extends LoadedBudget {
    page: string | string[];
    ignore?: string[];
}
export interface RouteBudget extends LoadedBudget {
    route: string | string[];
}
export interface ImportBudget extends WrittenCommon {
    import: string | Record<string, string>;
    from?: string | string[];
    conditions?: string[];
    platform?: 'browser' | 'node' | 'neutral';
    ignore?: string[];
    external?: string[];
    encoding?: FilesBudget['encoding'];
}
export interface LighthouseBudget extends WrittenCommon {
    lighthouse: string | string[];
    url?: string;
    formFactor?: 'mobile' | 'desktop';
}
export interface CustomBudget extends WrittenCommon {
    custom: string;
}
export interface PackageBudget extends WrittenCommon {
    package: string;
    encoding?: 'raw' | 'gzip' | 'brotli';
}
export interface DuplicatesBudget extends WrittenCommon {
    duplicates: true;
}
export interface WrittenWaiver {
    budget: string;
    upTo?: WrittenAmount;
    until?: string;
    reason: string;
    by?: string;
}
export interface WrittenBaseline {
    branch?: string;
    stores?: ('artifact' | 'git' | 'file' | {
        git: string;
    } | {
        file: string;
    })[];
    build?: string;
    buildTimeout?: WrittenAmount;
}
/** A budgets file as it is written; a test holds it against the schema. */
export interface BudgetsFile {
    $schema?: string;
    project?: string;
    track?: string | string[];
    encodings?: ('raw' | 'gzip' | 'brotli')[];
    levels?: {
        gzip?: number;
        brotli?: number;
    };
    defaults?: WrittenLimits & {
        optional?: boolean;
        encoding?: FilesBudget['encoding'];
        each?: boolean;
    };
    budgets?: (FilesBudget | PageBudget | RouteBudget | PackageBudget | DuplicatesBudget | ImportBudget | LighthouseBudget | CustomBudget)[];
    baseline?: WrittenBaseline;
    waivers?: WrittenWaiver[];
    acceptLabel?: string;
    relaxing?: 'allow' | 'warn' | 'fail';
    unbuilt?: 'fail' | 'skip';
    ignoreBelow?: WrittenAmount;
}
export {};
