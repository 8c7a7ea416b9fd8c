import type { Client } from './client.ts';

/** A branch that a pull request comes from. */
export interface Branch {
  readonly owner: string;
  readonly repo: string;
  /** The short name. */
  readonly name: string;
  /** The pull request's head as GitHub has it now. */
  readonly tip: string;
}

/**
 * Whether a commit was the tip of a branch at a moment, by GitHub's own log of pushes: the dates
 * in commits are their author's. A push within the same second must agree.
 * @param at ISO 8601
 * @returns null where the log cannot be read, does not reach back so far, or has a gap there
 */
export async function wasTipAt(
  client: Client,
  branch: Branch,
  commit: string,
  at: string,
): Promise<boolean | null> {
  const log = await readLog(client, branch);
  const moment = secondOf(at);
  const last = log.findLastIndex(({ timestamp }) => secondOf(timestamp) < moment);
  if (last < 0) return null;
  const later = log.findIndex(({ timestamp }) => secondOf(timestamp) > moment);
  const around = log.slice(last, later < 0 ? undefined : later);
  // Each push starts where the one before it ended; else one is missing, and may be the one.
  const starts = [...around.slice(1).map(({ before }) => before), log[later]?.before ?? branch.tip];
  if (around.some(({ after }, index) => after !== starts[index])) return null;
  return around.every(({ after }) => after === commit);
}

interface Push {
  readonly before: string;
  readonly after: string;
  readonly timestamp: string;
}

/** The newest hundred, oldest first. */
async function readLog(client: Client, { owner, repo, name }: Branch): Promise<readonly Push[]> {
  try {
    const query = { owner, repo, ref: `refs/heads/${name}`, per_page: 100 };
    const { data } = await client.rest.repos.listActivities(query);
    return data.toReversed();
  } catch (error) {
    // A private fork, or one that is gone: other evidence may be left.
    if (typeof (error as { status?: unknown }).status === 'number') return [];
    throw error;
  }
}

/** Labels are dated to the second. */
function secondOf(time: string): number {
  return Math.floor(Date.parse(time) / 1_000);
}
