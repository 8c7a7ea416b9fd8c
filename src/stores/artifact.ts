import { formatSnapshot } from '../core/snapshot-text.ts';
import { readOnlyEntry } from '../github/archive.ts';
import { expired } from '../github/artifact-refusal.ts';
import { firstAccepted, type Origin } from '../github/artifact-run.ts';
import {
  type Artifact,
  downloadArtifact,
  listArtifacts,
  type RepositoryName,
} from '../github/artifacts.ts';
import type { Client } from '../github/client.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { artifactName } from './artifact-name.ts';
import { readRecord } from './record.ts';
import type { Keepable, Store, StoreContext } from './store.ts';

/** Bytes of a record: room for some 25,000 assets, and nothing to a runner's memory. */
const LARGEST_RECORD = 8_000_000;
/** Even a record that does not compress fits in with the zip's own headers: what was saved loads. */
const LARGEST_ARCHIVE = LARGEST_RECORD + 64_000;

/** The only file in an artifact. */
const FILE = 'snapshot.json';

/**
 * Records as artifacts of the runs of the base branch. A record is found by its name in one
 * look-up, and served only when its run is one that the base branch's owners started.
 */
export function artifactStore(context: StoreContext): Store {
  return {
    name: 'artifact',
    load: (project, commit) => load(context, project, commit),
    commits: (project) => commits(context, project),
    save: (snapshot) => save(context, snapshot),
  };
}

async function load(
  context: StoreContext,
  project: string,
  commit: string,
): Promise<Snapshot | null> {
  if (!COMMIT.test(commit)) return null;
  const github = await connected(context);
  const name = artifactName(project, commit);
  const artifact = await find(github, name, { branch: branchOf(context), commit });
  if (artifact === null) return null;
  const { client, repository } = github;
  const archive = await downloadArtifact(client, repository, artifact, LARGEST_ARCHIVE);
  const where = `The artifact ${name}`;
  return readRecord(await unpack(archive, where), { project, commit }, where);
}

interface Github {
  readonly client: Client;
  readonly repository: RepositoryName;
}

/** The newest record that may be believed. One that has expired counts where there is no other. */
async function find(github: Github, name: string, origin: Origin): Promise<Artifact | null> {
  const { client, repository } = github;
  const gone: Artifact[] = [];
  for await (const page of listArtifacts(client, repository, name)) {
    const live = page.filter(({ isExpired }) => !isExpired);
    const accepted = await firstAccepted(client, repository, live, origin);
    if (accepted !== null) return accepted;
    gone.push(...page.filter(({ isExpired }) => isExpired));
  }
  if ((await firstAccepted(client, repository, gone, origin)) !== null) throw expired(name);
  return null;
}

async function unpack(archive: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    return await readOnlyEntry(archive, FILE, LARGEST_RECORD);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { hint, message } = error;
    throw new UserError('snapshot-damaged', `${where}: ${message}`, { hint, cause: error });
  }
}

/**
 * By the listing alone, which leaves forks out: their runs are not looked up, since a commit that
 * is named here is only worth a `load`.
 */
async function commits(context: StoreContext, project: string): Promise<readonly string[]> {
  const { client, repository } = await connected(context);
  const prefix = artifactName(project, '');
  const found = new Set<string>();
  for await (const page of listArtifacts(client, repository, null)) {
    for (const artifact of page) {
      const commit = commitOf(artifact, prefix);
      if (commit !== null) found.add(commit);
    }
  }
  return [...found];
}

function commitOf({ name, run, isExpired }: Artifact, prefix: string): string | null {
  if (isExpired || !run?.isOwn || !name.startsWith(prefix)) return null;
  const commit = name.slice(prefix.length);
  return COMMIT.test(commit) && run.headSha === commit ? commit : null;
}

async function save({ host }: StoreContext, snapshot: Keepable): Promise<void> {
  const bytes = new TextEncoder().encode(formatSnapshot(snapshot));
  if (bytes.length > LARGEST_RECORD) throw tooLarge(bytes.length);
  checkRunner(host);
  // Loaded only here: the client that writes is three times the size of all that reads.
  const { uploadArtifact } = await import('../github/artifact-upload.ts');
  const folder = await host.temporaryFolder();
  try {
    const file = host.resolve(folder, FILE);
    await host.write(file, bytes);
    await uploadArtifact(artifactName(snapshot.project, snapshot.commit), file, folder);
  } finally {
    await host.remove(folder);
  }
}

const COMMIT = /^[0-9a-f]{40,64}$/;

async function connected({ connect, run }: StoreContext): Promise<Github> {
  if (run === null) {
    throw new UserError(
      'store-unreachable',
      'Artifacts belong to runs of workflows: this is none.',
      {
        hint: 'On other machines use the store `file` or `git`.',
      },
    );
  }
  if (connect === null) {
    throw new UserError('store-unreachable', 'Artifacts cannot be read without a token.', {
      hint: 'Give the Action the input `token`; its default is the token of the run.',
    });
  }
  return { client: await connect(), repository: { owner: run.owner, repo: run.repo } };
}

function branchOf({ branch }: StoreContext): string {
  if (branch !== null) return branch;
  const message = 'It is not known which branch is base, whose runs alone may write records.';
  throw new UserError('store-unreachable', message, {
    hint: 'Name it in the budgets file: `"baseline": { "branch": "main" }`.',
  });
}

/** Set for the steps of JavaScript actions, and nowhere else. */
const RUNNER = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'];

function checkRunner({ environment }: Host): void {
  const missing = RUNNER.filter((name) => !environment[name]);
  if (missing.length === 0) return;
  const what = `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set`;
  throw new UserError('store-unreachable', `No artifact can be written here: ${what}.`, {
    hint: 'Only the Action can write artifacts, no `run:` step, and not on GitHub Enterprise Server: use the store `git` or `file` there.',
  });
}

function tooLarge(size: number): UserError {
  const message = `The record is too large to be kept: ${size} bytes, where ${LARGEST_RECORD} is the most.`;
  return new UserError('record-too-large', message, {
    hint: 'Leave files that no budget covers out of `track`.',
  });
}
