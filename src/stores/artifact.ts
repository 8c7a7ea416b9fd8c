import { formatSnapshot } from '../core/snapshot-text.ts';
import { artifactsNamed, MOST_ARTIFACTS, newestArtifacts } from '../github/artifact-listing.ts';
import { expired } from '../github/artifact-refusal.ts';
import { firstAccepted, type Origin } from '../github/artifact-run.ts';
import { type Artifact, downloadArtifact, type RepositoryName } from '../github/artifacts.ts';
import type { Client } from '../github/client.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { LARGEST_ARCHIVE, unpack, uploadSnapshot } from './artifact-file.ts';
import { artifactName } from './artifact-name.ts';
import { readRecord } from './record.ts';
import type { Keepable, Store, StoreContext } from './store.ts';

/**
 * Records as artifacts of the runs of the base branch. A record is found by its name in one
 * look-up, and served only when its run is one that the base branch's owners started.
 */
export function artifactStore(context: StoreContext): Store {
  return {
    name: 'artifact',
    load: (project, commit) => load(context, project, commit),
    commits: (project) => commits(context, project),
    save: (snapshot) => uploadSnapshot(nameOf(snapshot), formatSnapshot(snapshot), context.host),
  };
}

function nameOf({ project, commit }: Keepable): string {
  return artifactName(project, commit);
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
  for await (const page of artifactsNamed(client, repository, name)) {
    const live = page.filter(({ isExpired }) => !isExpired);
    const accepted = await firstAccepted(client, repository, live, origin);
    if (accepted !== null) return accepted;
    gone.push(...page.filter(({ isExpired }) => isExpired));
  }
  if ((await firstAccepted(client, repository, gone, origin)) !== null) throw expired(name);
  return null;
}

/**
 * By the listing alone, which leaves forks out: their runs are not looked up, since a commit that
 * is named here is only worth a `load`.
 */
async function commits(context: StoreContext, project: string): Promise<readonly string[]> {
  const { client, repository } = await connected(context);
  const prefix = artifactName(project, '');
  const { artifacts, isCut } = await newestArtifacts(client, repository);
  const all = artifacts.filter((artifact) => commitOf(artifact, prefix) !== null);
  const live = all.filter(({ isExpired }) => !isExpired);
  const [gone] = all;
  // What has been there and is gone is not the beginning of a project.
  if (live.length === 0 && gone !== undefined) throw expired(gone.name);
  if (live.length === 0 && isCut) throw outOfSight(repository, project, context.branch);
  return [...new Set(live.flatMap((artifact) => commitOf(artifact, prefix) ?? []))];
}

/** Others' artifacts may hide ours: what was not looked at is not known to be absent. */
function outOfSight(
  { owner, repo }: RepositoryName,
  project: string,
  branch: string | null,
): UserError {
  const message = `${owner}/${repo} has more than ${MOST_ARTIFACTS} artifacts, and none of the newest is a record of ${project}.`;
  return new UserError('records-out-of-sight', message, {
    hint: `Let the workflow run on every push to ${branch ?? 'the base branch'}.`,
  });
}

function commitOf({ name, run }: Artifact, prefix: string): string | null {
  if (!run?.isOwn || !name.startsWith(prefix)) return null;
  const commit = name.slice(prefix.length);
  return COMMIT.test(commit) && run.headSha === commit ? commit : null;
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
