import { type Dirent, readdir, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import type { FoundFile } from '../model/host.ts';

/**
 * Files that match, symlinked ones and those in symlinked folders too. A link that leads back
 * to a folder on its own way is not followed: fast-glob would go round until the system stops it.
 */
export async function globFiles(patterns: readonly string[], folder: string): Promise<FoundFile[]> {
  const entries = await fastGlob([...patterns], {
    cwd: folder,
    stats: true,
    onlyFiles: true,
    unique: true,
    followSymbolicLinks: true,
    suppressErrors: false,
    fs: { readdir: cycleFreeReaddir() as never },
  });
  return entries.map(({ path, stats }) => ({ path, size: stats?.size ?? 0 }));
}

type Done = (error: NodeJS.ErrnoException | null, entries?: Dirent[]) => void;

function cycleFreeReaddir(): (path: string, options: { withFileTypes: true }, done: Done) => void {
  return (path, options, done) => {
    readdir(path, options, (error, entries) => {
      // A folder that vanished or was never there matches nothing; one that is closed is an error.
      if (error?.code === 'ENOENT' || error?.code === 'ENOTDIR') return done(null, []);
      if (error) return done(error);
      done(
        null,
        entries.filter((entry) => !entry.isSymbolicLink() || !isCycle(path, entry.name)),
      );
    });
  };
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
