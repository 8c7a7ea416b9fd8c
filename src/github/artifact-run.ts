import { unreachable } from './artifact-refusal.ts';
import type { Artifact, RepositoryName } from './artifacts.ts';
import type { Client } from './client.ts';

/** What a record must come from: a run of the base branch, on the commit that it tells of. */
export interface Origin {
  /** The base branch by its short name. */
  readonly branch: string;
  readonly commit: string;
}

/** Runs looked at in one page of artifacts: a pull request writes one artifact a run as well. */
const MOST_RUNS = 20;

/**
 * The first artifact that a run of the base branch wrote; null when none was. A name proves
 * nothing: a fork's run may upload any, and a pull request from `main` into `release` has the
 * repository, the branch and the commit of a push to `main`.
 * @throws UserError `store-unreachable`
 */
export async function firstAccepted(
  client: Client,
  repository: RepositoryName,
  artifacts: readonly Artifact[],
  origin: Origin,
): Promise<Artifact | null> {
  const likely = artifacts.filter(({ run }) => run?.isOwn && run.headSha === origin.commit);
  for (const artifact of likely.slice(0, MOST_RUNS)) {
    if (await isAccepted(client, repository, artifact, origin)) return artifact;
  }
  return null;
}

/** Only who may push to the branch can start these on it. */
const EVENTS_OF_A_BRANCH: readonly string[] = ['push', 'schedule', 'workflow_dispatch'];

async function isAccepted(
  client: Client,
  repository: RepositoryName,
  artifact: Artifact,
  { branch, commit }: Origin,
): Promise<boolean> {
  const run = await runOf(client, repository, artifact);
  if (run === null || run.head_sha !== commit) return false;
  if (run.head_repository?.id !== run.repository.id) return false;
  if (EVENTS_OF_A_BRANCH.includes(run.event)) return run.head_branch === branch;
  // A merge queue runs on a branch of its own, whose commit becomes the base branch's or never does.
  return run.event === 'merge_group' && isInHistory(client, repository, branch, commit);
}

async function runOf(client: Client, repository: RepositoryName, { run, name }: Artifact) {
  try {
    const query = { ...repository, run_id: run?.id ?? 0 };
    return (await client.rest.actions.getWorkflowRun(query)).data;
  } catch (error) {
    // It could be listed, so the permission is there: the run was deleted.
    if (isNotFound(error)) return null;
    throw unreachable(`The run that wrote ${name} cannot be looked up`, 'actions: read', error);
  }
}

async function isInHistory(
  client: Client,
  repository: RepositoryName,
  branch: string,
  commit: string,
): Promise<boolean> {
  try {
    const basehead = `${branch}...${commit}`;
    // One commit a page: only the status is wanted.
    const query = { ...repository, basehead, per_page: 1 };
    const { status } = (await client.rest.repos.compareCommitsWithBasehead(query)).data;
    return status === 'behind' || status === 'identical';
  } catch (error) {
    if (isNotFound(error)) return false;
    const what = `The commit ${commit} cannot be compared with ${branch}`;
    throw unreachable(what, 'contents: read', error);
  }
}

function isNotFound(error: unknown): boolean {
  return (error as { status?: number }).status === 404;
}
