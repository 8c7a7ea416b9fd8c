/** Bytes of files held in memory at once; a larger file is held alone. */
const IN_FLIGHT = 16 * 1024 * 1024;
/** Files at work at once: enough for the thread pool's four threads, and the next at hand. */
const AT_ONCE = 8;

/**
 * Largest first, so that no thread is left with a big file at the end; memory stays bounded.
 * @param task gives a promise for what the thread pool has still to do, if anything
 */
export async function inParallel<File extends { readonly size: number }>(
  files: readonly File[],
  task: (file: File) => Promise<void> | null,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let held = 0;
  for (const file of files.toSorted((left, right) => right.size - left.size)) {
    while (running.size > 0 && (running.size >= AT_ONCE || held + file.size > IN_FLIGHT)) {
      await Promise.race(running);
    }
    if (failures.length > 0) break;
    const rest = task(file);
    if (rest === null) continue;
    held += file.size;
    const job: Promise<void> = rest
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => {
        held -= file.size;
        running.delete(job);
      });
    running.add(job);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
