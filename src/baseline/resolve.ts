import type { Client } from '../github/client.ts';
import type { Host } from '../model/host.ts';
import type { MergeGroup, Run } from '../model/run.ts';
import { absent, found, type Resolved, type Scene } from './base-commit.ts';
import { ownPullRequestBase } from './branch-base.ts';
import { localBase } from './local-base.ts';
import { pullRequestBase } from './pull-request-base.ts';
import { pushBase } from './push-base.ts';
import { refBase } from './ref-base.ts';
import { wrongCheckout } from './wrong-checkout.ts';

export type { BaseCommit, Resolved } from './base-commit.ts';

export interface ResolveRequest {
  /** A ref that base was asked to be; null: found by what was built. */
  readonly ref: string | null;
  /** The `baseline.branch` setting. */
  readonly branch: string | null;
  /** Null on other machines than GitHub's runners. */
  readonly run: Run | null;
  /** Absolute; the working directory. */
  readonly folder: string;
  /** A client for GitHub's API; null where there is no token. */
  readonly connect: (() => Promise<Client>) | null;
}

/**
 * Finds the commit that head is compared with: the merge base of the commit that was built, so that
 * a change is never blamed for what others did meanwhile.
 * @throws UserError `base-missing`, `wrong-checkout`
 */
export async function resolveBase(request: ResolveRequest, host: Host): Promise<Resolved> {
  const { ref, branch, run, folder, connect } = request;
  const head = (await host.checkout(folder))?.commit ?? null;
  const scene: Scene = { host, folder, run, connect, branch, head };
  if (ref !== null) return refBase(ref, scene);
  if (run === null) return localBase(scene);
  if (run.pullRequest !== null) {
    return notItself(await pullRequestBase(run.pullRequest, run, scene), run.pullRequest.head);
  }
  if (run.mergeGroup !== null) return queueBase(run.mergeGroup, scene);
  if (run.push !== null) return pushBase(run.push, run, scene);
  // Without a checkout the files come from another job, which had the run's commit.
  return ownPullRequestBase(head ?? run.sha, run, scene);
}

/** Compared with itself no change shows, as where a change names its own branch as the base. */
function notItself(resolved: Resolved, head: string): Resolved {
  if (resolved.kind === 'absent' || resolved.base.commit !== head) return resolved;
  const branch = resolved.base.branch ?? 'the base branch';
  return absent(
    `Base would be head itself: ${branch} has the change already. Check \`baseline.branch\`.`,
  );
}

/** What the queue would merge into: the base branch with all the entries before this one. */
function queueBase({ base, head, baseBranch }: MergeGroup, scene: Scene): Resolved {
  if (scene.head !== null && scene.head !== head) {
    const hint = 'Give actions/checkout no `ref` on merge_group.';
    throw wrongCheckout(scene.head, `the entry of the merge queue, ${head}`, hint);
  }
  return found(base, 'queue', baseBranch);
}
