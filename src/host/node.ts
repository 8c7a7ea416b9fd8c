import { randomUUID } from 'node:crypto';
// At once, not by promises: loading node:fs/promises alone is a tenth of a bare start.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from '../model/errors.ts';
import type { FoundFile, Host, Progress } from '../model/host.ts';
import { checkout } from './checkout.ts';
import { onDeath } from './death.ts';
import { readNow } from './read-now.ts';
import { tuneForShortRun } from './tuning.ts';

/** The real machine. Options are what differs between the doors. */
export function nodeHost({ progress }: { progress: Progress }): Host {
  return {
    glob,
    read: async (path) => readOwn(path),
    readNow: (path, size) => orNull(path, () => readNow(path, size)),
    // Loaded only here: for little, threads cost more than they save.
    lookThreads: async (request) => (await import('./look-threads.ts')).lookThreads(request),
    list,
    kind,
    write,
    remove: async (path) => rmSync(path, { recursive: true, force: true }),
    modified: async (path) => statusOf(path)?.mtime ?? null,
    temporaryFolder: async () => (await import('./temporary.ts')).temporaryFolder(),
    importDefault,
    loadPackage: async (way, folder) => (await import('./package.ts')).loadPackage(way, folder),
    checkout,
    // Loaded only here: most checks start no process.
    git: async (args, request) => (await import('./child.ts')).git(args, request),
    command: async (request) => (await import('./child.ts')).command(request),
    onDeath,
    environment: process.env,
    sleep: (duration) => new Promise((done) => setTimeout(done, duration)),
    random: Math.random,
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
    const status = statusOf(resolve(folder, path));
    if (status?.isFile()) found.set(path, { path, size: status.size });
  }
  if (globs.length > 0) {
    // Loaded only here: a budget on one plain path starts without it.
    const { globFiles } = await import('./glob.ts');
    for (const file of globFiles(globs, folder)) found.set(file.path, file);
  }
  if (found.size > MANY) tuneForShortRun();
  return [...found.values()];
}

/** Files from which on it pays to have code optimised late. */
const MANY = 100;

/** Null for what is not there, and for a link that leads nowhere: globs pass these by as well. */
function statusOf(path: string): Stats | null {
  try {
    // What is not there is no error that anybody would see, and making one costs more than looking.
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error) ?? '')) return null;
    throw unreadable(path, error);
  }
}

function isPlain(pattern: string): boolean {
  return !/[*?[\]{}()!+@\\]/.test(pattern);
}

function readOwn(path: string): Uint8Array | null {
  return orNull(path, () => readFileSync(path));
}

function orNull<Result>(path: string, task: () => Result): Result | null {
  try {
    return task();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw unreadable(path, error);
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw unreadable(folder, error);
  }
}

async function kind(path: string): Promise<'file' | 'folder' | 'other' | null> {
  const status = orNull(path, () => statSync(path, { throwIfNoEntry: false }) ?? null);
  if (status === null) return null;
  if (status.isDirectory()) return 'folder';
  return status.isFile() ? 'file' : 'other';
}

/**
 * Through a file beside it, so that a reader never sees half of it; a link is followed, and a
 * device or pipe (`/dev/null`) written to: a file must never take its place.
 */
async function write(path: string, data: string | Uint8Array): Promise<void> {
  const target = tried(() => realpathSync(path)) ?? path;
  const beside = join(dirname(target), `.${process.pid}.${randomUUID()}.tmp`);
  try {
    makeFolder(dirname(target));
    const status = tried(() => statSync(target));
    if (status !== null && !status.isFile() && !status.isDirectory()) {
      writeFileSync(target, data);
      return;
    }
    writeFileSync(beside, data);
    renameSync(beside, target);
  } catch (error) {
    // Beside a file where a folder should be, even the removal fails: the first error is the one.
    tried(() => rmSync(beside, { force: true }));
    throw new UserError('unwritable', `${path} cannot be written: ${codeOf(error) ?? error}.`, {
      hint: 'Check the folder and its permissions.',
      cause: error,
    });
  }
}

/** Step by step: Node's own recursive mkdir never ends under /proc. */
function makeFolder(folder: string): void {
  if (statusOf(folder)?.isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function tried<Result>(task: () => Result): Result | null {
  try {
    return task();
  } catch {
    return null;
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
