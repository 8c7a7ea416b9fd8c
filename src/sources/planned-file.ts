import type { FoundFile } from '../model/host.ts';
import type { Encoding } from '../model/metric.ts';

/** A file, and the encodings that it is to be measured in. */
export interface PlannedFile extends FoundFile {
  readonly encodings: ReadonlySet<Encoding>;
}

/** One plan of what several ask for: every file once, in all encodings that any of them needs. */
export function planTogether(wishes: readonly (readonly PlannedFile[])[]): PlannedFile[] {
  const planned = new Map<string, PlannedFile>();
  const sets = new Map<string, ReadonlySet<Encoding>>();
  for (const file of wishes.flat()) {
    const known = planned.get(file.path);
    if (known === undefined) planned.set(file.path, file);
    if (known === undefined || known.encodings === file.encodings) continue;
    const all = new Set([...known.encodings, ...file.encodings]);
    const key = [...all].sort().join();
    // The same set for the same encodings: a build has few of them.
    const encodings = sets.get(key) ?? all;
    sets.set(key, encodings);
    planned.set(file.path, { ...file, encodings });
  }
  return [...planned.values()];
}
