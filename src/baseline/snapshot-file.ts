import { parseSnapshotSet } from '../core/snapshot-set.ts';
import { decodeText } from '../format/text.ts';
import type { Baseline } from '../model/comparison.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot, SnapshotSet } from '../model/snapshot.ts';

/** A baseline that somebody named. */
export function byHand(snapshot: Snapshot, path: string): Baseline {
  const found = { provenance: 'file', how: null, distance: 0, isUntouched: false } as const;
  return { snapshot, ...found, store: path };
}

/**
 * Reads the one snapshot of a file that somebody named.
 * @throws UserError `several-snapshots`, and what `readSnapshotSet` throws
 */
export async function readSnapshot(path: string, cwd: string, host: Host): Promise<Snapshot> {
  const { snapshots } = await readSnapshotSet(path, cwd, host);
  const [only, ...others] = snapshots;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError('several-snapshots', `${path} has snapshots of several projects.`, {
    hint: 'Name a file of one.',
  });
}

/**
 * Reads a file of snapshots that somebody named. Damaged is never read as absent.
 * @throws UserError `snapshot-missing`, `snapshot-damaged`, `snapshot-newer`
 */
export async function readSnapshotSet(path: string, cwd: string, host: Host): Promise<SnapshotSet> {
  const bytes = await host.read(host.resolve(cwd, path));
  if (bytes === null) {
    throw new UserError('snapshot-missing', `${path} does not exist.`, {
      hint: 'Write it with `weighbridge measure --save FILE` where base is built.',
    });
  }
  return parseSnapshotSet(decodeText(bytes, path), path);
}
