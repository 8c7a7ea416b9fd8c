import { getOctokit } from '@actions/github';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';

/** Longest wait for a rate limit, in seconds: a check must not hold a runner for an hour. */
const LONGEST_WAIT = 60;
const RETRIES = 3;

export type Client = ReturnType<typeof connect>;

/**
 * A client for GitHub's REST API that tries again with back-off: 5xx and cut connections
 * (plugin-retry), 429 and secondary limits after the time that GitHub names (plugin-throttling).
 */
export function connect(token: string) {
  const isWorthIt = (seconds: number, tries: number) => seconds <= LONGEST_WAIT && tries < RETRIES;
  return getOctokit(
    token,
    {
      retry: { retries: RETRIES },
      throttle: {
        onRateLimit: (seconds: number, _request: unknown, _client: unknown, tries: number) =>
          isWorthIt(seconds, tries),
        onSecondaryRateLimit: (
          seconds: number,
          _request: unknown,
          _client: unknown,
          tries: number,
        ) => isWorthIt(seconds, tries),
      },
    },
    retry,
    throttling,
  );
}
