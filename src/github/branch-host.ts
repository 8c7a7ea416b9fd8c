import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import { unreachable } from './artifact-refusal.ts';
import type { Client } from './client.ts';

export interface BranchPlace {
  /** Absolute; stands for the repository's root. */
  readonly root: string;
  /** By its short name. */
  readonly branch: string;
}

/**
 * The files of a branch as GitHub has them, in place of the machine's: nothing that is checked out
 * here is seen, no module is loaded, and there is neither git nor a command.
 */
export function branchHost(host: Host, client: Client, run: Run, place: BranchPlace): Host {
  const answers = new Map<string, Promise<Answer>>();
  const look = (path: string): Promise<Answer> => {
    const at = host.relative(place.root, host.resolve(path));
    // Outside of the repository there is nothing to ask for.
    if (at === '..' || at.startsWith('../')) return Promise.resolve(null);
    const known = answers.get(at) ?? ask(client, run, place.branch, at);
    answers.set(at, known);
    return known;
  };
  return {
    ...host,
    ...CLOSED,
    kind: async (path) => (await look(path))?.kind ?? null,
    read: async (path) => (await look(path))?.bytes ?? null,
  };
}

/** What a folder of GitHub's cannot do, and what nobody may do with a stranger's change at hand. */
const CLOSED: Pick<
  Host,
  'checkout' | 'git' | 'command' | 'importDefault' | 'loadPackage' | 'glob' | 'list' | 'readNow'
> = {
  readNow: () => null,
  checkout: async () => null,
  git: async () => ({ code: 128, stdout: new Uint8Array(), stderr: 'git is not asked here' }),
  command: async () => {
    throw new Error('no command runs beside a change that is not trusted');
  },
  importDefault: async () => {
    throw new Error('no module is loaded beside a change that is not trusted');
  },
  loadPackage: async () => {
    throw new Error('no package is loaded beside a change that is not trusted');
  },
  glob: async () => [],
  list: async () => [],
};

type Answer = { readonly kind: 'file' | 'folder'; readonly bytes: Uint8Array | null } | null;

async function ask(client: Client, run: Run, branch: string, path: string): Promise<Answer> {
  const { owner, repo } = run;
  const query = { owner, repo, path, ref: `refs/heads/${branch}` };
  try {
    const { data } = await client.rest.repos.getContent(query);
    if (Array.isArray(data)) return { kind: 'folder', bytes: null };
    if (data.type !== 'file' || !('content' in data) || data.encoding !== 'base64') return null;
    return { kind: 'file', bytes: Buffer.from(data.content, 'base64') };
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw unreachable(`The files of ${branch} cannot be read`, 'contents: read', error);
  }
}
