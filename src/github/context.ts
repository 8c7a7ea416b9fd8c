import * as z from 'zod/mini';
import { UserError } from '../model/errors.ts';
import type { PullRequest, Run } from '../model/run.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const repository = z.nullable(z.object({ id: z.number() }));
const payloadSchema = z.object({
  pull_request: z.optional(
    z.object({
      number: z.int(),
      head: z.object({ sha: z.string(), repo: repository }),
      base: z.object({ ref: z.string(), repo: repository }),
    }),
  ),
  repository: z.optional(z.object({ default_branch: z.optional(z.string()) })),
  ref: z.optional(z.nullable(z.string())),
});

/**
 * The run as GitHub's environment and event file tell it.
 * @param event the text of the event file
 * @throws UserError `no-run` outside a workflow
 */
export function readRun(env: Environment, event: string): Run {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? '').split('/');
  if (!owner || !repo) {
    throw new UserError(
      'no-run',
      'GITHUB_REPOSITORY is not set: this is not a run of a workflow.',
      {
        hint: 'On other machines use the command line: npx weighbridge.',
      },
    );
  }
  const payload = parsePayload(event);
  const name = env.GITHUB_EVENT_NAME ?? '';
  const id = Number(env.GITHUB_RUN_ID ?? 0);
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const branch = payload.repository?.default_branch;
  return {
    event: name,
    owner,
    repo,
    id,
    number: Number(env.GITHUB_RUN_NUMBER ?? 0),
    attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
    url: `${server}/${owner}/${repo}/actions/runs/${id}`,
    pullRequest: pullRequestOf(name, payload),
    isPushToBase: name === 'push' && branch !== undefined && payload.ref === `refs/heads/${branch}`,
  };
}

type Payload = z.infer<typeof payloadSchema>;

function parsePayload(event: string): Payload {
  const parsed = payloadSchema.safeParse(parseOrNull(event));
  if (parsed.success) return parsed.data;
  throw new UserError('event', 'The event file of this run cannot be read.', {
    hint: 'GITHUB_EVENT_PATH should name what GitHub wrote; run the workflow again.',
  });
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const ABOUT_PULL_REQUESTS: readonly string[] = ['pull_request', 'pull_request_target'];

/** Only these events are about a pull request; others may carry one that they are not about. */
function pullRequestOf(event: string, { pull_request: payload }: Payload): PullRequest | null {
  if (payload === undefined || !ABOUT_PULL_REQUESTS.includes(event)) return null;
  const { number, head, base } = payload;
  return {
    number,
    head: head.sha,
    baseBranch: base.ref,
    isFork: head.repo === null || head.repo.id !== base.repo?.id,
  };
}
