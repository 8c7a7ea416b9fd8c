import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import { unreachable } from './artifact-refusal.ts';
import { type BranchTree, branchTree } from './branch-tree.ts';
import type { Client } from './client.ts';

export interface BranchPlace {
  /** Absolute; stands for the repository's root. */
  readonly root: string;
  /** By its short name. */
  readonly branch: string;
}

/** The files of a branch. */
export interface BranchHost extends Host {
  /** Paths from the root of all files; null where they are more than GitHub lists. */
  files(): Promise<readonly string[] | null>;
}

/**
 * The files of a branch as GitHub has them, in place of the machine's, all of one commit: nothing
 * that is checked out here is seen, no module is loaded, and there is neither git nor a command.
 * What is there is asked for once, and a file when it is read.
 */
export function branchHost(host: Host, client: Client, run: Run, place: BranchPlace): BranchHost {
  const { root, branch } = place;
  let listed: Promise<BranchTree> | null = null;
  const tree = () => {
    listed ??= branchTree(client, run, branch);
    return listed;
  };
  const look = async (path: string): Promise<Answer> => {
    const at = host.relative(root, host.resolve(path));
    // Outside of the repository there is nothing to ask for.
    if (at === '..' || at.startsWith('../')) return null;
    const { commit, kinds, isCut } = await tree();
    const there = { branch, commit };
    const kind = at === '' ? 'folder' : kinds.get(at);
    if (kind === undefined) return isCut ? ask(client, run, there, at) : null;
    const bytes = async () => (await ask(client, run, there, at))?.bytes() ?? null;
    return { kind, bytes };
  };
  return {
    ...host,
    ...CLOSED,
    kind: async (path) => (await look(path))?.kind ?? null,
    read: async (path) => {
      const answer = await look(path);
      return answer?.kind === 'file' ? answer.bytes() : null;
    },
    files: async () => {
      const { kinds, isCut } = await tree();
      return isCut ? null : [...kinds].flatMap(([path, kind]) => (kind === 'file' ? [path] : []));
    },
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

type Answer = {
  readonly kind: 'file' | 'folder';
  readonly bytes: () => Promise<Uint8Array | null>;
} | null;

interface At {
  readonly branch: string;
  readonly commit: string;
}

async function ask(
  client: Client,
  { owner, repo }: Run,
  { branch, commit }: At,
  path: string,
): Promise<Answer> {
  try {
    const { data } = await client.rest.repos.getContent({ owner, repo, path, ref: commit });
    if (Array.isArray(data)) return { kind: 'folder', bytes: async () => null };
    if (data.type !== 'file' || !('content' in data) || data.encoding !== 'base64') return null;
    const { content } = data;
    return { kind: 'file', bytes: async () => Buffer.from(content, 'base64') };
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null;
    throw unreachable(`The files of ${branch} cannot be read`, 'contents: read', error);
  }
}
