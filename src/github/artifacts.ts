import { createHash } from 'node:crypto';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { expired, unreachable } from './artifact-refusal.ts';
import type { Client } from './client.ts';

export type RepositoryName = Pick<Run, 'owner' | 'repo'>;

/** An artifact as the listing tells it. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Of its archive, in bytes. */
  readonly size: number;
  /** `sha256:...` of its archive; null for those from before GitHub kept one. */
  readonly digest: string | null;
  readonly isExpired: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The run that wrote it; null when that is gone. */
  readonly run: WritingRun | null;
}

interface WritingRun {
  readonly id: number;
  readonly headSha: string;
  /** Of the repository itself, not of a fork of it. */
  readonly isOwn: boolean;
}

type Listed = Awaited<
  ReturnType<Client['rest']['actions']['listArtifactsForRepo']>
>['data']['artifacts'][number];

/** An artifact as both listings tell it. */
export function artifactOf(listed: Listed): Artifact {
  const { id, name, size_in_bytes: size, digest, expired: isExpired, created_at } = listed;
  const run = runOf(listed.workflow_run);
  return { id, name, size, digest: digest ?? null, isExpired, createdAt: created_at ?? '', run };
}

function runOf(run: Listed['workflow_run']): WritingRun | null {
  if (run?.id === undefined || run.head_sha === undefined) return null;
  const isOwn = run.repository_id !== undefined && run.head_repository_id === run.repository_id;
  return { id: run.id, headSha: run.head_sha, isOwn };
}

/** Of two artifacts of one name the newer one counts. */
export function newestFirst(left: Artifact, right: Artifact): number {
  return right.createdAt.localeCompare(left.createdAt) || right.id - left.id;
}

/**
 * The archive of an artifact, whole and as it was uploaded.
 * @param limit bytes that it may have
 * @throws UserError `record-expired`, `snapshot-damaged`, `store-unreachable`
 */
export async function downloadArtifact(
  client: Client,
  repository: RepositoryName,
  artifact: Artifact,
  limit: number,
): Promise<Uint8Array> {
  if (artifact.size > limit) throw damaged(artifact, `its archive is over ${limit} bytes`);
  const bytes = await bytesOf(client, repository, artifact, limit)
    .catch(async (error) => {
      if (!(error instanceof CutShort)) throw error;
      // The client tries requests again, but not once an answer has begun. Once is enough here.
      return bytesOf(client, repository, artifact, limit);
    })
    .catch((error) => {
      throw asUserError(artifact, error);
    });
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (artifact.digest === null || artifact.digest === digest) return bytes;
  throw damaged(artifact, 'what was downloaded is not what was uploaded');
}

class CutShort extends Error {}

/** GitHub answers with a redirect to a storage of another origin, where fetch drops the token. */
async function bytesOf(
  client: Client,
  repository: RepositoryName,
  artifact: Artifact,
  limit: number,
): Promise<Uint8Array> {
  const { data } = await client.rest.actions.downloadArtifact({
    ...repository,
    artifact_id: artifact.id,
    archive_format: 'zip',
    // As a stream: the whole would be in memory before its size is known, and a cut one as empty.
    request: { parseSuccessResponseBody: false },
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(data as ReadableStream<Uint8Array> | null)) {
    size += chunk.length;
    if (size > limit) throw damaged(artifact, `its archive is over ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  try {
    yield* body;
  } catch (cause) {
    throw new CutShort('the connection ended too early', { cause });
  }
}

function asUserError(artifact: Artifact, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { status } = error as { status?: number };
  if (status === 410) return expired(artifact.name, error);
  return unreachable(`The artifact ${artifact.name} cannot be downloaded`, 'actions: read', error);
}

function damaged({ name }: Artifact, what: string): UserError {
  return new UserError('snapshot-damaged', `The artifact ${name} cannot be used: ${what}.`, {
    hint: 'The next record of the same commit takes its place: let the run that wrote it run once more.',
  });
}
