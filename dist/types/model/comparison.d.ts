import type { Encoding } from './metric.js';
import type { Asset, Measurement, Snapshot } from './snapshot.js';
/** How the baseline was found: given by hand, that very commit's record, built anew, or older. */
export type Provenance = 'file' | 'exact' | 'rebuilt' | 'ancestor';
/**
 * What base is to head: `merge-base`: where head left the base branch; `first-parent`: what head was
 * merged into, or added to; `before-push`; `queue`: what a merge queue merges into; `ref`: asked for.
 */
export type BaseKind = 'merge-base' | 'first-parent' | 'before-push' | 'queue' | 'ref';
/** A baseline together with how it was found. */
export interface Baseline {
    readonly snapshot: Snapshot;
    readonly provenance: Provenance;
    /** Null for a file named by hand. */
    readonly how: BaseKind | null;
    /** Commits between the baseline and the base; 0 unless it is an ancestor. */
    readonly distance: number;
    /** The commits between touched nothing that the build is made from: as good as base's own. */
    readonly isUntouched: boolean;
    /** The store that served it, or the file that was named. */
    readonly store: string;
}
/**
 * Bytes of one asset in one encoding. `undefined`: that side did not measure the encoding.
 * `comparable` is false where the encoders differ and the contents do too.
 */
export interface SizeChange {
    readonly base: number | undefined;
    readonly head: number | undefined;
    readonly comparable: boolean;
}
/** One asset on both sides; never both null. Equal contents have equal sizes, in both. */
export interface AssetChange {
    /** Unique in a comparison: the stable name, or the path where several share the name. */
    readonly subject: string;
    readonly base: Asset | null;
    readonly head: Asset | null;
    /** The same content on both sides: nothing was changed, and one size serves both. */
    readonly isSame: boolean;
    /** False where one side has no such asset and did not look for it: neither added nor removed. */
    readonly isLookedFor: boolean;
    /** Assets of base that share its stable name and were paired with none, where it is not paired. */
    readonly namesakes: number;
    readonly sizes: Readonly<Record<Encoding, SizeChange>>;
}
/** One metric of one page, or of whatever else was measured, on both sides; never both null. */
export interface MeasurementChange {
    readonly base: Measurement | null;
    readonly head: Measurement | null;
    /** False where one side has none and did not read these reports. */
    readonly isLookedFor: boolean;
    /** False where two exact sizes are of different bundlers or encoders. */
    readonly comparable: boolean;
}
/** The facts: what head and base hold, paired. Judged nowhere here. */
export interface Comparison {
    readonly head: Snapshot;
    readonly base: Baseline | null;
    readonly assets: readonly AssetChange[];
    readonly measurements: readonly MeasurementChange[];
}
