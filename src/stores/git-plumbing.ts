import type { Host } from '../model/host.ts';
import { type Git, gitFor, wordsOf } from './git-ask.ts';
import { fetchTip, pushTip, remoteOf, seenTip } from './git-remote.ts';
import { type KeptFile, type NewFile, type Transport, WRITER } from './git-transport.ts';
import type { StoreContext } from './store.ts';

/**
 * The ref by git alone: the remote's where there is a remote, else the repository's own. Objects
 * come and go through git's store; no index, HEAD, branch or file of the user's is touched.
 */
export function plumbing(ref: string, context: StoreContext): Transport {
  const { host, run } = context;
  const git = gitFor(ref, context);
  const blobs: Blobs = new Map();
  let known: Promise<string | null> | null = null;
  const remote = () => {
    known ??= remoteOf(ref, run, git);
    return known;
  };
  return {
    async read() {
      const from = await remote();
      const tip = from === null ? await ownTip(ref, git) : await fetchTip(ref, from, git);
      return { tip, files: tip === null ? [] : await filesOf(tip, git) };
    },
    async seen() {
      const from = await remote();
      const tip = from === null ? null : await seenTip(ref, from, git);
      return tip === null ? null : { tip, files: await filesOf(tip, git) };
    },
    bytes: ({ id }) => git.bytes(['cat-file', 'blob', id]),
    async write(tip, files, message) {
      const to = await remote();
      const tree = await writeTree(files, blobs, { git, host });
      const publish = async (parents: readonly string[]) => {
        const move = { tip, commit: await commitOf(tree, parents, message, { git, host }) };
        return to === null ? moveOwn(ref, move, git) : pushTip(ref, to, move, git);
      };
      if (tip === null) return publish([]);
      // A server may forbid to drop history. Then it goes on.
      if ((await isLong(tip, git)) && (await publish([])) === null) return null;
      return publish([tip]);
    },
  };
}

async function ownTip(ref: string, git: Git): Promise<string | null> {
  const tip = await git.text(['for-each-ref', '--format=%(objectname)', ref]);
  return tip.trim() || null;
}

async function filesOf(tip: string, git: Git): Promise<KeptFile[]> {
  const lines = (await git.text(['ls-tree', '-r', '-z', '--full-tree', tip])).split('\0');
  return lines.flatMap((line) => {
    const [, id, path] = /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
    return id === undefined || path === undefined ? [] : [{ id, path }];
  });
}

interface Hands {
  readonly git: Git;
  readonly host: Host;
}

/** Through an index of our own: the user's may hold half a commit. */
async function writeTree(
  files: readonly (KeptFile | NewFile)[],
  blobs: Blobs,
  { git, host }: Hands,
): Promise<string> {
  const lines: string[] = [];
  for (const file of files) {
    const id = 'id' in file ? file.id : await writeBlob(file.content, blobs, git);
    lines.push(`100644 ${id}\t${file.path}\0`);
  }
  const folder = await host.temporaryFolder();
  try {
    const environment = { GIT_INDEX_FILE: host.resolve(folder, 'index') };
    await git.text(['update-index', '-z', '--index-info'], { environment, input: lines.join('') });
    // A partial clone has not the content of older records, and needs none.
    return (await git.text(['write-tree', '--missing-ok'], { environment })).trim();
  } finally {
    await host.remove(folder);
  }
}

/** Ids by content, as what was refused once is written again. */
type Blobs = Map<NewFile['content'], string>;

async function writeBlob(input: NewFile['content'], blobs: Blobs, git: Git): Promise<string> {
  const args = ['hash-object', '-w', '--stdin', '--no-filters'];
  const id = blobs.get(input) ?? (await git.text(args, { input })).trim();
  blobs.set(input, id);
  return id;
}

async function commitOf(
  tree: string,
  parents: readonly string[],
  message: string,
  { git, host }: Hands,
): Promise<string> {
  const date = `${Math.floor(host.now().getTime() / 1_000)} +0000`;
  // Said in full: git may know no user here, or one who is not asked.
  const environment = {
    GIT_AUTHOR_NAME: WRITER.name,
    GIT_AUTHOR_EMAIL: WRITER.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: WRITER.name,
    GIT_COMMITTER_EMAIL: WRITER.email,
    GIT_COMMITTER_DATE: date,
  };
  const named = parents.flatMap((parent) => ['-p', parent]);
  const args = ['commit-tree', tree, ...named, '-m', message];
  return (await git.text(args, { environment })).trim();
}

/**
 * Commits after which history starts anew, as it holds the records that were dropped. Not with
 * every commit: only against a parent does git know what the server has already.
 */
const LONGEST_HISTORY = 400;

async function isLong(tip: string, git: Git): Promise<boolean> {
  const counted = await git.text(['rev-list', '--count', `--max-count=${LONGEST_HISTORY}`, tip]);
  return Number(counted) >= LONGEST_HISTORY;
}

async function moveOwn(
  ref: string,
  { tip, commit }: { readonly tip: string | null; readonly commit: string },
  git: Git,
): Promise<string | null> {
  // An empty one: there must be none.
  const { code, stderr } = await git.ask(['update-ref', ref, commit, tip ?? '']);
  return code === 0 ? null : wordsOf(stderr);
}
