/** The pull request of an event. */
export interface PullRequest {
  readonly number: number;
  /** The commit that was pushed to the pull request, never GitHub's test merge. */
  readonly head: string;
  readonly baseBranch: string;
  /** From another repository, or from one that is gone. */
  readonly isFork: boolean;
}

/** One run of a workflow. */
export interface Run {
  readonly event: string;
  readonly owner: string;
  readonly repo: string;
  readonly id: number;
  readonly number: number;
  readonly attempt: number;
  /** The page of the run. */
  readonly url: string;
  readonly pullRequest: PullRequest | null;
  /** A push to the default branch. */
  readonly isPushToBase: boolean;
}
