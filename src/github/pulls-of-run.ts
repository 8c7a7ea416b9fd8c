import type { PullRequest, Repository, Run, TriggeringRun } from '../model/run.ts';
import { unreachable } from './artifact-refusal.ts';
import type { Client } from './client.ts';

/**
 * The open pull requests whose head is just what a run was of. GitHub tells none for the run of a
 * fork, and what the run itself has written is not asked: whoever wrote it could name any.
 * @param repository the id of the repository that the run belongs to
 * @throws UserError `store-unreachable`
 */
export async function pullsOfRun(
  client: Client,
  { owner, repo }: Run,
  triggering: TriggeringRun,
  repository: number,
): Promise<readonly PullRequest[]> {
  const { headBranch, headRepository, headSha } = triggering;
  // GitHub forgets a deleted fork: its branch may be anybody's now.
  if (headRepository === null || headBranch === null) return [];
  const head = `${headRepository.owner}:${headBranch}`;
  const query = { owner, repo, head, state: 'open', per_page: MOST } as const;
  const { data } = await client.rest.pulls.list(query).catch((error) => {
    throw unreachable('The pull requests cannot be listed', 'pull-requests: write', error);
  });
  // A repository that took the name of a fork that is gone has its branches, and not its id.
  const own = data.filter(
    (pull) =>
      pull.head.sha === headSha &&
      pull.head.repo?.id === headRepository.id &&
      pull.base.repo.id === repository,
  );
  return own.map((pull) => pullRequestOf(pull, headRepository));
}

/** One branch has as many pull requests as there are branches to merge it into. */
const MOST = 10;

type Listed = Awaited<ReturnType<Client['rest']['pulls']['list']>>['data'][number];

function pullRequestOf(pull: Listed, headRepository: Repository): PullRequest {
  const { number, head, base, merge_commit_sha: mergeCommit } = pull;
  return {
    number,
    head: head.sha,
    headBranch: head.ref,
    headRepository,
    base: base.sha,
    baseBranch: base.ref,
    mergeCommit,
    isFork: headRepository.id !== base.repo.id,
    event: null,
  };
}

/** Runs that have ended without a word: none of them takes another one's place. */
const SILENT: readonly (string | null)[] = ['cancelled', 'skipped'];

/**
 * Whether a run has been run again since, or its workflow has started another run for the same
 * head: that one will be told of by itself.
 * @throws UserError `store-unreachable`
 */
export async function isSuperseded(
  client: Client,
  { owner, repo }: Run,
  { id, headSha, headBranch, headRepository, attempt, number }: TriggeringRun,
): Promise<boolean> {
  const query = { owner, repo, head_sha: headSha, event: 'pull_request', per_page: 100 };
  const { data } = await client.rest.actions.listWorkflowRunsForRepo(query).catch((error) => {
    throw unreachable('The runs of the head cannot be listed', 'actions: read', error);
  });
  const runs = data.workflow_runs;
  const own = runs.find((run) => run.id === id);
  if (own === undefined) return false;
  if ((own.run_attempt ?? 1) > attempt) return true;
  return runs.some(
    (run) =>
      run.workflow_id === own.workflow_id &&
      run.head_repository?.id === headRepository?.id &&
      run.head_branch === headBranch &&
      run.run_number > number &&
      !SILENT.includes(run.conclusion),
  );
}
