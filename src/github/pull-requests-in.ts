import type { PullRequestEvent, Run } from '../model/run.ts';
import type { Client } from './client.ts';

/** What a run judges. */
export type Judged =
  | {
      readonly kind: 'pull-request';
      readonly number: number;
      /** The commit that is judged, which may not be the pull request's head any more. */
      readonly head: string;
      /** Null where the run's own event is of another kind. */
      readonly event: PullRequestEvent | null;
    }
  | {
      readonly kind: 'merge-group';
      readonly base: string;
      readonly head: string;
      /** `refs/heads/gh-readonly-queue/main/pr-7-...` */
      readonly ref: string;
    }
  | {
      readonly kind: 'push';
      readonly before: string;
      readonly after: string;
      /** The short name. */
      readonly branch: string;
    };

/** The pull requests of what is judged; `stray` says what came without one, or could not be told. */
export interface PullRequestsIn {
  readonly numbers: readonly number[];
  readonly stray: string | null;
}

/** Commits on the line of the base branch that are looked up; a push has few. */
const MOST = 50;

/** Finds the pull requests that a run judges. */
export async function pullRequestsIn(
  client: Client,
  run: Run,
  judged: Judged,
): Promise<PullRequestsIn> {
  if (judged.kind === 'pull-request') return { numbers: [judged.number], stray: null };
  if (judged.kind === 'push') return ofPush(client, run, judged);
  return ofGroup(client, run, judged);
}

/** Every commit on the branch's own line came with a pull request that was merged into it. */
async function ofPush(
  client: Client,
  run: Run,
  { before, after, branch }: Extract<Judged, { kind: 'push' }>,
): Promise<PullRequestsIn> {
  const line = await lineBetween(client, run, before, after);
  if (line === null) return { numbers: [], stray: UNCLEAR };
  const numbers = new Set<number>();
  for (const { sha } of line) {
    const pulls = await pullsOf(client, run, sha);
    const merged = pulls.filter((pull) => pull.merged_at !== null && pull.base.ref === branch);
    if (merged.length === 0) return { numbers: [...numbers], stray: strayWords(sha) };
    for (const { number } of merged) numbers.add(number);
  }
  return { numbers: [...numbers], stray: null };
}

/**
 * GitHub's branch of the group names one; others show as merges of their heads. Commits that are
 * squashed or rebased have no pull request yet: they are of the named one, as a group's base is
 * the group before it.
 */
async function ofGroup(
  client: Client,
  run: Run,
  { base, head, ref }: Extract<Judged, { kind: 'merge-group' }>,
): Promise<PullRequestsIn> {
  const named = Number(/\/pr-(\d+)-[0-9a-f]{40,}$/.exec(ref)?.[1] ?? 0);
  const line = await lineBetween(client, run, base, head);
  if (named === 0 || line === null) return { numbers: [], stray: UNCLEAR };
  const { owner, repo } = run;
  const { data } = await client.rest.pulls.get({ owner, repo, pull_number: named });
  const merged = line.flatMap((commit) => commit.merged ?? []);
  const others = merged.filter((sha) => sha !== data.head.sha);
  return withMerged(client, run, named, others);
}

/** Each other commit that is merged into the line is the head of a pull request. */
async function withMerged(
  client: Client,
  run: Run,
  named: number,
  merged: readonly string[],
): Promise<PullRequestsIn> {
  const numbers = new Set([named]);
  for (const sha of merged) {
    const own = (await pullsOf(client, run, sha)).filter((pull) => pull.head.sha === sha);
    if (own.length === 0) return { numbers: [...numbers], stray: strayWords(sha) };
    for (const { number } of own) numbers.add(number);
  }
  return { numbers: [...numbers], stray: null };
}

const UNCLEAR = 'the pull requests in it cannot be told';

function strayWords(commit: string): string {
  return `commit ${commit.slice(0, 7)} came with no pull request`;
}

interface LineCommit {
  readonly sha: string;
  /** The commit that it merges into the line. */
  readonly merged: string | null;
}

/** Along the first parents from head to base; null where base is not on that line, or too far. */
async function lineBetween(
  client: Client,
  { owner, repo }: Run,
  base: string,
  head: string,
): Promise<readonly LineCommit[] | null> {
  // Of a branch that has just been made, all of it would be new.
  if (/^0+$/.test(base)) return null;
  const basehead = `${base}...${head}`;
  const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead });
  const commits = new Map(data.commits.map((commit) => [commit.sha, commit]));
  const line: LineCommit[] = [];
  for (let sha = head; sha !== base; ) {
    const commit = commits.get(sha);
    const [first, merged] = commit?.parents ?? [];
    if (first === undefined || line.length === MOST) return null;
    line.push({ sha, merged: merged?.sha ?? null });
    sha = first.sha;
  }
  return line;
}

async function pullsOf(client: Client, { owner, repo }: Run, commit_sha: string) {
  const query = { owner, repo, commit_sha, per_page: 100 };
  return (await client.rest.repos.listPullRequestsAssociatedWithCommit(query)).data;
}
