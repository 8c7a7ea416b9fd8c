import { ArtifactNotFoundError, DefaultArtifactClient, UsageError } from '@actions/artifact';
import { group } from '@actions/core';
import { UserError } from '../model/errors.ts';

/**
 * Uploads one file as an artifact of this run, in place of one of the same name.
 * @param file absolute, in `folder`
 * @throws UserError `store-unreachable`
 */
export async function uploadArtifact(name: string, file: string, folder: string): Promise<void> {
  try {
    // The client tells each of its steps; folded, they do not bury what the check has to say.
    await group(`Upload ${name}`, () => replace(name, file, folder));
  } catch (error) {
    throw new UserError(
      'store-unreachable',
      `The artifact ${name} could not be uploaded: ${firstLine(error)}`,
      { hint: hintFor(error), cause: error },
    );
  }
}

/**
 * Names are unique in a run, and the service knows no overwriting. The later of two records of one
 * commit is kept, as in every store: it may be the one that a mended config made.
 */
async function replace(name: string, file: string, folder: string): Promise<void> {
  const client = new DefaultArtifactClient();
  if (await isUploaded(client, name, file, folder)) return;
  await client.deleteArtifact(name).catch((error: unknown) => {
    if (!(error instanceof ArtifactNotFoundError)) throw error;
  });
  // Taken once more: a parallel job keeps a record of this very commit now, and that one will do.
  await isUploaded(client, name, file, folder);
}

/** False where the name is taken. */
async function isUploaded(
  client: DefaultArtifactClient,
  name: string,
  file: string,
  folder: string,
): Promise<boolean> {
  try {
    await client.uploadArtifact(name, [file], folder);
    return true;
  } catch (error) {
    // The client gives the status in its text only.
    if (error instanceof Error && error.message.includes('(409)')) return false;
    throw error;
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.endsWith('.') ? line : `${line}.`;
}

function hintFor(error: unknown): string {
  if (error instanceof UsageError) {
    return 'The storage for artifacts is full: delete some, keep them for fewer days, or use the store `git`.';
  }
  return 'Run the workflow again. GitHub Enterprise Server has no such artifacts: use the store `git` or `file` there.';
}
