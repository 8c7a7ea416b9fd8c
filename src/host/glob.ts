import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { UserError } from '../model/errors.ts';
import type { FoundFile } from '../model/host.ts';

/**
 * Files that match, symlinked ones and those in symlinked folders too. A link that leads back
 * to a folder on its own way is not followed: fast-glob would go round until the system stops it.
 * All at once, not by the thread pool: there each folder and each size costs several times as much.
 */
export function globFiles(patterns: readonly string[], folder: string): FoundFile[] {
  const paths = fastGlob.sync([...patterns], {
    cwd: folder,
    onlyFiles: true,
    unique: true,
    followSymbolicLinks: true,
    suppressErrors: false,
    fs: { readdirSync: readFolder as never },
  });
  return paths.map((path) => ({ path, size: statSync(`${folder}/${path}`).size }));
}

/** fast-glob asks for names alone where it is to give sizes, else for entries: it gets either. */
function readFolder(path: string, options?: { withFileTypes: true }): Dirent[] | string[] {
  const entries = entriesOf(path).filter(
    (entry) => !entry.isSymbolicLink() || !isCycle(path, entry.name),
  );
  return options === undefined ? entries.map(({ name }) => name) : entries;
}

/** A folder that vanished or was never there matches nothing; one that is closed is an error. */
function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const cause = error as NodeJS.ErrnoException;
    if (NOTHING.has(cause.code ?? '')) return [];
    throw unreadable(path, cause);
  }
}

const NOTHING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

function unreadable(path: string, cause: NodeJS.ErrnoException): UserError {
  return new UserError('unreadable', `${path} cannot be read: ${cause.code}.`, {
    hint: 'Check that its permissions let you read it.',
    cause,
  });
}

/** True when a link leads to a real folder that its own logical path has come through. */
function isCycle(folder: string, name: string): boolean {
  const target = real(join(folder, name));
  if (target === null) return false;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const passed = real(at);
    if (passed === target || passed?.startsWith(target + sep)) return true;
    if (at === dirname(at) || basename(at) === '') return false;
  }
}

function real(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}
