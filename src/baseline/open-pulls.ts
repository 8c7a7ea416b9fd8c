import type { Answer } from './answer.ts';
import { askGithub, type There, whole } from './ask-github.ts';

/** An open pull request, as far as base depends on it. */
export interface OpenPull {
  readonly number: number;
  readonly head: string;
  readonly baseBranch: string;
}

/** Pages of open pull requests that are looked through, most recently updated first. */
const MOST_PAGES = 3;

/**
 * Open pull requests whose head is one of these commits, oldest first.
 * @param branch the head branch, which makes it one look-up; null where it is not known
 */
export function openPullsThere(
  heads: readonly string[],
  branch: string | null,
  there: There,
): Promise<Answer<readonly OpenPull[]>> {
  return askGithub(there, 'pull-requests: read', async (client, repository) => {
    const place = branch === null ? {} : { head: `${repository.owner}:${branch}` };
    const order = { state: 'open', sort: 'updated', direction: 'desc' } as const;
    const request = { ...repository, ...place, ...order, per_page: 100 };
    const pulls: OpenPull[] = [];
    let pages = 0;
    for await (const { data } of client.paginate.iterator(client.rest.pulls.list, request)) {
      pulls.push(
        ...whole(data)
          .map(openPull)
          .filter((pull) => heads.includes(pull.head)),
      );
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    return pulls.sort((one, other) => one.number - other.number);
  });
}

interface Listed {
  readonly number: number;
  readonly head: { readonly sha: string };
  readonly base: { readonly ref: string };
}

function openPull({ number, head, base }: Listed): OpenPull {
  return { number, head: head.sha, baseBranch: base.ref };
}
