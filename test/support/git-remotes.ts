import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DEFAULT_REF } from '../../src/model/baseline.ts';
import { gitStore } from '../../src/stores/git.ts';
import type { StoreContext } from '../../src/stores/store.ts';
import { quietHost } from './measured.ts';
import { git, temporaryFolder } from './temporary.ts';

/** The world of a store in a checkout, on a machine that is no runner. */
export function contextIn(folder: string, facts: Partial<StoreContext> = {}): StoreContext {
  return { host: quietHost(), folder, run: null, branch: null, connect: null, ...facts };
}

export function storeIn(folder: string, facts: Partial<StoreContext> = {}) {
  return gitStore(DEFAULT_REF, contextIn(folder, facts));
}

/** A repository with one commit, that has no remote. */
export async function repository(): Promise<string> {
  const folder = await temporaryFolder({ 'a.txt': 'x', 'packages/shop/b.txt': 'y' });
  await git(folder, 'init');
  await git(folder, 'add', '.');
  await git(folder, 'commit', '-m', 'first');
  return folder;
}

/** A bare repository that is called `acme/shop`, and clones of it. */
export async function remoteWithClones(count: number) {
  const first = await repository();
  const folder = await temporaryFolder();
  const remote = join(folder, 'acme/shop.git');
  await git(first, 'clone', '--bare', first, remote);
  const clones = Array.from({ length: count }, (_, index) => join(folder, `clone-${index}`));
  for (const clone of clones) await git(folder, 'clone', remote, clone);
  return { folder, remote, clones, clone: clones[0] ?? '' };
}

/** Runs git on an input. */
export function gitWith(
  folder: string,
  args: readonly string[],
  input: string | Uint8Array,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((done, fail) => {
    const options = { cwd: folder, env: { ...process.env, ...environment } };
    const child = execFile('git', [...args], options, (error, stdout) =>
      error === null ? done(stdout.trim()) : fail(error),
    );
    // Some commands end before they have read all of it.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Puts other bytes into the file of a commit's record, or of whatever has the text in its path. */
export async function replaceFile(
  folder: string,
  text: string,
  bytes: Uint8Array,
  ref = DEFAULT_REF,
): Promise<void> {
  const id = await gitWith(folder, ['hash-object', '-w', '--stdin'], bytes);
  const lines = (await git(folder, 'ls-tree', '-r', ref)).split('\n');
  const at = lines.findIndex((line) => line.includes(text));
  if (at < 0) throw new Error(`${ref} has no file with ${text} in its path`);
  lines[at] = (lines[at] ?? '').replace(/[0-9a-f]{40,64}(?=\t)/, id);
  const index = { GIT_INDEX_FILE: join(await temporaryFolder(), 'index') };
  await gitWith(folder, ['update-index', '--index-info'], `${lines.join('\n')}\n`, index);
  const tree = await gitWith(folder, ['write-tree'], '', index);
  await git(
    folder,
    'update-ref',
    ref,
    await git(folder, 'commit-tree', tree, '-p', ref, '-m', 'x'),
  );
}
