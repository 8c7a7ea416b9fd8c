import { splitSnapshotText } from '../core/snapshot-set.ts';
import { checkUntrustedSkipped, MOST_SKIPPED, parseUntrusted } from '../core/untrusted-snapshot.ts';
import { decodeText } from '../format/text.ts';
import { type Artifact, downloadArtifact } from '../github/artifacts.ts';
import type { Client } from '../github/client.ts';
import { artifactsOfRun } from '../github/run-artifacts.ts';
import { UserError } from '../model/errors.ts';
import type { Run, TriggeringRun } from '../model/run.ts';
import type { SkippedProject, Snapshot, SnapshotSet } from '../model/snapshot.ts';
import { LARGEST_ARCHIVE, unpack } from '../stores/artifact-file.ts';
import { headArtifactName, isHeadArtifact } from '../stores/artifact-name.ts';

/** Projects of one run: each takes a handful of requests. */
const MOST_HEADS = 20;

/** What a run has uploaded, read as the words of a stranger; and what of it was not believed. */
export interface UntrustedHeads {
  readonly snapshots: readonly Snapshot[];
  /** Projects that the run says it has left out, as far as no snapshot is of them. */
  readonly skipped: readonly SkippedProject[];
  readonly faults: readonly string[];
  /** Projects that the run has spoken of, whether or not it was believed. */
  readonly count: number;
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
  const sets: SnapshotSet[] = [];
  for (const artifact of own.slice(0, MOST_HEADS)) {
    try {
      sets.push(await readHead(client, run, artifact));
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'store-unreachable') throw error;
      faults.push(error.message);
    }
  }
  const snapshots = sets.flatMap((set) => set.snapshots);
  const skipped = leftOut(sets, snapshots);
  return { snapshots, skipped, faults, count: own.length + skipped.length };
}

/** A project that one of the jobs has measured is not left out, whatever another says. */
function leftOut(sets: readonly SnapshotSet[], snapshots: readonly Snapshot[]): SkippedProject[] {
  const measured = new Set(snapshots.map(({ project }) => project));
  const all = sets.flatMap(({ skipped }) => skipped);
  const others = all.filter(({ project }) => !measured.has(project));
  const byProject = new Map(others.map((one) => [one.project, one]));
  return [...byProject.values()].slice(0, MOST_SKIPPED);
}

/** One snapshot an artifact, under the name that is its project's. */
async function readHead(
  client: Client,
  { owner, repo }: Run,
  artifact: Artifact,
): Promise<SnapshotSet> {
  const where = `The artifact ${artifact.name}`;
  const archive = await downloadArtifact(client, { owner, repo }, artifact, LARGEST_ARCHIVE);
  const { texts, skipped } = splitSnapshotText(
    decodeText(await unpack(archive, where), where),
    where,
  );
  checkUntrustedSkipped(skipped, where);
  const [text, ...others] = texts;
  if (text === undefined || others.length > 0) {
    throw new UserError('several-snapshots', `${where} holds snapshots of several projects.`);
  }
  const snapshot = parseUntrusted(text, where);
  if (headArtifactName(snapshot.project) === artifact.name) {
    return { snapshots: [snapshot], skipped };
  }
  throw new UserError('other-project', `${where} holds the snapshot of another project.`);
}
