import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { emulatorModule, node24Path } from '../node24.ts';
import { REPOSITORY, SHA } from './defaults.ts';
import type {
  ArtifactSeed,
  Breach,
  CheckRunState,
  CommentSeed,
  CommentState,
  Control,
  Fault,
  FaultKind,
  FaultTarget,
  IssueEventSeed,
  Permissions,
  PullFileSeed,
  PullSeed,
  PushSeed,
  RecordedRequest,
  RepositoryName,
  RepositorySeed,
  RunSeed,
} from './protocol.ts';
import { zip } from './zip.ts';

const SERVER = fileURLToPath(new URL('./server.mjs', import.meta.url));

/** An artifact by the files in it, or by the bytes of its archive, however damaged. */
export type NewArtifact = { readonly name: string; readonly runId: number } & Partial<
  Omit<ArtifactSeed, 'name' | 'runId' | 'zip'>
> &
  ({ readonly files: Readonly<Record<string, string>> } | { readonly zip: Uint8Array });

export type NewFault = FaultKind & Omit<FaultTarget, 'path'> & { readonly path?: RegExp };

/** A GitHub of one's own: an emulator behind a proxy that knows GitHub's description of its API. */
export interface Github {
  readonly apiUrl: string;
  /** Forgets everything, tokens too, and starts with one empty repository. Done once at the start. */
  reset(repository?: Partial<RepositorySeed>): Promise<void>;
  addPull(pull?: Partial<PullSeed>): Promise<PullSeed>;
  updatePull(number: number, change: Partial<PullSeed>): Promise<void>;
  /** Adds comments, oldest first, and gives their ids. */
  addComments(number: number, comments: readonly CommentSeed[]): Promise<readonly number[]>;
  addRun(run?: Partial<RunSeed>): Promise<RunSeed>;
  addArtifact(artifact: NewArtifact): Promise<ArtifactSeed>;
  /** Adds to the history of pull requests, oldest first. */
  addIssueEvents(...events: readonly IssueEventSeed[]): Promise<void>;
  /** Adds to GitHub's log of pushes, in any order. */
  addPushes(...pushes: readonly PushSeed[]): Promise<void>;
  /** Says which files a pull request changes; without it, none. */
  setPullFiles(number: number, files: readonly PullFileSeed[]): Promise<void>;
  /** Says which pull requests a commit belongs to. */
  addCommitPulls(sha: string, ...numbers: readonly number[]): Promise<void>;
  /** Copies a local git repository with its true object ids; with `fork`, its branches go there. */
  push(directory: string, fork?: RepositoryName): Promise<void>;
  /** A token like GITHUB_TOKEN, writing as `github-actions[bot]`. */
  mintToken(permissions?: Permissions): Promise<string>;
  /** A person's token. */
  mintUserToken(login: string): Promise<string>;
  /**
   * Variables that a runner sets for the JavaScript actions of a run, so that they can write
   * artifacts. The run should be one that was added.
   */
  runtime(runId: number): Promise<Readonly<Record<string, string>>>;
  /** Lets the next matching requests fail; the earliest fault that matches counts. */
  fault(fault: NewFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Forgets requests, violations and warnings, and nothing else. */
  forgetRecords(): Promise<void>;
  requests(): Promise<readonly RecordedRequest[]>;
  /** Requests that break GitHub's description: a fault of the code under test. */
  violations(): Promise<readonly Breach[]>;
  /** Responses that break it: a weakness of the emulator, or of ours. */
  warnings(): Promise<readonly Breach[]>;
  comments(number: number): Promise<readonly CommentState[]>;
  checkRuns(): Promise<readonly CheckRunState[]>;
  close(): Promise<void>;
}

/** What GITHUB_TOKEN may do in the workflow that our README recommends. */
export const WRITE: Permissions = { contents: 'read', actions: 'read', pull_requests: 'write' };
/** What it may do when a fork's pull request started the run. */
export const READ: Permissions = { contents: 'read', actions: 'read', pull_requests: 'read' };

/** Starts GitHub in a process of its own, in about half a second. */
export async function startGithub(): Promise<Github> {
  const child = spawn(node24Path(), [SERVER, emulatorModule()], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { apiUrl, controlUrl } = await ready(child);
  const control = controlOf(controlUrl);
  const github = facade(apiUrl, control, () => stop(child));
  await github.reset();
  return github;
}

async function ready(child: ChildProcess): Promise<{ apiUrl: string; controlUrl: string }> {
  if (child.stdout === null) throw new Error('the process that plays GitHub has no stdout');
  const line = once(createInterface(child.stdout), 'line');
  const end = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that plays GitHub ended at once, with code ${code}`);
  });
  const [text] = await Promise.race([line, end]);
  end.catch(() => {});
  return JSON.parse(text);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

type Remote = {
  [Name in keyof Control]: (
    ...given: Parameters<Control[Name]>
  ) => Promise<ReturnType<Control[Name]>>;
};

function controlOf(url: string): Remote {
  const call = async (name: string, given: unknown) => {
    const body = given === undefined ? null : JSON.stringify(given);
    const response = await fetch(`${url}/${name}`, { method: 'POST', body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name}: ${text}`);
    return JSON.parse(text);
  };
  return new Proxy({} as Remote, {
    get: (_, name) => (given: unknown) => call(String(name), given),
  });
}

function facade(apiUrl: string, control: Remote, close: () => Promise<void>): Github {
  let lastId = 1000;
  const nextId = () => ++lastId;
  return {
    apiUrl,
    reset: (repository) => control.reset({ ...REPOSITORY, ...repository }),
    addPull: (pull) => kept({ ...PULL, ...pull }, control.addPull),
    updatePull: (number, change) => control.updatePull({ ...change, number }),
    addComments: (number, comments) => control.addComments({ number, comments }),
    addRun: (run) => kept({ ...RUN, id: nextId(), ...run }, control.addRun),
    addArtifact: (artifact) => kept(archived(artifact, nextId()), control.addArtifact),
    addIssueEvents: (...events) => control.addIssueEvents(events),
    addPushes: (...pushes) => control.addPushes(pushes),
    setPullFiles: (number, files) => control.setPullFiles({ number, files }),
    addCommitPulls: (sha, ...numbers) => control.addCommitPulls({ sha, numbers }),
    push: (directory, fork) =>
      control.push(fork === undefined ? { directory } : { directory, fork }),
    mintToken: (permissions = WRITE) => control.mintToken(permissions),
    mintUserToken: (login) => control.mintUserToken(login),
    runtime: async (runId) => {
      const { resultsUrl, token } = await control.startJob(runId);
      return { ACTIONS_RESULTS_URL: `${resultsUrl}/`, ACTIONS_RUNTIME_TOKEN: token };
    },
    fault: (fault) => control.addFault(withSource(fault)),
    clearFaults: () => control.clearFaults(),
    forgetRecords: () => control.forgetRecords(),
    requests: () => control.requests(),
    violations: () => control.violations(),
    warnings: () => control.warnings(),
    comments: (number) => control.comments(number),
    checkRuns: () => control.checkRuns(),
    close,
  };
}

async function kept<T>(seed: T, send: (seed: T) => Promise<void>): Promise<T> {
  await send(seed);
  return seed;
}

function archived(artifact: NewArtifact, id: number): ArtifactSeed {
  const bytes = 'zip' in artifact ? artifact.zip : zip(artifact.files);
  const { name, runId, digest, expired = false, createdAt = '2025-01-01T00:00:00Z' } = artifact;
  const seed = {
    id: artifact.id ?? id,
    name,
    runId,
    expired,
    createdAt,
    zip: Buffer.from(bytes).toString('base64'),
  };
  return digest === undefined ? seed : { ...seed, digest };
}

function withSource({ path, ...rest }: NewFault): Fault {
  return path === undefined ? rest : { ...rest, path: path.source };
}

const PULL: PullSeed = {
  number: 7,
  headSha: SHA.head,
  baseSha: SHA.base,
  headRef: 'feature',
  baseRef: 'main',
  state: 'open',
  author: 'octocat',
  labels: [],
  mergeSha: SHA.merge,
};

const RUN: Omit<RunSeed, 'id'> = {
  event: 'push',
  headSha: SHA.base,
  headBranch: 'main',
  status: 'completed',
  conclusion: 'success',
  runNumber: 1,
  runAttempt: 1,
  createdAt: '2025-01-01T00:00:00Z',
};
