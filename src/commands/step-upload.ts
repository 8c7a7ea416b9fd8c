import { terminalText } from '../format/terminal.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import type { SnapshotSet } from '../model/snapshot.ts';
import type { StepLog } from './step-log.ts';
import { wordsOf } from './step-words.ts';

/** True where a second workflow has to comment, and needs what this run has measured. */
export function isForDelivery({ event, pullRequest }: Run, isRefused: boolean): boolean {
  return event === 'pull_request' && pullRequest !== null && (pullRequest.isFork || isRefused);
}

/**
 * One artifact for each project: a job of a matrix has one, a job of all has several. Each says
 * what the job has left out as well.
 */
export async function uploadHeads(
  { snapshots, skipped }: SnapshotSet,
  run: Run,
  host: Host,
  log: StepLog,
): Promise<void> {
  for (const snapshot of snapshots) {
    // Without a checkout the files come from another job, which had the run's commit.
    const head = { ...snapshot, commit: snapshot.commit ?? run.sha };
    await uploadHead({ snapshots: [head], skipped }, head.project, host, log);
  }
}

/** Best effort, like the comment that it stands in for. */
async function uploadHead(
  { snapshots, skipped }: SnapshotSet,
  project: string,
  host: Host,
  log: StepLog,
): Promise<void> {
  try {
    // Loaded only here: no other run writes such an artifact.
    const { uploadSnapshot } = await import('../stores/artifact-file.ts');
    const { headArtifactName } = await import('../stores/artifact-name.ts');
    const { formatSnapshotSet } = await import('../core/snapshot-set.ts');
    const { MOST_SKIPPED } = await import('../core/untrusted-snapshot.ts');
    const name = headArtifactName(project);
    const set = { snapshots, skipped: skipped.slice(0, MOST_SKIPPED) };
    await uploadSnapshot(name, formatSnapshotSet(set), host);
    log.info(`This run's snapshot is the artifact ${terminalText(name)}.`);
  } catch (error) {
    log.warning(`The snapshot could not be uploaded: ${wordsOf(error)} The verdict stands.`);
  }
}
