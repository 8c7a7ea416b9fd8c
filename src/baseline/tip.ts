/** The end of a line of history, by the names that it goes by. */
export interface Tip {
  /** For git. */
  readonly here: string;
  /** For GitHub's API. */
  readonly there: string;
  /** What to fetch from the remote. */
  readonly refspec: string;
}

/** A branch as the remote has it: a local branch of that name may be anywhere. */
export function branchTip(branch: string): Tip {
  const here = `refs/remotes/origin/${branch}`;
  return { here, there: branch, refspec: `+refs/heads/${branch}:${here}` };
}

export function commitTip(commit: string): Tip {
  return { here: commit, there: commit, refspec: commit };
}
