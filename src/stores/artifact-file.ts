import { readOnlyEntry } from '../github/archive.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

/** Bytes of a record: room for some 25,000 assets, and nothing to a runner's memory. */
const LARGEST_RECORD = 8_000_000;
/** Even a record that does not compress fits in with the zip's own headers: what was saved loads. */
export const LARGEST_ARCHIVE = LARGEST_RECORD + 64_000;

/** The only file in an artifact. */
const FILE = 'snapshot.json';

/**
 * The snapshot's bytes in an archive that anyone may have written.
 * @throws UserError `snapshot-damaged`
 */
export async function unpack(archive: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    return await readOnlyEntry(archive, FILE, LARGEST_RECORD);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { hint, message } = error;
    throw new UserError('snapshot-damaged', `${where}: ${message}`, { hint, cause: error });
  }
}

/**
 * Uploads the text of a snapshot as an artifact of this run, in place of one of the same name.
 * @throws UserError `store-unreachable`, `record-too-large`
 */
export async function uploadSnapshot(name: string, text: string, host: Host): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > LARGEST_RECORD) throw tooLarge(bytes.length);
  checkRunner(host);
  // Loaded only here: the client that writes is three times the size of all that reads.
  const { uploadArtifact } = await import('../github/artifact-upload.ts');
  const folder = await host.temporaryFolder();
  try {
    const file = host.resolve(folder, FILE);
    await host.write(file, bytes);
    await uploadArtifact(name, file, folder);
  } finally {
    await host.remove(folder);
  }
}

/** Set for the steps of JavaScript actions, and nowhere else. */
const RUNNER = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'];

function checkRunner({ environment }: Host): void {
  const missing = RUNNER.filter((name) => !environment[name]);
  if (missing.length === 0) return;
  const what = `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not set`;
  throw new UserError('store-unreachable', `No artifact can be written here: ${what}.`, {
    hint: 'Only the Action can write artifacts, no `run:` step, and not on GitHub Enterprise Server: use the store `git` or `file` there.',
  });
}

function tooLarge(size: number): UserError {
  const message = `The record is too large to be kept: ${size} bytes, where ${LARGEST_RECORD} is the most.`;
  return new UserError('record-too-large', message, {
    hint: 'Leave files that no budget covers out of `track`.',
  });
}
