import { parseSnapshot } from '../core/snapshot-text.ts';
import { decodeText } from '../format/text.ts';
import type { Baseline } from '../model/comparison.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** A baseline that somebody named. */
export function byHand(snapshot: Snapshot, path: string): Baseline {
  const found = { provenance: 'file', how: null, distance: 0, isUntouched: false } as const;
  return { snapshot, ...found, store: path };
}

/**
 * Reads a snapshot that somebody named. Damaged is never read as absent.
 * @throws UserError `snapshot-missing`, `snapshot-damaged`, `snapshot-newer`
 */
export async function readSnapshot(path: string, cwd: string, host: Host): Promise<Snapshot> {
  const bytes = await host.read(host.resolve(cwd, path));
  if (bytes === null) {
    throw new UserError('snapshot-missing', `${path} does not exist.`, {
      hint: 'Write it with `weighbridge measure --save FILE` where base is built.',
    });
  }
  return parseSnapshot(decodeText(bytes, path), path);
}
