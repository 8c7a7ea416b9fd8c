import type { Baseline } from '../model/comparison.js';
import type { Host } from '../model/host.js';
/** Where base comes from: a snapshot file, nowhere on purpose, or nothing was said. */
export type BaseRequest = {
    readonly kind: 'file';
    readonly path: string;
} | {
    readonly kind: 'none';
} | {
    readonly kind: 'unsaid';
    readonly advice: string;
};
export interface Recalled {
    readonly baseline: Baseline | null;
    /** Why there is no baseline, and what to do; null with one. */
    readonly absence: string | null;
}
/** Finds the snapshot that head is compared with. */
export declare function recall(request: BaseRequest, cwd: string, host: Host): Promise<Recalled>;
