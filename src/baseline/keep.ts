import type { Client } from '../github/client.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Status } from '../model/verdict.ts';
import { type OpenStore, openStores } from './open-stores.ts';

export interface KeepRequest {
  readonly snapshot: Snapshot;
  /** What head's verdict was: a record is kept whatever it was, and says it. */
  readonly verdict: Status | null;
  readonly config: Config;
  /** Null on other machines than GitHub's runners. */
  readonly run: Run | null;
  readonly connect: (() => Promise<Client>) | null;
}

/** Which store has the record now, and what was wrong with those before it. */
export interface Kept {
  /** Null where no store took it. */
  readonly store: string | null;
  readonly faults: readonly string[];
}

/**
 * Keeps a snapshot as the record of its commit, in the first store that takes it.
 * @throws UserError `no-commit` for a snapshot of no known commit
 */
export async function keep(request: KeepRequest, host: Host): Promise<Kept> {
  const { snapshot, verdict, config, run, connect } = request;
  const { commit } = snapshot;
  if (commit === null) {
    throw new UserError('no-commit', 'A record belongs to a commit, and this folder has none.', {
      hint: 'Run it in a git checkout that has a commit.',
    });
  }
  const stores = await openStores(config, { host, folder: config.folder, run, connect });
  const kept = { verdict, run: run?.id ?? null };
  const faults: string[] = [];
  for (const store of stores.filter((one) => takes(one, run))) {
    try {
      await store.save({ ...snapshot, commit, kept });
      return { store: store.name, faults };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      faults.push(`Store ${store.name}: ${error.message} ${error.hint ?? ''}`.trim());
    }
  }
  return { store: null, faults };
}

/** A queue's entry may never reach the base branch: only artifacts are looked at with that in mind. */
function takes({ kind }: OpenStore, run: Run | null): boolean {
  return kind === 'artifact' || run?.mergeGroup == null;
}
