import { UserError } from '../model/errors.ts';
import type { Shelf, Transport } from './git-transport.ts';

/** A way to a ref for reading, and what is to be said of what it led to. */
export interface Remembering {
  readonly transport: Pick<Transport, 'read' | 'bytes'>;
  readonly remarks: () => readonly string[];
}

/**
 * Serves the ref as this clone has seen it last where the way to it is cut, as on a train: a record
 * of a commit never changes, and what was written since is merely not there. Never for writing.
 */
export function remembering(transport: Transport): Remembering {
  const remarks: string[] = [];
  let last: Shelf | null = null;
  const fromMemory = async (error: unknown): Promise<Shelf> => {
    const isCut = error instanceof UserError && error.code === 'store-unreachable';
    last = isCut ? ((await transport.seen?.()) ?? null) : null;
    if (last === null || !isCut) throw error;
    remarks.push(`${error.message} What this clone has seen of it last is used.`);
    return last;
  };
  return {
    transport: {
      // Asked again, the way would take its time to fail again.
      read: async () => last ?? transport.read().catch(fromMemory),
      bytes: (file) => transport.bytes(file),
    },
    remarks: () => remarks,
  };
}
