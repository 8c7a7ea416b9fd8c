import type { Baseline, Comparison } from '../model/comparison.js';
import type { Measurement, Snapshot } from '../model/snapshot.js';
/** The facts about head beside base; without a base every asset stands for itself. */
export declare function compare(built: Snapshot, base: Baseline | null): Comparison;
/** Whether anything in the builds is not as it was: what measures nothing inside does not count. */
export declare function hasChanged({ base, assets, measurements }: Comparison): boolean;
/** What makes two measurements the same one, in base and head. */
export declare function measurementKey(item: Measurement): string;
