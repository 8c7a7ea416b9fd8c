/** What tests and the emulator's process say to each other. Plain data, sent as JSON. */

export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
  readonly id: number;
}

export interface RepositorySeed extends RepositoryName {
  readonly private: boolean;
  readonly defaultBranch: string;
}

export interface PullSeed {
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  /** Short names of branches. */
  readonly headRef: string;
  readonly baseRef: string;
  /** The fork it comes from; `null`: that fork is deleted; not given: a branch of the repository itself. */
  readonly fork?: RepositoryName | null;
  readonly state: 'open' | 'closed';
  readonly author: string;
  readonly labels: readonly string[];
  readonly mergeSha: string | null;
  /** Not given: it is not merged. */
  readonly mergedAt?: string;
}

export interface CommentSeed {
  readonly author: string;
  readonly body: string;
}

export interface RunSeed {
  readonly id: number;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** Not given: the repository itself. */
  readonly headRepository?: RepositoryName;
  readonly status: string;
  readonly conclusion: string | null;
  readonly runNumber: number;
  readonly runAttempt: number;
  readonly createdAt: string;
}

export interface ArtifactSeed {
  readonly id: number;
  readonly name: string;
  readonly runId: number;
  /** The archive as GitHub stores it, in base64. */
  readonly zip: string;
  /** `sha256:...`, `null` as for artifacts from before digests; not given: the archive's true one. */
  readonly digest?: string | null;
  readonly expired: boolean;
  readonly createdAt: string;
}

/** What happened to a pull request. */
export interface IssueEventSeed {
  readonly number: number;
  /** In GitHub's own words: `labeled`, `unlabeled`, `head_ref_force_pushed`. */
  readonly event: string;
  readonly actor: string;
  readonly createdAt: string;
  readonly label?: string;
}

/** What GitHub's log of a branch says of a push, whenever the commits claim to be made. */
export interface PushSeed {
  /** Not given: the repository itself. */
  readonly repository?: RepositoryName;
  /** A short name. */
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly at: string;
  readonly type?: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion';
}

/** A file that a pull request changes. */
export interface PullFileSeed {
  readonly filename: string;
  readonly status: 'added' | 'modified' | 'removed';
  /** Not given: it is binary, or too large to be shown. */
  readonly patch?: string;
}

/** Permissions of a token, in GitHub's own words. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** What goes wrong. Each is worded as GitHub words it. */
export type FaultKind =
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'unprocessable'; readonly message?: string }
  | { readonly kind: 'too-many-requests'; readonly retryAfter?: number }
  | { readonly kind: 'secondary-rate-limit'; readonly retryAfter?: number }
  | { readonly kind: 'primary-rate-limit'; readonly resetInSeconds?: number }
  | { readonly kind: 'server-error'; readonly status: 500 | 502 | 503 | 504 }
  /** The connection ends without an answer; with `late` only after GitHub has done what was asked. */
  | { readonly kind: 'cut'; readonly late?: boolean }
  | { readonly kind: 'delay'; readonly ms: number };

/** Which requests it hits, and how many of them. */
export interface FaultTarget {
  readonly method?: string;
  /** Source of a regular expression, tried on the path with its query. */
  readonly path?: string;
  /** How many matching requests are let through first; default 0. */
  readonly skip?: number;
  /** How many are hit after those; default 1. */
  readonly times?: number;
}

export type Fault = FaultKind & FaultTarget;

export interface RecordedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: unknown;
  /** `null` when the connection was cut. */
  readonly status: number | null;
  readonly servedBy: 'emulator' | 'ours' | 'fault';
  /** In GitHub's description, such as `issues/create-comment`; `null` for an unknown path. */
  readonly operation: string | null;
}

/** Where a request, or a response, breaks GitHub's description. */
export interface Breach {
  readonly method: string;
  readonly path: string;
  readonly operation: string | null;
  readonly message: string;
  readonly servedBy?: 'emulator' | 'ours' | 'fault';
}

export interface CommentState {
  readonly id: number;
  readonly body: string;
  readonly author: string;
  readonly type: 'User' | 'Bot';
}

export interface CheckRunState {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly text: string | null;
  readonly annotations: readonly unknown[];
}

/** The commands of the control port, each with what it takes and gives. */
export interface Control {
  reset(repository: RepositorySeed): void;
  addPull(pull: PullSeed): void;
  updatePull(change: { number: number } & Partial<PullSeed>): void;
  addComments(to: { number: number; comments: readonly CommentSeed[] }): readonly number[];
  addRun(run: RunSeed): void;
  addArtifact(artifact: ArtifactSeed): void;
  addIssueEvents(events: readonly IssueEventSeed[]): void;
  addPushes(pushes: readonly PushSeed[]): void;
  setPullFiles(of: { number: number; files: readonly PullFileSeed[] }): void;
  /** Says which pull requests a commit belongs to. */
  addCommitPulls(of: { sha: string; numbers: readonly number[] }): void;
  /** Copies all commits, trees, blobs, branches and tags of a local repository, with their true ids. */
  push(from: { directory: string; fork?: RepositoryName }): void;
  mintToken(permissions: Permissions): string;
  mintUserToken(login: string): string;
  /** What a job of a run gets to write artifacts with. */
  startJob(run: number): { readonly resultsUrl: string; readonly token: string };
  addFault(fault: Fault): void;
  clearFaults(): void;
  forgetRecords(): void;
  requests(): readonly RecordedRequest[];
  violations(): readonly Breach[];
  warnings(): readonly Breach[];
  comments(number: number): readonly CommentState[];
  checkRuns(): readonly CheckRunState[];
}
