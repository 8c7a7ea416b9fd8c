import { isSameLabel } from '../model/label.ts';
import type { PullRequestEvent, Run } from '../model/run.ts';
import type { Client } from './client.ts';
import type { IssueEvent } from './label-events.ts';
import { wasTipAt } from './tip-at.ts';

export type Pull = Awaited<ReturnType<Client['rest']['pulls']['get']>>['data'];

/** What is known of a label that was given. */
export interface Evidence {
  /** The label's name. */
  readonly label: string;
  readonly pull: Pull;
  readonly head: string;
  readonly event: PullRequestEvent | null;
  readonly events: readonly IssueEvent[];
  readonly givenAt: string;
}

/**
 * Whether the commit was the pull request's head when the label was given; null where neither
 * GitHub's log of pushes nor the run's own event can tell.
 */
export async function wasHeadWhenGiven(
  client: Client,
  run: Run,
  evidence: Evidence,
): Promise<boolean | null> {
  return (await wasTip(client, evidence)) ?? (await isAttested(client, run, evidence));
}

async function wasTip(client: Client, { pull, head, givenAt }: Evidence): Promise<boolean | null> {
  // GitHub's types know no fork that is gone.
  const repository = pull.head.repo as Pull['head']['repo'] | null;
  if (repository === null) return null;
  const { owner, name } = repository;
  const branch = { owner: owner.login, repo: name, name: pull.head.ref, tip: pull.head.sha };
  return wasTipAt(client, branch, head, givenAt);
}

/** The webhook is made a moment after the label is given. */
const MOMENT = 10_000;

/** True where the run's own event says it, null where it does not. */
async function isAttested(client: Client, run: Run, evidence: Evidence): Promise<true | null> {
  const { label, pull, head, event, events } = evidence;
  if (event === null) return null;
  const givenAt = Date.parse(evidence.givenAt);
  const updatedAt = Date.parse(event.updatedAt);
  const isAbout = event.action === 'labeled' && isSameLabel(event.label ?? '', label);
  // Given later than that: taken off since, and given again, which is another event's matter.
  if (isAbout && givenAt <= updatedAt + MOMENT) return true;
  if (pull.head.sha !== head) return null;
  const startedAt = await startOf(client, run);
  // The run begins after the push, so a label that is younger than the run has seen that push.
  if (startedAt === null || !(Date.parse(startedAt) < givenAt)) return null;
  // Without force a head that was left cannot become head again.
  const isKept = events.every(
    (one) => one.event !== 'head_ref_force_pushed' || Date.parse(one.created_at) <= updatedAt,
  );
  return isKept ? true : null;
}

/** When the run was made, which stays as it is when it is run again. */
async function startOf(client: Client, { owner, repo, id }: Run): Promise<string | null> {
  try {
    const { data } = await client.rest.actions.getWorkflowRun({ owner, repo, run_id: id });
    return data.created_at;
  } catch (error) {
    // Without `actions: read` this evidence is missing, and no other is worse for it.
    if (typeof (error as { status?: unknown }).status === 'number') return null;
    throw error;
  }
}
