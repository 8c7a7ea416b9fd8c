import { unreachable } from '../github/artifact-refusal.ts';
import type { Client } from '../github/client.ts';
import type { Run } from '../model/run.ts';
import { type KeptFile, type NewFile, type Transport, WRITER } from './git-transport.ts';
import type { StoreContext } from './store.ts';

/**
 * The ref of the run's repository through GitHub's git data API: it needs no checkout, and reads
 * one record without the others. Its only comparison is that history goes on, so history grows.
 */
export function gitApi(
  ref: string,
  run: Run,
  connect: () => Promise<Client>,
  host: StoreContext['host'],
): Transport {
  const place = { ref, owner: run.owner, repo: run.repo };
  const blobs: Blobs = new WeakMap();
  return {
    read: () => reading(ref, async () => read(place, await connect())),
    bytes: (file) =>
      reading(ref, async () => {
        const { owner, repo } = place;
        const { rest } = await connect();
        const { data } = await rest.git.getBlob({ owner, repo, file_sha: file.id });
        return Buffer.from(data.content, 'base64');
      }),
    write: (tip, files, message) =>
      writing(ref, async () => {
        const client = await connect();
        const tree = await writeTree(place, files, blobs, client);
        const author = { ...WRITER, date: host.now().toISOString() };
        const { owner, repo } = place;
        const parents = tip === null ? [] : [tip];
        const commit = { owner, repo, tree, parents, message, author, committer: author };
        const { data } = await client.rest.git.createCommit(commit);
        await move(place, tip, data.sha, client);
      }),
  };
}

interface Place {
  readonly ref: string;
  readonly owner: string;
  readonly repo: string;
}

async function reading<Result>(ref: string, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw unreachable(`git ${ref} cannot be read`, 'contents: read', error);
  }
}

/** 422 is what GitHub says when another writer was first, 409 while another is at it. */
async function writing(ref: string, task: () => Promise<void>): Promise<string | null> {
  try {
    await task();
    return null;
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 409 || status === 422) return `GitHub answered ${status}`;
    throw unreachable(`git ${ref} cannot be written`, 'contents: write', error);
  }
}

async function read({ ref, owner, repo }: Place, { rest }: Client) {
  // Not the ref itself: 404 could mean that it is absent, or that the token may not know.
  const matching = { owner, repo, ref: shortOf(ref) };
  const { data: refs } = await rest.git.listMatchingRefs(matching);
  const tip = refs.find((one) => one.ref === ref)?.object.sha ?? null;
  if (tip === null) return { tip, files: [] };
  const { data: commit } = await rest.git.getCommit({ owner, repo, commit_sha: tip });
  const all = { owner, repo, tree_sha: commit.tree.sha, recursive: '1' };
  const { data } = await rest.git.getTree(all);
  const files = data.tree.flatMap(({ path, sha, type }): KeptFile[] =>
    type === 'blob' && path && sha ? [{ path, id: sha }] : [],
  );
  return { tip, files };
}

function shortOf(ref: string): string {
  return ref.replace(/^refs\//, '');
}

/** Ids by content, as what was refused once is written again. */
type Blobs = WeakMap<Uint8Array, string>;

async function writeTree(
  { owner, repo }: Place,
  files: readonly (KeptFile | NewFile)[],
  blobs: Blobs,
  client: Client,
): Promise<string> {
  const tree = [];
  for (const file of files) {
    const entry = { path: file.path, mode: '100644', type: 'blob' } as const;
    if ('id' in file) tree.push({ ...entry, sha: file.id });
    else if (typeof file.content === 'string') tree.push({ ...entry, content: file.content });
    else tree.push({ ...entry, sha: await writeBlob(file.content) });
  }
  const { data } = await client.rest.git.createTree({ owner, repo, tree });
  return data.sha;

  async function writeBlob(bytes: Uint8Array): Promise<string> {
    const known = blobs.get(bytes);
    if (known !== undefined) return known;
    const content = Buffer.from(bytes).toString('base64');
    const { data } = await client.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
    blobs.set(bytes, data.sha);
    return data.sha;
  }
}

async function move(
  { ref, owner, repo }: Place,
  tip: string | null,
  sha: string,
  { rest }: Client,
): Promise<void> {
  if (tip === null) await rest.git.createRef({ owner, repo, ref, sha });
  else await rest.git.updateRef({ owner, repo, ref: shortOf(ref), sha, force: false });
}
