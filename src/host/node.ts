import { execFile } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../model/errors.ts';
import type { Checkout, FoundFile, Host, Progress } from '../model/host.ts';

const run = promisify(execFile);

/** The real machine. Options are what differs between the doors. */
export function nodeHost({ progress }: { progress: Progress }): Host {
  return {
    glob,
    read,
    list,
    kind,
    write,
    importDefault,
    checkout,
    resolve,
    relative: (from, to) => keyForm(relative(from, to)),
    now: () => new Date(),
    versions: {
      node: process.versions.node,
      zlib: process.versions.zlib ?? '',
      brotli: process.versions.brotli ?? '',
    },
    progress,
  };
}

async function glob(patterns: readonly string[], folder: string): Promise<FoundFile[]> {
  const plain = patterns.filter(isPlain);
  const globs = patterns.filter((pattern) => !isPlain(pattern));
  const found = new Map<string, FoundFile>();
  for (const path of plain) {
    const status = statSync(resolve(folder, path), { throwIfNoEntry: false });
    if (status?.isFile()) found.set(path, { path, size: status.size });
  }
  if (globs.length > 0) {
    // Loaded only here: a budget on one plain path starts without it.
    const { globFiles } = await import('./glob.ts');
    for (const file of await globFiles(globs, folder)) found.set(file.path, file);
  }
  return [...found.values()];
}

function isPlain(pattern: string): boolean {
  return !/[*?[\]{}()!+@\\]/.test(pattern);
}

/** Read at once: for the many small files of a build, promises cost more than the reading. */
async function read(path: string): Promise<Uint8Array | null> {
  try {
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  }
}

async function kind(path: string): Promise<'file' | 'folder' | null> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
}

/** Through a file beside it, so that a reader never sees half of it. */
async function write(path: string, data: string): Promise<void> {
  const beside = join(dirname(path), `.${process.pid}.${Date.now()}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, data);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UserError('unwritable', `${path} cannot be written: ${codeOf(error) ?? error}.`, {
      hint: 'Check the folder and its permissions.',
      cause: error,
    });
  }
}

async function importDefault(path: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(path).href)) as { default?: unknown };
    if (loaded.default !== undefined) return loaded.default;
  } catch (error) {
    throw moduleError(path, error);
  }
  throw new UserError('config-invalid', `${path} has no default export.`, {
    hint: 'Write `export default defineBudgets({ ... })`.',
  });
}

function moduleError(path: string, error: unknown): UserError {
  if (codeOf(error) === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return new UserError(
      'config-invalid',
      `Node ${process.versions.node} does not read TypeScript by itself: ${path}.`,
      {
        hint: 'Use Node 22.18 or later, or name the file weighbridge.config.mjs.',
      },
    );
  }
  const words = error instanceof Error ? error.message : String(error);
  return new UserError('config-invalid', `${path} cannot be loaded: ${words}`, { cause: error });
}

/** One call of git for all it is asked: commit, root and the folder's place in it. */
async function checkout(folder: string): Promise<Checkout | null> {
  const git = (...args: string[]) => run('git', args, { cwd: folder, windowsHide: true });
  try {
    const { stdout } = await git('rev-parse', '--show-toplevel', '--show-prefix', 'HEAD');
    const [root = '', prefix = '', commit = ''] = stdout.split('\n');
    return { root, prefix: prefix.replace(/\/$/, ''), commit };
  } catch (error) {
    // A repository without a commit fails on HEAD but has printed the rest.
    const printed = (error as { stdout?: string }).stdout ?? '';
    const [root, prefix = ''] = printed.split('\n');
    if (root && existsSync(root)) return { root, prefix: prefix.replace(/\/$/, ''), commit: null };
    return null;
  }
}

function keyForm(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

function unreadable(path: string, cause: unknown): UserError {
  return new UserError('unreadable', `${path} cannot be read: ${codeOf(cause) ?? cause}.`, {
    hint: 'Check that it is a file and that its permissions let you read it.',
    cause,
  });
}
