import type { Answer } from './http.ts';

/** An error as GitHub's API words it. */
export function failure(
  status: number,
  message: string,
  headers: Record<string, string> = {},
  errors?: readonly object[],
): Answer {
  const body = {
    message,
    errors,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  };
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** One page of a list, with the Link header that GitHub adds when there are more. */
export function page<T>(
  url: URL,
  all: readonly T[],
): { items: T[]; headers: Record<string, string> } {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const current = Number(url.searchParams.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (rel: string, number: number) => {
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return `<${target}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link('prev', current - 1), link('first', 1)] : []),
    ...(current < last ? [link('next', current + 1), link('last', last)] : []),
  ];
  const headers: Record<string, string> = links.length === 0 ? {} : { link: links.join(', ') };
  return { items: all.slice((current - 1) * size, current * size), headers };
}

/** What GitHub puts into `x-accepted-github-permissions`: alternatives between semicolons. */
export function acceptedPermissions(operation: string | null, method: string): string {
  const level = method === 'GET' ? 'read' : 'write';
  const scopes = SCOPES[operation?.split('/')[0] ?? ''] ?? ['metadata'];
  return scopes.map((scope) => `${scope}=${level}`).join('; ');
}

const SCOPES: Record<string, readonly string[]> = {
  actions: ['actions'],
  checks: ['checks'],
  git: ['contents'],
  issues: ['issues', 'pull_requests'],
  pulls: ['pull_requests'],
  repos: ['contents'],
};
