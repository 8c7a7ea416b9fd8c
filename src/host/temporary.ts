import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder whose name says who made it, after those of processes that were ended
 * without a chance to tidy are gone.
 */
export async function temporaryFolder(): Promise<string> {
  const prefix = `weighbridge-${machine()}-`;
  for (const left of leftovers(prefix)) await rm(left, { recursive: true }).catch(() => {});
  // The real path: git and bundlers see it so where /tmp is a link.
  return realpath(await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)));
}

/** Containers may share a temporary folder, and each counts its processes for itself. */
function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function leftovers(prefix: string): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .filter((name) => isEnded(Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1] ?? 0)))
    .map((name) => join(tmpdir(), name))
    .filter(isOwnFolder);
}

function isEnded(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // Any other code is that of a process which is there and not ours to signal.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** A link, or a folder of somebody else's, is no leftover of ours whatever its name. */
function isOwnFolder(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status?.isDirectory() === true && status.uid === (process.getuid?.() ?? status.uid);
}
