import { parseSnapshot } from '../core/snapshot-text.ts';
import { decodeText } from '../format/text.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What a record must say of itself to be served. */
export interface Identity {
  readonly project: string;
  readonly commit: string;
}

/**
 * The snapshot in a record's bytes, held against the project and commit it was asked for by.
 * @param where what errors call the record by
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export function readRecord(bytes: Uint8Array, asked: Identity, where: string): Snapshot {
  const snapshot = parseRecord(bytes, where);
  for (const key of ['project', 'commit'] as const) {
    if (snapshot[key] !== asked[key]) {
      const [found, wanted] = [snapshot[key], asked[key]].map((name) => JSON.stringify(name));
      throw damaged(`${where} cannot be used: it is of the ${key} ${found}, not ${wanted}.`);
    }
  }
  return snapshot;
}

function parseRecord(bytes: Uint8Array, where: string): Snapshot {
  try {
    return parseSnapshot(decodeText(bytes, where), where);
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'snapshot-newer') throw error;
    throw damaged(error.message, error);
  }
}

/** What to do about a record is another thing than what to do about a file given by hand. */
function damaged(message: string, cause?: unknown): UserError {
  return new UserError('snapshot-damaged', message, {
    hint: 'The next record of the same commit takes its place: `weighbridge record` on that commit, or its run once more.',
    cause,
  });
}
