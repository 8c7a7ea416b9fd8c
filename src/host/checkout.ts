import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Checkout } from '../model/host.ts';

const COMMIT = /^[0-9a-f]{40,64}$/;

/**
 * The checkout that holds a folder; null outside git. Read from git's own files, as starting git
 * costs more than half of a small check; git is asked where they are not of the usual form.
 */
export async function checkout(folder: string): Promise<Checkout | null> {
  if (TOLD.some((name) => process.env[name])) return askGit(folder);
  const start = orNull(() => realpathSync.native(folder));
  if (start === null) return null;
  for (let root = start; ; root = dirname(root)) {
    const own = gitFolder(join(root, '.git'));
    if (own !== null) {
      const commit = headOf(own);
      if (commit === undefined) return askGit(folder);
      return { root, prefix: relative(root, start).split(sep).join('/'), commit };
    }
    if (root === dirname(root)) return null;
  }
}

/** Where these are set, the environment decides what is a checkout. */
const TOLD = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_CEILING_DIRECTORIES'];

/** The folder that `.git` is, or that it names: in a worktree and a submodule it is a file. */
function gitFolder(path: string): string | null {
  const isFolder = orNull(() => statSync(path).isDirectory());
  if (isFolder === null) return null;
  const [, named] = isFolder ? [] : (/^gitdir: (.+?)\r?\n?$/.exec(textOf(path) ?? '') ?? []);
  if (!isFolder && named === undefined) return null;
  const folder = named === undefined ? path : resolve(dirname(path), named);
  return textOf(join(folder, 'HEAD')) === null ? null : folder;
}

/** Null on a branch without a commit; undefined where only git itself knows. */
function headOf(folder: string): string | null | undefined {
  const head = (textOf(join(folder, 'HEAD')) ?? '').trim();
  if (COMMIT.test(head)) return head;
  const [, ref] = /^ref: (refs\/.+)$/.exec(head) ?? [];
  // Written so where refs are not kept in files.
  if (ref === undefined || ref === 'refs/heads/.invalid') return undefined;
  const common = textOf(join(folder, 'commondir'))?.trim();
  return commitOf(ref, folder, common === undefined ? folder : resolve(folder, common));
}

/** A worktree has refs of its own; the others, and the packed ones, are in the shared folder. */
function commitOf(ref: string, own: string, shared: string): string | null | undefined {
  const loose = textOf(join(own, ref)) ?? textOf(join(shared, ref));
  if (loose !== null) return COMMIT.test(loose.trim()) ? loose.trim() : undefined;
  const packed = textOf(join(shared, 'packed-refs'))?.split('\n') ?? [];
  return packed.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0] ?? null;
}

/**
 * One call of git for all it is asked: root, the folder's place in it, and the commit, which is
 * printed as it was asked for where there is none yet. Read from the end: a root may hold anything.
 */
async function askGit(folder: string): Promise<Checkout | null> {
  const { git } = await import('./child.ts');
  const args = ['rev-parse', '--show-toplevel', '--show-prefix', 'HEAD^{commit}'];
  const printed = await git(args, { folder }).catch(() => null);
  const text = printed === null ? '' : Buffer.from(printed.stdout).toString('utf8');
  const lines = text.replace(/\r?\n$/, '').split('\n');
  const [commit = '', prefix, ...rest] = lines.reverse();
  if (prefix === undefined || rest.length === 0) return null;
  const root = rest.reverse().join('\n');
  return { root, prefix: prefix.replace(/\/$/, ''), commit: COMMIT.test(commit) ? commit : null };
}

function textOf(path: string): string | null {
  return orNull(() => readFileSync(path, 'utf8'));
}

function orNull<Result>(task: () => Result): Result | null {
  try {
    return task();
  } catch {
    return null;
  }
}
