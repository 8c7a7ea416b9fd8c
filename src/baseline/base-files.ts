import { askGithub, whole } from './ask-github.ts';
import { askGit } from './git-history.ts';
import type { HistoryContext } from './history.ts';

/** The files of a commit that is not checked out: by git, unless the clone is shallow, then by GitHub. */
export interface BaseFiles {
  /** From the repository's root; null where nobody lists them all. */
  paths(): Promise<readonly string[] | null>;
  /** The text of a file; null where there is none, or where nobody knows. */
  text(path: string): Promise<string | null>;
}

export function baseFiles(commit: string, scene: HistoryContext): BaseFiles {
  let listed: Promise<readonly string[] | null> | null = null;
  return {
    paths() {
      listed ??= pathsHere(commit, scene).then((paths) => paths ?? pathsThere(commit, scene));
      return listed;
    },
    text: async (path) => (await textHere(commit, path, scene)) ?? textThere(commit, path, scene),
  };
}

async function pathsHere(commit: string, scene: HistoryContext): Promise<readonly string[] | null> {
  const list = ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit];
  const { code, text } = await askGit(list, scene);
  return code === 0 ? text.split('\0').filter((path) => path !== '') : null;
}

async function pathsThere(
  commit: string,
  scene: HistoryContext,
): Promise<readonly string[] | null> {
  const answer = await askGithub(scene, 'contents: read', async ({ rest }, repository) => {
    const { data: top } = await rest.git.getCommit({ ...repository, commit_sha: commit });
    const all = { ...repository, tree_sha: whole(top).tree.sha, recursive: '1' };
    const { tree, truncated } = whole((await rest.git.getTree(all)).data);
    return truncated
      ? null
      : tree.flatMap(({ path, type }) => (type === 'blob' && path ? path : []));
  });
  return 'value' in answer ? answer.value : null;
}

async function textHere(
  commit: string,
  path: string,
  scene: HistoryContext,
): Promise<string | null> {
  const { code, text } = await askGit(['show', `${commit}:${path}`], scene);
  return code === 0 ? text : null;
}

async function textThere(
  commit: string,
  path: string,
  scene: HistoryContext,
): Promise<string | null> {
  const answer = await askGithub(scene, 'contents: read', async ({ rest }, repository) => {
    const { data } = await rest.repos.getContent({ ...repository, path, ref: commit });
    return 'content' in data ? Buffer.from(data.content, 'base64').toString('utf8') : null;
  });
  return 'value' in answer ? answer.value : null;
}
