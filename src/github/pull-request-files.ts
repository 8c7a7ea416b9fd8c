import type { Run } from '../model/run.ts';
import type { Client } from './client.ts';

/** Of a change of more than 500 files nobody reads a note: GitHub would list 3,000 of them. */
const PAGES = 5;
const PER_PAGE = 100;
/** A note is worth no wait. More than 0 would have the plugin try again what is refused, too. */
const ONCE = { retries: 0 };

/**
 * What a pull request changes in some files, as patches by path. Asks no further than the last
 * file that is wanted; a file that is too large to be shown, or binary, has an empty one.
 */
export async function patchesOf(
  client: Client,
  { owner, repo, pullRequest }: Run,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const patches = new Map<string, string>();
  if (pullRequest === null) return patches;
  for (let page = 1; page <= PAGES && patches.size < wanted.size; page += 1) {
    const query = { owner, repo, pull_number: pullRequest.number, per_page: PER_PAGE, page };
    const { data } = await client.rest.pulls.listFiles({ ...query, request: ONCE });
    const shown = data.filter(({ filename }) => wanted.has(filename));
    for (const { filename, patch } of shown) patches.set(filename, patch ?? '');
    if (data.length < PER_PAGE) break;
  }
  return patches;
}
