import { type Dirent, readdir, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { UserError } from '../model/errors.ts';
import type { FoundFile } from '../model/host.ts';

/**
 * Files that match, symlinked ones and those in symlinked folders too. A link that leads back
 * to a folder on its own way is not followed: fast-glob would go round until the system stops it.
 */
export async function globFiles(patterns: readonly string[], folder: string): Promise<FoundFile[]> {
  const paths = await fastGlob([...patterns], {
    cwd: folder,
    onlyFiles: true,
    unique: true,
    followSymbolicLinks: true,
    suppressErrors: false,
    fs: { readdir: cycleFreeReaddir() as never },
  });
  // Sizes one after the other: asked of the thread pool they cost five times as much.
  return paths.map((path) => ({ path, size: statSync(join(folder, path)).size }));
}

type Done = (error: NodeJS.ErrnoException | null, entries?: Dirent[] | string[]) => void;
type Arguments = [done: Done] | [options: { withFileTypes: true }, done: Done];

/** fast-glob asks for names alone where it is to give sizes, else for entries: it gets either. */
function cycleFreeReaddir(): (path: string, ...rest: Arguments) => void {
  return (path, ...rest) => {
    const done = rest[rest.length - 1] as Done;
    readdir(path, { withFileTypes: true }, (error, entries) => {
      if (error) return failed(path, error, done);
      const kept = entries.filter((entry) => !entry.isSymbolicLink() || !isCycle(path, entry.name));
      done(null, rest.length === 1 ? kept.map(({ name }) => name) : kept);
    });
  };
}

/** A folder that vanished or was never there matches nothing; one that is closed is an error. */
function failed(path: string, error: NodeJS.ErrnoException, done: Done): void {
  if (NOTHING.has(error.code ?? '')) done(null, []);
  else done(unreadable(path, error));
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
