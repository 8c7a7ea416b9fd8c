import { FORK, REPOSITORY, SHA } from './defaults.ts';
import {
  account,
  common,
  exampleOf,
  type Payload,
  pullJson,
  renamed,
  repositoryJson,
} from './payloads.ts';
import type { PullSeed, RepositoryName, RepositorySeed, RunSeed } from './protocol.ts';

/** An event as a workflow's run meets it: the payload, and what GitHub derives from it. */
export interface RunnerEvent {
  readonly name: string;
  readonly payload: Payload;
  readonly repository: RepositoryName;
  readonly sha: string;
  readonly ref: string;
  /** Short names of branches; empty but for pull requests. */
  readonly headRef: string;
  readonly baseRef: string;
  readonly actor: string;
}

interface Place {
  readonly repository?: Partial<RepositorySeed>;
  readonly actor?: string;
}

/** What `addPull` gives fits, so that event and emulator tell the same story. */
export type PullEvent = Place &
  Partial<PullSeed> & { readonly action?: string; readonly title?: string };

/** By default somebody's push to the branch of an open pull request, number 7, of the repository itself. */
export function pullRequest(given: PullEvent = {}): RunnerEvent {
  const pull = { number: 7, headSha: SHA.head, baseSha: SHA.base, mergeSha: SHA.merge, ...given };
  const {
    headRef = 'feature',
    baseRef = 'main',
    author = 'octocat',
    action = 'synchronize',
  } = given;
  const repository = { ...REPOSITORY, ...given.repository };
  // The other examples lack what GitHub has added since.
  const { before, after, ...example } = exampleOf(
    'pull_request',
    (one) => one.before !== undefined,
  );
  const parts = { ...pull, headRef, baseRef, author, repository };
  const payload = {
    ...example,
    action,
    number: pull.number,
    pull_request: pullJson(example.pull_request, parts),
    ...common(repository, given.actor ?? author),
    ...(action === 'synchronize' ? { before, after: pull.headSha } : {}),
  };
  return {
    name: 'pull_request',
    payload,
    repository,
    sha: pull.mergeSha ?? pull.headSha,
    ref: `refs/pull/${pull.number}/merge`,
    headRef,
    baseRef,
    actor: given.actor ?? author,
  };
}

/**
 * In a workflow that another one has called. GitHub tells the called one what it has told the
 * caller: the name of the event, its payload, commit and ref.
 */
export function workflowCall(caller: RunnerEvent): RunnerEvent {
  return structuredClone(caller);
}

export function forkPullRequest(given: PullEvent = {}): RunnerEvent {
  return pullRequest({ fork: FORK, author: FORK.owner, ...given });
}

/** GitHub forgets the head repository when it is deleted, and keeps the pull request. */
export function deletedForkPullRequest(given: PullEvent = {}): RunnerEvent {
  return pullRequest({ fork: null, author: FORK.owner, ...given });
}

/** A branch of the repository itself, and yet a run with a fork's rights. */
export function dependabotPullRequest(given: PullEvent = {}): RunnerEvent {
  const headRef = 'dependabot/npm_and_yarn/lodash-4.17.21';
  return pullRequest({ author: 'dependabot[bot]', headRef, ...given });
}

/** The same payload; but the run is one of the base branch's, with its rights. */
export function pullRequestTarget(given: PullEvent = {}): RunnerEvent {
  const event = forkPullRequest(given);
  const { baseSha = SHA.base, baseRef = 'main' } = given;
  return { ...event, name: 'pull_request_target', sha: baseSha, ref: `refs/heads/${baseRef}` };
}

export interface PushEvent extends Place {
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
  /** Commits that were there before are gone. */
  readonly forced?: boolean;
}

/** By default to `main`. */
export function push(given: PushEvent = {}): RunnerEvent {
  const repository = { ...REPOSITORY, ...given.repository };
  const { ref = 'refs/heads/main', before = SHA.base, after = SHA.head, actor = 'octocat' } = given;
  const deleted = after === SHA.none;
  const example = renamed(
    exampleOf('push', (one) => one.deleted === false && one.head_commit !== null),
    repository,
  );
  const payload = {
    ...example,
    ref,
    before,
    after,
    created: before === SHA.none,
    deleted,
    forced: given.forced ?? false,
    head_commit: deleted ? null : { ...example.head_commit, id: after },
    ...common(repository, actor),
  };
  // A run that a deletion starts is one of the default branch.
  const branch = `refs/heads/${repository.defaultBranch}`;
  const place = deleted ? { ref: branch, sha: before } : { ref, sha: after };
  return { name: 'push', payload, repository, headRef: '', baseRef: '', actor, ...place };
}

/** The first push of a branch: there is nothing before it. */
export function branchPush(given: PushEvent = {}): RunnerEvent {
  return push({ ref: 'refs/heads/feature', before: SHA.none, ...given });
}

export function tagPush(given: PushEvent = {}): RunnerEvent {
  return push({ ref: 'refs/tags/v1.0.0', before: SHA.none, ...given });
}

export function branchDeletion(given: PushEvent = {}): RunnerEvent {
  return push({ ref: 'refs/heads/feature', before: SHA.head, after: SHA.none, ...given });
}

export interface MergeGroupEvent extends Place {
  readonly number?: number;
  readonly headSha?: string;
  readonly baseSha?: string;
  /** A short name; the payload has the full one. */
  readonly baseRef?: string;
}

export function mergeGroup(given: MergeGroupEvent = {}): RunnerEvent {
  const repository = { ...REPOSITORY, ...given.repository };
  const {
    number = 7,
    headSha = SHA.merge,
    baseSha = SHA.base,
    baseRef = 'main',
    actor = 'octocat',
  } = given;
  const example = renamed(exampleOf('merge_group'), repository);
  const ref = `refs/heads/gh-readonly-queue/${baseRef}/pr-${number}-${baseSha}`;
  const payload = {
    ...example,
    merge_group: {
      ...example.merge_group,
      head_sha: headSha,
      head_ref: ref,
      base_sha: baseSha,
      base_ref: `refs/heads/${baseRef}`,
      head_commit: { ...example.merge_group.head_commit, id: headSha },
    },
    ...common(repository, actor),
  };
  return {
    name: 'merge_group',
    payload,
    repository,
    sha: headSha,
    ref,
    headRef: '',
    baseRef: '',
    actor,
  };
}

export interface BranchEvent extends Place {
  readonly sha?: string;
  readonly ref?: string;
}

export function workflowDispatch(
  given: BranchEvent & { readonly inputs?: Readonly<Record<string, string>> } = {},
): RunnerEvent {
  const event = onBranch('workflow_dispatch', given);
  const { inputs = {} } = given;
  const workflow = '.github/workflows/budgets.yml';
  return { ...event, payload: { inputs, ref: event.ref, workflow, ...event.payload } };
}

export function schedule(given: BranchEvent = {}): RunnerEvent {
  const event = onBranch('schedule', given);
  return { ...event, payload: { schedule: '0 3 * * *', ...event.payload } };
}

export interface DeploymentStatusEvent extends BranchEvent {
  readonly state?: string;
  readonly environment?: string;
}

/**
 * By default the success of a preview of the head of pull request 7. Those who deploy often know a
 * commit only: then `ref` is that commit, and the run has no ref at all.
 */
export function deploymentStatus(given: DeploymentStatusEvent = {}): RunnerEvent {
  const { sha = SHA.head, state = 'success', environment = 'Preview' } = given;
  const event = onBranch('deployment_status', { ...given, sha, ref: given.ref ?? '' });
  const example = renamed(exampleOf('deployment_status'), event.repository);
  const creator = account(event.actor);
  const ref = event.ref === '' ? sha : event.ref.replace(/^refs\/(heads|tags)\//, '');
  const deployment = { ...example.deployment, sha, ref, environment, creator };
  const status = { ...example.deployment_status, state, environment, creator };
  const payload = { ...example, deployment, deployment_status: status, ...event.payload };
  return { ...event, payload };
}

export type RepositoryDispatchEvent = Omit<BranchEvent, 'ref'> & {
  readonly type?: string;
  readonly clientPayload?: Payload;
};

/** A call from outside. It is always a run of the default branch, whatever it is about. */
export function repositoryDispatch(given: RepositoryDispatchEvent = {}): RunnerEvent {
  const event = onBranch('repository_dispatch', given);
  const { type = 'preview-ready', clientPayload = {} } = given;
  const example = renamed(exampleOf('repository_dispatch'), event.repository);
  const branch = event.payload.repository.default_branch;
  const own = { action: type, branch, client_payload: clientPayload };
  return { ...event, payload: { ...example, ...own, ...event.payload } };
}

export type WorkflowRunEvent = Place & Partial<RunSeed> & { readonly sha?: string };

/** By default the end of a run that a fork's pull request has started. */
export function workflowRun(given: WorkflowRunEvent = {}): RunnerEvent {
  const event = onBranch('workflow_run', given);
  const {
    headSha = SHA.head,
    headBranch = 'feature',
    headRepository = FORK,
    actor = FORK.owner,
  } = given;
  const example = renamed(
    exampleOf('workflow_run', (one) => one.action === 'completed'),
    event.repository,
  );
  const run = {
    ...example.workflow_run,
    id: given.id ?? 1001,
    name: 'Budgets',
    display_title: 'Budgets',
    path: '.github/workflows/budgets.yml',
    event: given.event ?? 'pull_request',
    status: given.status ?? 'completed',
    conclusion: given.conclusion ?? 'success',
    run_number: given.runNumber ?? 1,
    run_attempt: given.runAttempt ?? 1,
    head_sha: headSha,
    head_branch: headBranch,
    head_commit: { ...example.workflow_run.head_commit, id: headSha },
    pull_requests: [],
    actor: account(actor),
    triggering_actor: account(actor),
    repository: event.payload.repository,
    head_repository: repositoryJson(
      { ...REPOSITORY, ...headRepository },
      headRepository.id !== event.repository.id,
    ),
  };
  return {
    ...event,
    payload: { ...example, action: 'completed', workflow_run: run, ...event.payload },
  };
}

/** An event that is not about a change, but happens on a branch, the default one if nothing else is said. */
function onBranch(name: string, given: BranchEvent): RunnerEvent {
  const repository = { ...REPOSITORY, ...given.repository };
  const {
    sha = SHA.base,
    ref = `refs/heads/${repository.defaultBranch}`,
    actor = 'octocat',
  } = given;
  const payload: Payload = common(repository, actor);
  return { name, payload, repository, sha, ref, headRef: '', baseRef: '', actor };
}
