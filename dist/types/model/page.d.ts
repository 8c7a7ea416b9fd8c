/** When an asset is fetched: before the page is usable, or later. */
export type Load = 'initial' | 'lazy';
/** An HTML file, or a route of a bundler's manifest, and what it pulls in. */
export interface Page {
    /** Key form for a file; for a route the name that the manifest gives. */
    readonly path: string;
    readonly kind: 'file' | 'route';
    /** Paths of assets, in key form, each once; the page's own file is among the initial ones. */
    readonly initial: readonly string[];
    readonly lazy: readonly string[];
    /** References that lead to no file of the build and to no other host, as they are written. */
    readonly unresolved: readonly string[];
    /**
     * Those of them that are scripts and style sheets it needs at once; not given where none is. One
     * more than `MOST_UNRESOLVED` where the list was cut.
     */
    readonly broken?: readonly string[] | undefined;
    /**
     * Lazy style sheets of the build that may be its own, which nothing tells; not given where none is.
     * The first `MOST_UNRESOLVED` of them.
     */
    readonly unplaced?: readonly string[] | undefined;
}
/** That a page was read from files, and from which. */
export interface PageScan {
    /** Of the page. */
    readonly path: string;
    /** sha256, as `sources/page-digest.ts` makes it. */
    readonly digest: string;
}
/** Of the references of a page that lead nowhere, as many are kept. */
export declare const MOST_UNRESOLVED = 50;
/** What of a page a budget may ask for: before it is usable, later, or both. */
export declare const LOADS: readonly ['initial', 'lazy', 'all'];
/** What a file is to a page; in the order in which people name them. */
export declare const PAGE_TYPES: readonly ['document', 'script', 'stylesheet', 'font', 'image', 'other'];
/** One of the types. */
export type PageType = (typeof PAGE_TYPES)[number];
/** A connection. `kbps`: kilobits (1,000 bits) a second; `rtt`: a round trip, in milliseconds. */
export interface Network {
    readonly kbps: number;
    readonly rtt: number;
}
