import type { FileLook, FileToLookAt, LookRequest, SharedLooks } from '../model/file-look.ts';
import type { Host } from '../model/host.ts';
import { fileLooker } from './file-looker.ts';
import { readWhole } from './read-whole.ts';

/** Bytes from which on a file keeps this thread long enough for others to wait for it. */
const LONG = 256 * 1024;

/**
 * Looks at files together with other threads: each is read once, by whoever takes it. What nobody
 * else could read is read here, so that it is told in words why.
 * @returns by path; null where there are no other threads
 * @throws UserError for a file that is not there any more
 */
export async function lookTogether(
  request: LookRequest,
  host: Host,
): Promise<ReadonlyMap<string, FileLook> | null> {
  const shared = (await host.lookThreads?.(request)) ?? null;
  if (shared === null) return null;
  // A failure is told by whoever awaits them, which may be after another one.
  shared.looks.catch(() => {});
  const lookAt = fileLooker(request);
  const look = (file: FileToLookAt) => lookAt(file, readWhole(file, request.folder, host));
  try {
    const own = await ownShare(request, shared, look, host);
    const others = await shared.looks;
    return new Map(
      request.files.map((file, at) => [file.path, own.get(at) ?? others.get(at) ?? look(file)]),
    );
  } catch (error) {
    shared.stop();
    throw error;
  }
}

async function ownShare(
  { files }: LookRequest,
  shared: SharedLooks,
  look: (file: FileToLookAt) => FileLook,
  host: Host,
): Promise<ReadonlyMap<number, FileLook>> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const own = new Map<number, FileLook>();
  let done = 0;
  for (let at = shared.take(); at < files.length; at = shared.take()) {
    const file = files[at] as FileToLookAt;
    own.set(at, look(file));
    done += file.size;
    host.progress('Measuring', Math.min(total, done + shared.done()), total);
    // What else is measured meanwhile has children and files of its own to listen to.
    if (file.size > LONG) await new Promise(setImmediate);
  }
  return own;
}
