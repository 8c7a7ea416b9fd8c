import { UserError } from '../model/errors.ts';
import {
  type SkippedProject,
  SNAPSHOT_VERSION,
  type Snapshot,
  type SnapshotSet,
} from '../model/snapshot.ts';
import { snapshotSetBySchema } from './by-schema.ts';
import {
  damagedSnapshot,
  formatSnapshot,
  parseSnapshotJson,
  refuseNewer,
  snapshotOf,
} from './snapshot-text.ts';

/**
 * Reads a file of one snapshot, or of several: one for each project of a commit.
 * @param file what errors call the text by
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export function parseSnapshotSet(text: string, file: string): SnapshotSet {
  const { snapshots, skipped } = split(text, file);
  const isOne = snapshots.length === 1;
  const parsed = snapshots.map((value, index) =>
    snapshotOf(value, isOne ? file : `${file}, snapshots[${index}],`),
  );
  if (new Set(parsed.map(({ project }) => project)).size !== parsed.length) {
    throw damagedSnapshot(file, 'it names a project twice');
  }
  if (new Set(parsed.map(({ commit }) => commit)).size !== 1) {
    throw damagedSnapshot(file, 'its snapshots are of several commits');
  }
  return { snapshots: parsed, skipped };
}

/**
 * The text of each snapshot in a file of one or of several, held against nothing yet: for who
 * reads snapshots by rules of his own.
 * @throws UserError `snapshot-damaged`, `snapshot-newer`
 */
export function splitSnapshotText(
  text: string,
  file: string,
): { readonly texts: readonly string[]; readonly skipped: readonly SkippedProject[] } {
  const { snapshots, skipped } = split(text, file);
  return { texts: snapshots.map((value) => textOf(value, file)), skipped };
}

/** What is nested deeper than any snapshot has no text of its own. */
function textOf(value: unknown, file: string): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw damagedSnapshot(file, 'it is nested too deep', cause);
  }
}

function split(
  text: string,
  file: string,
): { readonly snapshots: readonly unknown[]; readonly skipped: readonly SkippedProject[] } {
  const value = parseSnapshotJson(text, file);
  if (!isSet(value)) return { snapshots: [value], skipped: [] };
  refuseNewer(value, file);
  const parsed = snapshotSetBySchema(value);
  if (!parsed.success) throw damagedSnapshot(file, 'it is not a file of snapshots');
  const { snapshots, skipped = [] } = parsed.data;
  return { snapshots, skipped };
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'snapshots');
}

/** As it is written: one snapshot alone is a file of its own kind. */
export function formatSnapshotSet({ snapshots, skipped }: SnapshotSet): string {
  const [only, ...others] = snapshots;
  if (only !== undefined && others.length === 0 && skipped.length === 0) {
    return formatSnapshot(only);
  }
  const head = JSON.stringify({ schemaVersion: SNAPSHOT_VERSION, skipped }, null, 2);
  const texts = snapshots.map((one) => formatSnapshot(one).trimEnd());
  return `${head.replace(/\n}$/, '')},\n  "snapshots": [\n${texts.join(',\n')}\n  ]\n}\n`;
}

/** What one file holds, and the name it goes by in errors. */
export interface NamedSet {
  readonly file: string;
  readonly set: SnapshotSet;
}

/**
 * Joins what the jobs of a matrix have measured, by project: a project that one of them has built
 * is not left out, whatever another says.
 * @throws UserError `two-commits`, `same-project`, each naming both files
 */
export function joinSnapshotSets(files: readonly NamedSet[]): SnapshotSet {
  const found = files.flatMap(({ file, set }) =>
    set.snapshots.map((snapshot) => ({ file, snapshot })),
  );
  const byProject = new Map<string, (typeof found)[number]>();
  for (const one of found) {
    const [first] = found;
    if (first !== undefined && one.snapshot.commit !== first.snapshot.commit) {
      throw twoCommits(first, one);
    }
    const twin = byProject.get(one.snapshot.project);
    if (twin !== undefined) throw sameProject(twin.file, one.file, one.snapshot.project);
    byProject.set(one.snapshot.project, one);
  }
  const skipped = new Map(
    files
      .flatMap(({ set }) => set.skipped)
      .filter(({ project }) => !byProject.has(project))
      .map((one) => [one.project, one]),
  );
  return {
    snapshots: found.map(({ snapshot }) => snapshot).sort(byName),
    skipped: [...skipped.values()].sort(byName),
  };
}

function byName(left: { readonly project: string }, right: { readonly project: string }): number {
  return left.project < right.project ? -1 : 1;
}

type Found = { readonly file: string; readonly snapshot: Snapshot };

function twoCommits(left: Found, right: Found): UserError {
  const [one, other] = [left, right].map(({ file, snapshot: { commit } }) =>
    commit === null ? `${file} is of no commit` : `${file} is of ${commit.slice(0, 12)}`,
  );
  return new UserError('two-commits', `The snapshots are not of one commit: ${one}, ${other}.`, {
    hint: 'Join what the jobs of one run have measured.',
  });
}

function sameProject(left: string, right: string, project: string): UserError {
  const what =
    left === right
      ? `${left} is named twice.`
      : `${left} and ${right} both have a snapshot of ${project}.`;
  return new UserError('same-project', what, {
    hint: 'Each project is measured once, under a name of its own: `project` in its budgets file.',
  });
}
