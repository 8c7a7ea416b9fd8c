import type { Host } from '../model/host.js';
import { type Snapshot } from '../model/snapshot.js';
/**
 * Reads a snapshot that somebody named. Damaged is never read as absent.
 * @throws UserError `snapshot-missing`, `snapshot-damaged`, `snapshot-newer`
 */
export declare function readSnapshot(path: string, cwd: string, host: Host): Promise<Snapshot>;
/** Holds a text against the snapshot's schema; every number is finite, every path is there once. */
export declare function parseSnapshot(text: string, file: string): Snapshot;
/** As it is written: one line an asset, so that a stored snapshot can be read in a diff. */
export declare function formatSnapshot(snapshot: Snapshot): string;
