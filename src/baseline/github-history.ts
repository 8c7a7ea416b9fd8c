import type { Answer } from './answer.ts';
import { askGithub, type There, whole } from './ask-github.ts';

/** How head stands to base. */
export interface Compared {
  readonly mergeBase: string;
  readonly isAncestor: boolean;
  /** Of files that differ between the merge base and head, old names among them. */
  readonly paths: readonly string[];
  /** All of them are listed. */
  readonly isComplete: boolean;
}

/** Files that GitHub lists at most. */
const MOST_FILES = 300;

/** Two commits or branches compared. */
export function compareThere(base: string, head: string, there: There): Promise<Answer<Compared>> {
  return askGithub(there, 'contents: read', async (client, repository) => {
    // One commit a page: a branch may have thousands, and none of them is looked at.
    const { data } = await client.rest.repos.compareCommitsWithBasehead({
      ...repository,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    const { files = [], merge_base_commit: mergeBase, status } = whole(data);
    return {
      mergeBase: mergeBase.sha,
      isAncestor: status === 'ahead' || status === 'identical',
      paths: files.flatMap(({ filename, previous_filename: old }) =>
        old === undefined ? [filename] : [filename, old],
      ),
      isComplete: files.length < MOST_FILES,
    };
  });
}

/** The parents of a commit. */
export function parentsThere(commit: string, there: There): Promise<Answer<readonly string[]>> {
  return askGithub(there, 'contents: read', async (client, repository) => {
    const { data } = await client.rest.git.getCommit({ ...repository, commit_sha: commit });
    return whole(data).parents.map(({ sha }) => sha);
  });
}

/** The commit that a branch, tag or shortened id stands for. */
export function commitThere(name: string, there: There): Promise<Answer<string>> {
  return askGithub(there, 'contents: read', async (client, repository) => {
    const { data } = await client.rest.repos.getCommit({ ...repository, ref: name, per_page: 1 });
    return whole(data).sha;
  });
}

const PER_PAGE = 100;
/** A first parent may be far down a list that is sorted by date: then it opens a list of its own. */
const MOST_LISTS = 5;

/** First-parent ancestors, nearest first; fewer than asked for where the history ends. */
export function ancestorsThere(
  commit: string,
  most: number,
  there: There,
): Promise<Answer<readonly string[]>> {
  return askGithub(there, 'contents: read', async (client, repository) => {
    const line = [commit];
    for (let lists = 0; lists < MOST_LISTS && line.length <= most; lists += 1) {
      const sha = line.at(-1) ?? commit;
      const request = { ...repository, sha, per_page: PER_PAGE };
      const { data } = await client.rest.repos.listCommits(request);
      const parents = new Map(whole(data).map((one) => [one.sha, one.parents[0]?.sha]));
      const more = lineOf(sha, parents);
      if (more.length === 0) break;
      line.push(...more);
    }
    return line.slice(1, most + 1);
  });
}

/** As far as the first parents are known. */
function lineOf(start: string, parents: ReadonlyMap<string, string | undefined>): string[] {
  const line: string[] = [];
  for (let at = parents.get(start); at !== undefined; at = parents.get(at)) line.push(at);
  return line;
}
