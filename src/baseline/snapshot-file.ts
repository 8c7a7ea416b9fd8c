import { parseSnapshot } from '../core/snapshot-text.ts';
import { decodeText } from '../format/text.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';

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
