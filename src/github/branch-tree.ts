import type { Run } from '../model/run.ts';
import { unreachable } from './artifact-refusal.ts';
import type { Client } from './client.ts';

/** What is in a branch, at the commit that it was at when it was asked for. */
export interface BranchTree {
  readonly commit: string;
  /** By path from the root; links are none of it. */
  readonly kinds: ReadonlyMap<string, 'file' | 'folder'>;
  /** There is more: GitHub lists a hundred thousand entries at most. */
  readonly isCut: boolean;
}

/**
 * Lists a branch, in three requests whatever its size.
 * @param branch by its short name
 * @throws UserError `store-unreachable`
 */
export async function branchTree(
  { rest }: Client,
  { owner, repo }: Run,
  branch: string,
): Promise<BranchTree> {
  const repository = { owner, repo };
  try {
    const { data: ref } = await rest.git.getRef({ ...repository, ref: `heads/${branch}` });
    const commit = ref.object.sha;
    const { data: top } = await rest.git.getCommit({ ...repository, commit_sha: commit });
    const all = { ...repository, tree_sha: top.tree.sha, recursive: '1' };
    const { data } = await rest.git.getTree(all);
    const kinds = new Map<string, 'file' | 'folder'>();
    for (const { path, type, mode } of data.tree) {
      if (path !== undefined && mode !== LINK) kinds.set(path, type === 'tree' ? 'folder' : 'file');
    }
    return { commit, kinds, isCut: data.truncated };
  } catch (error) {
    throw unreachable(`The files of ${branch} cannot be listed`, 'contents: read', error);
  }
}

/** git's mode of a symbolic link, whose content is a path. */
const LINK = '120000';
