import { projectOf } from '../core/project-of.ts';
import type { Client } from '../github/client.ts';
import type { Baseline } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { BaseBuilds, ReadConfig } from './base-builds.ts';

/** Where base comes from: a snapshot file, nowhere on purpose, a ref, or what head was built on. */
export type BaseRequest =
  | FileRequest
  | { readonly kind: 'none' }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'auto' };

/** A file of one snapshot, or of several. */
export interface FileRequest {
  readonly kind: 'file';
  readonly path: string;
  /** What is in it, where it serves several projects: each is compared with its own only. */
  readonly snapshots?: readonly Snapshot[] | undefined;
}

/**
 * The `project` of a budgets file's text: null where it names none, undefined where the text is
 * none that can be read as data.
 */
export type ReadProject = (text: string, file: string) => string | null | undefined;

/** What finding a baseline may depend on. */
export interface RecallRequest {
  readonly base: BaseRequest;
  /** Absolute; relative paths of the request are seen from here. */
  readonly cwd: string;
  /** Null on other machines than GitHub's runners. */
  readonly run: Run | null;
  /** A client for GitHub's API; null where there is no token. */
  readonly connect: (() => Promise<Client>) | null;
  /** Reads the budgets file in a folder of base; null where there is none that can be read. */
  readonly readConfig: ReadConfig;
  readonly readProject: ReadProject;
  /** Called with what a build of base writes, raw. */
  readonly onOutput: (text: string) => void;
  /** Builds of base that several projects share. */
  readonly builds?: BaseBuilds | undefined;
}

export interface Recalled {
  readonly baseline: Baseline | null;
  /** Why there is no baseline, and what to do; null with one. */
  readonly absence: string | null;
  /** Records that could not be used, each with its reason. */
  readonly notes: readonly string[];
  /** No store has any record of the project: the first steps of a project. */
  readonly isAdoption: boolean;
}

/** Finds the snapshot that head is compared with. */
export async function recall(
  request: RecallRequest,
  config: Config,
  host: Host,
): Promise<Recalled> {
  const { base } = request;
  if (base.kind === 'none') {
    return nothing('No baseline, as asked: limits on changes were not judged.');
  }
  if (base.kind === 'file') return recallFile(base, request, config, host);
  // Loaded only here: a check against a file needs neither git nor a store.
  const { recallCommit } = await import('./recall-commit.ts');
  return recallCommit(base.kind === 'ref' ? base.ref : null, request, config, host);
}

/** A snapshot alone in its file is meant, whatever its project is called. */
async function recallFile(
  { path, snapshots }: FileRequest,
  { cwd }: RecallRequest,
  config: Config,
  host: Host,
): Promise<Recalled> {
  // Loaded only here, like all that reads snapshots: without a baseline there are none.
  const { byHand, readSnapshotSet } = await import('./snapshot-file.ts');
  const known = snapshots ?? (await readSnapshotSet(path, cwd, host)).snapshots;
  const [only, ...others] = known;
  const isMeant = snapshots === undefined && others.length === 0;
  const project = isMeant ? null : projectOf(config, await host.checkout(config.folder));
  const own = isMeant ? only : known.find((one) => one.project === project);
  if (own === undefined) return nothing(`${path} has no snapshot of ${project}.`);
  return { baseline: byHand(own, path), absence: null, notes: [], isAdoption: false };
}

function nothing(absence: string): Recalled {
  return { baseline: null, absence, notes: [], isAdoption: false };
}
