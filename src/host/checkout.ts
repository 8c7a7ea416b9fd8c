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
  const start = realOf(folder);
  if (start === null) return null;
  for (let root = start; ; root = dirname(root)) {
    const own = gitFolder(join(root, '.git'));
    if (own !== null) {
      const shared = sharedFolder(own);
      const commit = headOf(own, shared);
      if (commit === undefined) return askGit(folder);
      const prefix = relative(root, start).split(sep).join('/');
      return { root, prefix, gitFolder: shared, commit };
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

/** What all worktrees of a repository share; a worktree's own folder names it. */
function sharedFolder(own: string): string {
  const named = textOf(join(own, 'commondir'))?.replace(/\r?\n$/, '');
  return named === undefined ? own : resolve(own, named);
}

/** Null on a branch without a commit; undefined where only git itself knows. */
function headOf(own: string, shared: string): string | null | undefined {
  const head = (textOf(join(own, 'HEAD')) ?? '').trim();
  if (COMMIT.test(head)) return head;
  const [, ref] = /^ref: (refs\/.+)$/.exec(head) ?? [];
  // Written so where refs are not kept in files.
  if (ref === undefined || ref === 'refs/heads/.invalid') return undefined;
  return commitOf(ref, own, shared);
}

/** A worktree has refs of its own; the others, and the packed ones, are in the shared folder. */
function commitOf(ref: string, own: string, shared: string): string | null | undefined {
  const loose = textOf(join(own, ref)) ?? textOf(join(shared, ref));
  if (loose !== null) return COMMIT.test(loose.trim()) ? loose.trim() : undefined;
  const packed = textOf(join(shared, 'packed-refs'))?.split('\n') ?? [];
  return packed.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0] ?? null;
}

/**
 * The commit is printed as it was asked for where there is none yet. Read from the end, and the
 * shared folder in a call of its own: either path may hold anything, a line break too.
 */
async function askGit(folder: string): Promise<Checkout | null> {
  const [told, shared] = await Promise.all([
    printed(folder, '--show-toplevel', '--show-prefix', 'HEAD^{commit}'),
    printed(folder, '--git-common-dir'),
  ]);
  const [commit = '', prefix, ...rest] = told.split('\n').reverse();
  if (prefix === undefined || rest.length === 0) return null;
  return {
    root: rest.reverse().join('\n'),
    prefix: prefix.replace(/\/$/, ''),
    // Relative to where git sees itself, which is never below a link.
    gitFolder: resolve(realOf(folder) ?? folder, shared),
    commit: COMMIT.test(commit) ? commit : null,
  };
}

/** Empty where there is no git. */
async function printed(folder: string, ...names: string[]): Promise<string> {
  const { git } = await import('./child.ts');
  const finished = await git(['rev-parse', ...names], { folder }).catch(() => null);
  const text = finished === null ? '' : Buffer.from(finished.stdout).toString('utf8');
  return text.replace(/\r?\n$/, '');
}

function realOf(folder: string): string | null {
  return orNull(() => realpathSync.native(folder));
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
