/** A repository on GitHub. The id stays when it is renamed or handed over. */
export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** What the payload of an event of a pull request says beside the pull request. */
export interface PullRequestEvent {
  readonly action: string;
  /** The label that `labeled` is about. */
  readonly label: string | null;
  /** When GitHub wrote it, ISO 8601: its head was the one judged then. */
  readonly updatedAt: string;
}

/** The pull request of an event. */
export interface PullRequest {
  readonly number: number;
  /** The commit that was pushed to the pull request, never GitHub's test merge. */
  readonly head: string;
  /** By its short name; anybody's text when it comes from a fork. */
  readonly headBranch: string;
  /** Null when it is gone: GitHub forgets a deleted fork and keeps the pull request. */
  readonly headRepository: Repository | null;
  /** A tip that the base branch had once; it may have moved on since. */
  readonly base: string;
  readonly baseBranch: string;
  /** The test merge, or what merged it; null while GitHub has none. */
  readonly mergeCommit: string | null;
  /** From another repository, or from one that is gone. */
  readonly isFork: boolean;
  /** Null where the run's own event is of another kind. */
  readonly event: PullRequestEvent | null;
}

/** What a push did to a branch or tag. */
export interface Push {
  /** Null for one that is new. */
  readonly before: string | null;
  /** Null for one that is deleted. */
  readonly after: string | null;
  /** By its short name; null for a tag. */
  readonly branch: string | null;
  /** Commits that were there before are gone. */
  readonly isForced: boolean;
}

/** An entry of a merge queue. */
export interface MergeGroup {
  readonly base: string;
  readonly head: string;
  readonly baseBranch: string;
}

/** The run whose end has started this one, on `workflow_run`. Its texts may be anybody's. */
export interface TriggeringRun {
  readonly id: number;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly headRepository: Repository | null;
  /** Null while it runs. */
  readonly conclusion: string | null;
  readonly attempt: number;
  readonly number: number;
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
  /** The commit that actions/checkout takes by itself: for a pull request its test merge. */
  readonly sha: string;
  /** In full; empty where GitHub knows a commit only. */
  readonly ref: string;
  /** Null where the event does not tell. */
  readonly defaultBranch: string | null;
  readonly pullRequest: PullRequest | null;
  readonly push: Push | null;
  readonly mergeGroup: MergeGroup | null;
  readonly triggering: TriggeringRun | null;
}

/**
 * Whether a run was started by a push to the base branch.
 * @param branch by its short name; null: the default branch
 */
export function isPushTo(
  { push, defaultBranch }: Pick<Run, 'push' | 'defaultBranch'>,
  branch: string | null,
): boolean {
  const base = branch ?? defaultBranch;
  return base !== null && push !== null && push.after !== null && push.branch === base;
}
