import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { PullRequest } from '../model/run.ts';
import type { Resolved } from './base-commit.ts';
import type { HistoryContext } from './history.ts';
import { climb } from './ladder.ts';
import { localBase } from './local-base.ts';
import { openStores } from './open-stores.ts';
import { type BaseRequest, type Recalled, recall } from './recall.ts';
import { refBase } from './ref-base.ts';
import { untrustedBase } from './untrusted-base.ts';

/** A snapshot that was measured in another run, and what its baseline depends on here. */
export interface ElsewhereRequest {
  readonly base: BaseRequest;
  /** Absolute; relative paths of `base` are seen from here. */
  readonly cwd: string;
  /** The commit that the snapshot says it is of. */
  readonly built: string | null;
  /** The pull request that it is of; null where nobody has said. */
  readonly pull: PullRequest | null;
  readonly project: string;
  /** The budgets file's folder from the repository's root; empty for the root itself. */
  readonly prefix: string;
  /** Where records are is said here; nothing is built. */
  readonly config: Config;
  readonly scene: HistoryContext;
}

/**
 * Finds the baseline of a snapshot that was measured elsewhere, among the records that are
 * trusted here.
 * @param host the machine, for a snapshot file that somebody has named
 * @throws UserError `other-commit`, `base-missing`, and what reading that file throws
 */
export async function recallElsewhere(request: ElsewhereRequest, host: Host): Promise<Recalled> {
  const { base, cwd, project, prefix, scene } = request;
  const baseline = { ...request.config.baseline, build: null };
  const config = { ...request.config, project, baseline };
  if (base.kind === 'none' || base.kind === 'file') {
    return recall({ base, cwd, run: scene.run, connect: scene.connect, ...NO_BUILD }, config, host);
  }
  const resolved = await resolve(base.kind === 'ref' ? base.ref : null, request);
  if (resolved.kind === 'absent') {
    return { baseline: null, absence: resolved.why, notes: [], isAdoption: false };
  }
  const stores = await openStores(config, scene);
  const ladder = { base: resolved.base, project, prefix, stores, scene, config };
  return climb({ ...ladder, building: NO_BUILD }, scene.host);
}

const NO_BUILD = { readConfig: async () => null, readProject: () => undefined, onOutput: () => {} };

async function resolve(ref: string | null, request: ElsewhereRequest): Promise<Resolved> {
  const { built, pull, scene } = request;
  const { branch } = request.config.baseline;
  if (ref !== null) return refBase(ref, { ...scene, branch, head: built });
  if (pull !== null) return untrustedBase(built, pull, branch, scene);
  if (built === null) return { kind: 'absent', why: NO_COMMIT };
  return localBase({ ...scene, branch, head: built });
}

const NO_COMMIT =
  'The snapshot names no commit, so its base is not known. Name one with --base, or measure in a git checkout.';
