import { parseUntrusted } from '../core/untrusted-snapshot.ts';
import { decodeText } from '../format/text.ts';
import { type Artifact, downloadArtifact } from '../github/artifacts.ts';
import type { Client } from '../github/client.ts';
import { artifactsOfRun } from '../github/run-artifacts.ts';
import { UserError } from '../model/errors.ts';
import type { Run, TriggeringRun } from '../model/run.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { LARGEST_ARCHIVE, unpack } from '../stores/artifact-file.ts';
import { headArtifactName, isHeadArtifact } from '../stores/artifact-name.ts';

/**
 * Projects of one run. Each takes a handful of requests, and the token has a thousand an hour for
 * the whole repository: a fork may not drain them.
 */
const MOST_HEADS = 20;

/** What a run has uploaded, read as the words of a stranger; and what of it was not believed. */
export interface UntrustedHeads {
  readonly snapshots: readonly Snapshot[];
  readonly faults: readonly string[];
}

/**
 * The snapshots that a run has measured and could not tell of by itself.
 * @param project the only one that is wanted, if the run has it; null for all
 * @throws UserError `store-unreachable` where GitHub cannot be asked
 */
export async function untrustedHeads(
  client: Client,
  run: Run,
  triggering: TriggeringRun,
  project: string | null,
): Promise<UntrustedHeads> {
  const wanted = project === null ? null : headArtifactName(project);
  const all = await artifactsOfRun(client, run, triggering.id);
  const heads = all.filter(({ name }) => isHeadArtifact(name));
  const named = heads.filter(({ name }) => name === wanted);
  // Otherwise the name is what several projects go by together.
  const own = named.length > 0 ? named : heads;
  const faults: string[] = [];
  if (own.length > MOST_HEADS) {
    faults.push(`The run has ${own.length} snapshots: only ${MOST_HEADS} of them are looked at.`);
  }
  const snapshots: Snapshot[] = [];
  for (const artifact of own.slice(0, MOST_HEADS)) {
    try {
      snapshots.push(await readHead(client, run, artifact));
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'store-unreachable') throw error;
      faults.push(error.message);
    }
  }
  return { snapshots, faults };
}

async function readHead(
  client: Client,
  { owner, repo }: Run,
  artifact: Artifact,
): Promise<Snapshot> {
  const where = `The artifact ${artifact.name}`;
  const archive = await downloadArtifact(client, { owner, repo }, artifact, LARGEST_ARCHIVE);
  const text = decodeText(await unpack(archive, where), where);
  const snapshot = parseUntrusted(text, where);
  if (headArtifactName(snapshot.project) === artifact.name) return snapshot;
  throw new UserError('other-project', `${where} holds the snapshot of another project.`);
}
