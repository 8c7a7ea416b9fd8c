import { UserError } from '../model/errors.js';
import { type Snapshot } from '../model/snapshot.js';
/**
 * Holds a text against the snapshot's schema; every number is finite, every path is there once.
 * @param file what errors call the text by
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export declare function parseSnapshot(text: string, file: string): Snapshot;
/**
 * Holds a parsed text against the snapshot's schema.
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export declare function snapshotOf(value: unknown, file: string): Snapshot;
/** @throws UserError `snapshot-newer` for what a later version wrote */
export declare function refuseNewer(value: unknown, file: string): void;
/** As it is written: one line an asset, so that a stored snapshot can be read in a diff. */
export declare function formatSnapshot(snapshot: Snapshot): string;
/** @throws UserError `snapshot-damaged` for what is no JSON */
export declare function parseSnapshotJson(text: string, file: string): unknown;
/** A file that is no snapshot, although somebody has named it as one. */
export declare function damagedSnapshot(file: string, what: string, cause?: unknown): UserError;
