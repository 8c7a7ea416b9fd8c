import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { gitApi } from './git-api.ts';
import { indexPath, packRecord, recordsOf, unpackRecord, withRecord } from './git-layout.ts';
import { remembering } from './git-memory.ts';
import { plumbing } from './git-plumbing.ts';
import type { Transport } from './git-transport.ts';
import type { Keepable, Store, StoreContext } from './store.ts';

/**
 * Records in a ref that is no branch. In a run with a token it is read through GitHub's API: one
 * record without the others, of the run's own repository whatever is checked out. It is written by
 * plain git, which knows no limit on requests and can start history anew, and through the API where
 * the checkout cannot push. Everywhere else plain git does both.
 */
export function gitStore(ref: string, context: StoreContext): Store {
  const { host, run, connect } = context;
  const plain = plumbing(ref, context);
  const api = run === null || connect === null ? null : gitApi(ref, run, connect, host);
  // Only on somebody's own machine: a run is of today, and its clone has seen nothing before.
  const memory = run === null ? remembering(plain) : null;
  const reading = api ?? memory?.transport ?? plain;
  return {
    name: `git ${ref}`,
    remarks: memory?.remarks,
    load: (project, commit) => load(ref, reading, { project, commit }),
    commits: async (project) => {
      const { files } = await reading.read();
      return recordsOf(files, project).map(({ commit }) => commit);
    },
    async save(snapshot) {
      const packed = await packRecord(snapshot);
      const record = { snapshot, packed };
      if (api === null) return keep(ref, plain, record, host);
      try {
        await keep(ref, plain, record, host);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        await keep(ref, api, record, host);
      }
    },
  };
}

async function load(
  ref: string,
  transport: Pick<Transport, 'read' | 'bytes'>,
  asked: { readonly project: string; readonly commit: string },
): Promise<Snapshot | null> {
  const { files } = await transport.read();
  const found = recordsOf(files, asked.project).find(({ commit }) => commit === asked.commit);
  if (found === undefined) return null;
  const where = `The record of ${asked.commit.slice(0, 7)} in git ${ref}`;
  return unpackRecord(await transport.bytes(found), asked, where);
}

interface Packed {
  readonly snapshot: Keepable;
  readonly packed: Uint8Array;
}

/** Far above the seven that fifty writers at once need on average. */
const MOST_TRIES = 60;
/** Refusals in a row while nobody else has written: then the reason is another one. */
const MOST_STANDSTILLS = 6;

/** Compares and swaps until nobody came between. */
async function keep(ref: string, transport: Transport, record: Packed, host: Host): Promise<void> {
  const seen: (string | null)[] = [];
  for (;;) {
    const { tip, refusal } = await add(transport, record);
    if (refusal === null) return;
    seen.push(tip);
    const stands = seen.slice(-MOST_STANDSTILLS).every((one) => one === tip);
    const isHopeless = seen.length >= MOST_TRIES || (stands && seen.length >= MOST_STANDSTILLS);
    if (isHopeless) throw refused(ref, refusal, seen.length);
    await host.sleep(pause(seen.length) * host.random());
  }
}

/** One try: the record beside all that the ref holds at this moment. */
async function add(transport: Transport, { snapshot, packed }: Packed) {
  const { tip, files } = await transport.read();
  const index = files.find(({ path }) => path === indexPath(snapshot.project));
  const lines = index === undefined ? '' : textOf(await transport.bytes(index));
  const next = withRecord(files, snapshot, packed, lines);
  return { tip, refusal: await transport.write(tip, next, `Record ${snapshot.commit}`) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** In milliseconds. A write takes some hundreds of them, so the pause soon outgrows it. */
function pause(tries: number): number {
  return Math.min(250 * 2 ** tries, 8_000);
}

function refused(ref: string, refusal: string, tries: number): UserError {
  const message = `git ${ref} could not be written in ${tries} tries: ${refusal}.`;
  return new UserError('store-unreachable', message, {
    hint: 'Run it again. If it fails the same way, see whether a rule of the repository or a hook of its server forbids to write this ref.',
  });
}
