import { createHash } from 'node:crypto';
import { formatSnapshot } from '../core/snapshot-text.ts';
import { UserError } from '../model/errors.ts';
import type { Checkout, Host } from '../model/host.ts';
import { readRecord } from './record.ts';
import type { Store, StoreContext } from './store.ts';

/** Records of a project that stay; the oldest beyond them goes with a save. */
const MOST_RECORDS = 100;

/**
 * Records as files, `<folder>/<project>/<commit>.json`.
 * @param folder absolute, or relative to the context's; null: below the git folder, where all
 * worktrees share it and no checkout can bring records of its own
 */
export function fileStore(folder: string | null, context: StoreContext): Store {
  const { host } = context;
  const place = async (project: string) => {
    const root = await rootOf(folder, context);
    return root === null ? null : host.resolve(root, folderName(project));
  };
  return {
    name: 'file',
    async load(project, commit) {
      const at = COMMIT.test(commit) ? await place(project) : null;
      if (at === null) return null;
      const path = host.resolve(at, `${commit}.json`);
      const bytes = await reach(() => host.read(path));
      return bytes === null ? null : readRecord(bytes, { project, commit }, path);
    },
    async commits(project) {
      const at = await place(project);
      return at === null ? [] : reach(() => newestFirst(at, host));
    },
    async save(snapshot) {
      const at = await place(snapshot.project);
      if (at === null) throw outsideGit(context.folder);
      const path = host.resolve(at, `${snapshot.commit}.json`);
      // A link in the record's place is followed, as by every write of the host: to take it away
      // first would let a reader see no record at all.
      await reach(() => host.write(path, formatSnapshot(snapshot)));
      await reach(() => removeOldest(at, snapshot.commit, host));
    },
  };
}

const COMMIT = /^[0-9a-f]{40,64}$/;

async function rootOf(folder: string | null, context: StoreContext): Promise<string | null> {
  const { host } = context;
  if (folder !== null) return host.resolve(context.folder, folder);
  const checkout = await host.checkout(context.folder);
  return checkout === null ? null : ownFolder(checkout, host);
}

/** Where records are that no folder is named for, of all projects of a repository. */
export function ownFolder({ gitFolder }: Checkout, host: Pick<Host, 'resolve'>): string {
  return host.resolve(gitFolder, 'weighbridge');
}

/** Longest name of a project's folder: far below what file systems take, for the path's sake. */
const LONGEST_NAME = 100;

/**
 * One name a project on every file system: those that know no case, that write accents in another
 * form, or that keep `aux` for themselves. Nothing but `a-z`, `0-9`, `-` and `_` stands as it is.
 */
function folderName(project: string): string {
  const name = project.replace(/[^a-z0-9_-]/g, escaped).replace(RESERVED, escaped);
  if (name.length <= LONGEST_NAME) return name;
  const digest = createHash('sha256').update(JSON.stringify(project)).digest('hex');
  return `${name.slice(0, LONGEST_NAME / 2)}~${digest.slice(0, 40)}`;
}

/** The first letter of a name that Windows keeps for a device. */
const RESERVED = /^(?=(?:con|aux|nul|prn|com\d|lpt\d)$)./;

/** By UTF-16 unit, as half a pair is a name too. */
function escaped(unit: string): string {
  const hex = unit.charCodeAt(0).toString(16);
  return hex.length > 2 ? `%u${hex.padStart(4, '0')}` : `%${hex.padStart(2, '0')}`;
}

async function newestFirst(folder: string, host: Host): Promise<string[]> {
  const names = (await host.list(folder)).filter((name) => /^[0-9a-f]{40,64}\.json$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => ({
      commit: name.replace('.json', ''),
      written: await host.modified(host.resolve(folder, name)),
    })),
  );
  // Null: another writer has removed it meanwhile.
  return found
    .flatMap(({ commit, written }) => (written === null ? [] : [{ commit, at: written.getTime() }]))
    .sort((left, right) => right.at - left.at)
    .map(({ commit }) => commit);
}

/** The one just written stays, whatever the clock says of it. */
async function removeOldest(folder: string, written: string, host: Host): Promise<void> {
  const others = (await newestFirst(folder, host)).filter((commit) => commit !== written);
  for (const commit of others.slice(MOST_RECORDS - 1)) {
    // The record is kept, which was asked for: one that will not go is the next save's.
    await host.remove(host.resolve(folder, `${commit}.json`)).catch(() => {});
  }
}

async function reach<Result>(task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError('store-unreachable', cause.message, { hint: cause.hint, cause });
  }
}

function outsideGit(folder: string): UserError {
  return new UserError(
    'store-unreachable',
    `${folder} is in no git repository, so the file store has no folder to keep a record in.`,
    {
      hint: 'Name one in the budgets file: "baseline": { "stores": [{ "file": ".weighbridge" }] }',
    },
  );
}
