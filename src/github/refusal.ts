import type { Run } from '../model/run.ts';

interface Refusal {
  readonly status?: number;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
}

/**
 * The permission that a token lacked, in the words of a workflow: `pull-requests: write`.
 * @returns null for every other failure, a rate limit among them, which is a 403 as well
 */
export function missingPermission(error: unknown): string | null {
  const { status, response } = error as Refusal;
  if (status !== 403 && status !== 404) return null;
  const headers = response?.headers ?? {};
  const isLimit = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0';
  if (isLimit) return null;
  const needed = headers['x-accepted-github-permissions'] ?? 'pull_requests=write';
  return needed.replaceAll('_', '-').replaceAll('=', ': ');
}

/**
 * Why there is no check run, as one sentence for a notice.
 * @returns null unless a permission is missing
 */
export function whyNoCheckRun(error: unknown, { event, pullRequest }: Run): string | null {
  if (missingPermission(error) === null) return null;
  const isReadOnly = event === 'pull_request' && pullRequest?.isFork;
  const why = isReadOnly
    ? 'the token of a pull request from a fork may only read'
    : 'add `permissions: { checks: write }` to the job';
  // Never what the answer names: looking for ours needs `checks: read`, which is not enough.
  return `No check run: the token lacks the permission checks: write; ${why}.`;
}
