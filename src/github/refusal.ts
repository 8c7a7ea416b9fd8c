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
