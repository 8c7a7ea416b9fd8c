import { createHash } from 'node:crypto';
import { formatSnapshot } from '../core/snapshot-text.ts';
import { downloadArtifact } from '../github/artifacts.ts';
import { artifactsOfRun } from '../github/run-artifacts.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { LARGEST_ARCHIVE, unpack, uploadSnapshot } from '../stores/artifact-file.ts';
import { rebuiltArtifactName } from '../stores/artifact-name.ts';
import { readRecord } from '../stores/record.ts';
import type { Ladder } from './ladder.ts';

type Place = Pick<Ladder, 'base' | 'project' | 'scene' | 'config'>;

/**
 * What an earlier attempt of this very run has built of base. A pull request may bring its own build
 * command and its own workflow, and take them out again with the next push: what one of its runs has
 * built is believed by no other run, not even of the same branch. Only the jobs of a run can write
 * its artifacts, and all its attempts are of one commit, one command and one workflow.
 * @returns null where there is none, or none that can be had
 */
export async function fromOwnRun(place: Place): Promise<Snapshot | null> {
  const { base, project, scene } = place;
  const { run, connect } = scene;
  if (run === null || run.attempt < 2 || connect === null) return null;
  return orNull(async () => {
    const client = await connect();
    const name = nameOf(place);
    const all = await artifactsOfRun(client, run, run.id);
    const artifact = all.find((one) => one.name === name);
    if (artifact === undefined) return null;
    const { owner, repo } = run;
    const archive = await downloadArtifact(client, { owner, repo }, artifact, LARGEST_ARCHIVE);
    const bytes = await unpack(archive, name);
    return readRecord(bytes, { project, commit: base.commit }, name);
  });
}

/** For a later attempt of this run, should there be one. */
export async function keepForOwnRun(snapshot: Snapshot, place: Place): Promise<void> {
  await orNull(() => uploadSnapshot(nameOf(place), formatSnapshot(snapshot), place.scene.host));
}

/** It only saves time: where it fails, base is built as if it had never been. */
async function orNull<Value>(task: () => Promise<Value>): Promise<Value | null> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Of all that base's sizes depend on beside its commit: two steps of a run may differ in it. */
function nameOf({ project, base, config }: Place): string {
  const { baseline, budgets, track, encodings, levels, file } = config;
  const parts = JSON.stringify([file, baseline.build, budgets, track, encodings, levels]);
  const digest = createHash('sha256').update(parts).digest('hex').slice(0, 16);
  return rebuiltArtifactName(project, base.commit, digest);
}
