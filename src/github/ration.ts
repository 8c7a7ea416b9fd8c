import type { Client } from './client.ts';

/** How often a client may still ask. */
export interface Ration {
  /** True once it was asked for more than there was: what came of that is no answer. */
  isSpent(): boolean;
}

/**
 * Lets a client ask GitHub so many times and no more: a token has a thousand requests an hour for
 * the whole repository, which nobody else's run may use up. What was asked once is known from then
 * on, so the client is for questions whose answers may be some seconds old.
 */
export function ration(client: Client, most: number): Ration {
  const answers = new Map<string, Promise<unknown>>();
  let asked = 0;
  client.hook.wrap('request', async (request, options) => {
    const key = keyOf(options);
    const known = key === null ? undefined : answers.get(key);
    if (known !== undefined) return (await known) as Awaited<ReturnType<typeof request>>;
    asked += 1;
    if (asked > most) throw Object.assign(new Error('no request is left'), { status: 429 });
    const answer = Promise.resolve(request(options));
    if (key !== null) answers.set(key, answer);
    return answer;
  });
  return { isSpent: () => asked > most };
}

/** Null for what is no question, and for a stream, which can be read once only. */
function keyOf(options: object): string | null {
  const { request, headers, mediaType, baseUrl, ...asked } = options as {
    readonly method?: string;
    readonly request?: { readonly parseSuccessResponseBody?: boolean };
    readonly headers?: unknown;
    readonly mediaType?: unknown;
    readonly baseUrl?: unknown;
  };
  const isQuestion = asked.method === 'GET' && request?.parseSuccessResponseBody !== false;
  return isQuestion ? JSON.stringify(asked) : null;
}
