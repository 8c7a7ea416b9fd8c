import type { Client } from '../github/client.ts';
import type { Judged } from '../github/pull-requests-in.ts';
import type { Baseline } from '../model/comparison.ts';
import type { GivenLabel } from '../model/label.ts';
import type { Run } from '../model/run.ts';

export interface Pardons {
  readonly labels: readonly GivenLabel[];
  /** Why a label that is there does not count. */
  readonly notes: readonly string[];
}

const NONE: Pardons = { labels: [], notes: [] };

/**
 * Labels of the pull requests that are judged, where base's own rules name one that pardons.
 * A change cannot name its own: head's rules are not looked at.
 */
export async function pardonsOf(
  baseline: Baseline | null,
  run: Run | null,
  connect: (() => Promise<Client>) | null,
): Promise<Pardons> {
  const label = baseline?.snapshot.rules.acceptLabel ?? null;
  if (label === null || run === null || connect === null) return NONE;
  const judged = judgedBy(run);
  if (judged === null) return NONE;
  // Loaded only here: most projects have no such label.
  const { labelsInForce } = await import('../github/labels.ts');
  return labelsInForce(await connect(), run, { label, judged });
}

function judgedBy({ pullRequest, mergeGroup, push, ref }: Run): Judged | null {
  if (pullRequest !== null) {
    const { number, head, event } = pullRequest;
    return { kind: 'pull-request', number, head, event };
  }
  if (mergeGroup !== null) {
    return { kind: 'merge-group', base: mergeGroup.base, head: mergeGroup.head, ref };
  }
  if (push === null) return null;
  const { before, after, branch } = push;
  if (before === null || after === null || branch === null) return null;
  return { kind: 'push', before, after, branch };
}
