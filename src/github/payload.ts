import * as z from 'zod/mini';
import { UserError } from '../model/errors.ts';
import type { MergeGroup, PullRequest, Push, Repository, TriggeringRun } from '../model/run.ts';

/** The parts of an event that say what it is about. */
export interface Payload {
  readonly defaultBranch: string | null;
  readonly pullRequest: PullRequest | null;
  readonly push: Push | null;
  readonly mergeGroup: MergeGroup | null;
  readonly triggering: TriggeringRun | null;
}

/**
 * Reads the event file. Each part is read for the events that are about it and no others:
 * a payload may carry, say, a pull request that the run is not about.
 * @throws UserError `event`
 */
export function readPayload(event: string, text: string): Payload {
  const json = parseOrNull(text);
  const { repository } = read(anySchema, json);
  return {
    defaultBranch: repository?.default_branch ?? null,
    pullRequest: ABOUT_PULL_REQUESTS.includes(event) ? pullRequestOf(json) : null,
    push: event === 'push' ? pushOf(json) : null,
    mergeGroup: event === 'merge_group' ? mergeGroupOf(json) : null,
    triggering: event === 'workflow_run' ? triggeringOf(json) : null,
  };
}

/**
 * The event that a payload is of. Of the two that are about pull requests the payloads are alike:
 * the one is assumed that may do harm.
 * @throws UserError `event`
 */
export function callersEvent(text: string): string {
  const keys = Object.keys(read(z.record(z.string(), z.unknown()), parseOrNull(text)));
  const found = CALLERS.find(([, needed]) => needed.every((key) => keys.includes(key)));
  return found?.[0] ?? 'workflow_dispatch';
}

const CALLERS: readonly (readonly [event: string, needed: readonly string[]])[] = [
  ['workflow_run', ['workflow_run']],
  ['merge_group', ['merge_group']],
  ['deployment_status', ['deployment_status']],
  ['pull_request_target', ['pull_request']],
  ['push', ['ref', 'before', 'after']],
  ['repository_dispatch', ['client_payload']],
  ['schedule', ['schedule']],
];

const ABOUT_PULL_REQUESTS: readonly string[] = ['pull_request', 'pull_request_target'];

const anySchema = z.object({
  repository: z.optional(z.object({ default_branch: z.optional(z.string()) })),
});
const repositorySchema = z.nullable(
  z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
);
const pullRequestSchema = z.object({
  pull_request: z.object({
    number: z.int(),
    head: z.object({ sha: z.string(), ref: z.string(), repo: repositorySchema }),
    base: z.object({ sha: z.string(), ref: z.string(), repo: repositorySchema }),
    merge_commit_sha: z.optional(z.nullable(z.string())),
    updated_at: z.optional(z.string()),
  }),
  action: z.optional(z.string()),
  label: z.optional(z.object({ name: z.string() })),
});
const pushSchema = z.object({
  ref: z.string(),
  before: z.string(),
  after: z.string(),
  forced: z.optional(z.boolean()),
});
const mergeGroupSchema = z.object({
  merge_group: z.object({ base_sha: z.string(), head_sha: z.string(), base_ref: z.string() }),
});
const triggeringSchema = z.object({
  workflow_run: z.object({
    id: z.int(),
    event: z.string(),
    head_sha: z.string(),
    head_branch: z.nullable(z.string()),
    head_repository: repositorySchema,
    conclusion: z.nullable(z.string()),
    run_attempt: z.int(),
    run_number: z.int(),
  }),
});

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function read<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UserError('event', 'The event file of this run cannot be read.', {
    hint: 'GITHUB_EVENT_PATH should name what GitHub wrote; run the workflow again.',
  });
}

function pullRequestOf(json: unknown): PullRequest {
  const { pull_request: pull, action = '', label } = read(pullRequestSchema, json);
  const { updated_at: updatedAt } = pull;
  const { number, head, base } = pull;
  return {
    number,
    head: head.sha,
    headBranch: head.ref,
    headRepository: repositoryOf(head.repo),
    base: base.sha,
    baseBranch: base.ref,
    mergeCommit: pull.merge_commit_sha ?? null,
    isFork: head.repo === null || head.repo.id !== base.repo?.id,
    event: updatedAt === undefined ? null : { action, label: label?.name ?? null, updatedAt },
  };
}

function repositoryOf(repository: z.output<typeof repositorySchema>): Repository | null {
  if (repository === null) return null;
  const { id, name, owner } = repository;
  return { id, owner: owner.login, name };
}

function pushOf(json: unknown): Push {
  const { ref, before, after, forced = false } = read(pushSchema, json);
  return {
    before: commitOrNull(before),
    after: commitOrNull(after),
    branch: ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : null,
    isForced: forced,
  };
}

const BRANCHES = 'refs/heads/';

/** Git and GitHub write "no commit" as zeros. */
function commitOrNull(commit: string): string | null {
  return /^0+$/.test(commit) ? null : commit;
}

function mergeGroupOf(json: unknown): MergeGroup {
  const {
    base_sha: base,
    head_sha: head,
    base_ref: ref,
  } = read(mergeGroupSchema, json).merge_group;
  // Unlike a pull request's, this is a ref in full.
  return { base, head, baseBranch: ref.startsWith(BRANCHES) ? ref.slice(BRANCHES.length) : ref };
}

function triggeringOf(json: unknown): TriggeringRun {
  const { workflow_run: run } = read(triggeringSchema, json);
  return {
    id: run.id,
    event: run.event,
    headSha: run.head_sha,
    headBranch: run.head_branch,
    headRepository: repositoryOf(run.head_repository),
    conclusion: run.conclusion,
    attempt: run.run_attempt,
    number: run.run_number,
  };
}
