import { UserError } from '../model/errors.ts';
import type { FoundFile, Host } from '../model/host.ts';
import { sha256 } from './content-digest.ts';

const HINT = 'Something changed the build output while it was measured; run again when it is done.';

/**
 * All bytes of a file that was found, in memory that the next call takes again.
 * @throws UserError `unreadable` where it is gone
 */
export function readWhole({ path, size }: FoundFile, folder: string, host: Host): Buffer {
  const bytes = host.readNow(`${folder}/${path}`, size);
  if (bytes !== null) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw new UserError('unreadable', `${path} cannot be read any more.`, { hint: HINT });
}

/**
 * As `readWhole`, of a file that was read before.
 * @param digest the sha256 that it had then
 * @throws UserError `unreadable` where it is gone, or has other bytes
 */
export function readAgain(file: FoundFile, digest: string, folder: string, host: Host): Buffer {
  const data = readWhole(file, folder, host);
  if (sha256(data) === digest) return data;
  throw new UserError('unreadable', `${file.path} has changed since it was read.`, { hint: HINT });
}
