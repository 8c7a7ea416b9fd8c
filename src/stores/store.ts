import type { Client } from '../github/client.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The world as a store needs it. */
export interface StoreContext {
  readonly host: Host;
  /** Absolute; a folder inside the checkout, whose repository the records belong to. */
  readonly folder: string;
  /** Null on other machines than GitHub's runners. */
  readonly run: Run | null;
  /** The base branch by its short name: only its runs may have written a record. */
  readonly branch: string | null;
  /** A client for GitHub's API; null where there is no token. */
  readonly connect: (() => Promise<Client>) | null;
}

/** A snapshot of a known commit, as it is kept. */
export type Keepable = Snapshot & { readonly commit: string };

/**
 * A memory of snapshots by project and commit. Absent is null, damaged throws; a record is served
 * only to the project and commit that it names.
 */
export interface Store {
  /** As reports say it: `artifact`, `git refs/weighbridge/baselines`, `file`. */
  readonly name: string;
  /** What is to be said of what it has served so far: sentences, none where all is as it should be. */
  readonly remarks?: (() => readonly string[]) | undefined;
  /**
   * The record of one commit; null when there is none.
   * @throws UserError `snapshot-damaged`, `snapshot-newer`, `record-expired`,
   * `store-unreachable` whose hint names the permission or what to do
   */
  load(project: string, commit: string): Promise<Snapshot | null>;
  /**
   * Commits that have a record of the project, newest record first; empty when it has none at all.
   * @throws UserError `record-expired` where all that it had are gone, `records-out-of-sight`
   * where not all could be looked at, `store-unreachable`
   */
  commits(project: string): Promise<readonly string[]>;
  /**
   * Keeps a snapshot, in place of an older record of the same project and commit.
   * @throws UserError `store-unreachable`, `record-too-large`
   */
  save(snapshot: Keepable): Promise<void>;
}
