import { UserError } from '../model/errors.ts';
import type { FoundFile, Host } from '../model/host.ts';

/**
 * All bytes of a file that was found, in memory that the next call takes again.
 * @throws UserError `unreadable` where it is gone
 */
export function readWhole({ path, size }: FoundFile, folder: string, host: Host): Buffer {
  const bytes = host.readNow(`${folder}/${path}`, size);
  if (bytes !== null) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  throw new UserError('unreadable', `${path} cannot be read any more.`, {
    hint: 'Something changed the build output while it was measured; run again when it is done.',
  });
}
