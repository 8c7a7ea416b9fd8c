import type { Client } from '../github/client.ts';
import type { Baseline } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import { byHand, readSnapshot } from './snapshot-file.ts';

/** Where base comes from: a snapshot file, nowhere on purpose, a ref, or what head was built on. */
export type BaseRequest =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'ref'; readonly ref: string }
  | { readonly kind: 'auto' };

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
  readonly readConfig: (folder: string) => Promise<Config | null>;
  /** Called with what a build of base writes, raw. */
  readonly onOutput: (text: string) => void;
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
  const { base, cwd } = request;
  if (base.kind === 'none') {
    return nothing('No baseline, as asked: limits on changes were not judged.');
  }
  if (base.kind === 'file') {
    const baseline = byHand(await readSnapshot(base.path, cwd, host), base.path);
    return { baseline, absence: null, notes: [], isAdoption: false };
  }
  // Loaded only here: a check against a file needs neither git nor a store.
  const { recallCommit } = await import('./recall-commit.ts');
  return recallCommit(base.kind === 'ref' ? base.ref : null, request, config, host);
}

function nothing(absence: string): Recalled {
  return { baseline: null, absence, notes: [], isAdoption: false };
}
