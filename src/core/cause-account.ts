import type { ReportCause } from '../model/report.ts';
import type { Account, Entry } from './account.ts';
import { type Cell, type Group, groupsOf } from './cause-groups.ts';
import { type Happened, happenedTo, versionsOf, type Whereabouts } from './cause-kind.ts';
import type { Presences } from './cause-presence.ts';
import type { OwnerOf } from './module-owner.ts';

/** A cause, before it is said which budget it explains. */
export type Cause = Omit<ReportCause, 'budget' | 'of' | 'project'>;

/** What both builds hold, wherever it is. */
export interface Builds {
  readonly ownerOf: { readonly base: OwnerOf; readonly head: OwnerOf };
  readonly presences: { readonly base: Presences; readonly head: Presences };
  /** Whether anything at all is known of what is inside. */
  readonly isOpen: { readonly base: boolean; readonly head: boolean };
}

/** Causes with a name, of one account; the others are summed up. */
const MOST = 100;

/**
 * Why an account's bytes changed: the largest first, and last what no module explains. The causes
 * of each entry sum exactly to its delta.
 */
export function explainAccount(account: Account, builds: Builds): Cause[] {
  const opened = account.entries.map((entry) => openedEntry(entry, builds));
  const delta = account.entries.map(deltaOf).reduce((left, right) => left + right, 0);
  const named = [
    ...groupsOf({ ...account, entries: opened }, builds.ownerOf).flatMap((group) =>
      causesOf(group, account, builds, delta),
    ),
    ...account.entries.flatMap((entry) => (entry.isCode ? [] : plainFile(entry))),
  ]
    .sort(byBytes)
    .slice(0, MOST);
  return [...named, ...restOf(account, named)];
}

function deltaOf({ base, head }: Entry): number {
  return (head?.bytes ?? 0) - (base?.bytes ?? 0);
}

/** What is known of one side only cannot be compared: then nothing is said to be inside. */
function openedEntry(entry: Entry, { isOpen }: Builds): Entry {
  const { base, head } = entry;
  const isClosed = [base, head].some((side) => side !== null && side.modules === null);
  if (!isClosed && isOpen.base && isOpen.head) return entry;
  const closed = (side: Entry['base']) => (side === null ? null : { ...side, modules: null });
  return { ...entry, base: closed(base), head: closed(head) };
}

function causesOf(group: Group, account: Account, builds: Builds, delta: number): Cause[] {
  const where = {
    base: builds.presences.base.get(group.owner.key),
    head: builds.presences.head.get(group.owner.key),
  };
  const happened = happenedTo(group, where, delta);
  if (happened !== null) return told(group, account, happened, where);
  // What stayed as large in all may still have changed its place.
  return group.cells.flatMap((cell) => {
    const alone = { ...group, cells: [cell], base: cell.base, head: cell.head };
    const entry = account.entries[cell.entry];
    const own = entry === undefined ? 0 : deltaOf(entry);
    const change = group.cells.length === 1 ? null : happenedTo(alone, where, own);
    return change === null ? [] : told(alone, account, change, where);
  });
}

/** A cause for each entry that it is in. */
function told(
  { owner, cells }: Group,
  { entries }: Account,
  happened: Happened,
  where: Whereabouts,
): Cause[] {
  const changed = cells.filter(({ base, head }) => base.raw !== head.raw);
  // A version may change no byte: it is said once all the same.
  const said = changed.length > 0 ? changed : cells.slice(0, 1);
  return said.flatMap((cell) => {
    const entry = entries[cell.entry];
    if (entry === undefined) return [];
    const { base, head } = entry;
    return {
      subject: entry.name,
      kind: happened.kind,
      package: owner.package,
      version: owner.package === null ? null : versionIn(where),
      module: owner.module,
      load: (isThere(cell) ? head : base)?.load ?? null,
      from: happened.from,
      to: happened.to,
      bytes: cell.head.bytes - cell.base.bytes,
      importer: importerOf(happened, where),
    };
  });
}

function isThere({ head }: Cell): boolean {
  return head.raw > 0;
}

function versionIn({ base, head }: Whereabouts): string | null {
  const there = head ?? base;
  return there === undefined ? null : versionsOf(there);
}

/** Who brought in what is new: a reviewer can ask there. */
function importerOf({ kind }: Happened, { base, head }: Whereabouts): string | null {
  if (kind !== 'added' && kind !== 'duplicated') return null;
  const instances = [...(head?.instances.keys() ?? [])];
  const fresh = instances.find((instance) => base?.instances.has(instance) !== true);
  return head?.importers.get(fresh ?? instances[0] ?? '') ?? null;
}

/** An image or a font is what its author put there: the file itself is the cause. */
function plainFile(entry: Entry): Cause[] {
  const { base, head, name } = entry;
  const bytes = deltaOf(entry);
  if (bytes === 0) return [];
  const kind = base === null ? 'added' : head === null ? 'removed' : bytes > 0 ? 'grown' : 'shrunk';
  return [{ ...bare(entry, kind), module: name, bytes }];
}

/** A cause of a kind, with no name and no bytes yet. */
function bare({ name, base, head }: Entry, kind: Cause['kind']): Cause {
  return {
    subject: name,
    kind,
    package: null,
    version: null,
    module: null,
    load: (head ?? base)?.load ?? null,
    from: null,
    to: null,
    bytes: 0,
    importer: null,
  };
}

/** What the named causes leave of each entry. */
function restOf({ entries }: Account, named: readonly Cause[]): Cause[] {
  const explained = new Map<string, number>();
  for (const { subject, bytes } of named) {
    explained.set(subject, (explained.get(subject) ?? 0) + bytes);
  }
  return entries
    .map((entry) => {
      const bytes = deltaOf(entry) - (explained.get(entry.name) ?? 0);
      return { ...bare(entry, 'other'), bytes };
    })
    .filter(({ bytes }) => bytes !== 0)
    .sort(byBytes);
}

function byBytes(left: Cause, right: Cause): number {
  const size = Math.abs(right.bytes) - Math.abs(left.bytes);
  return size === 0 ? (nameOf(left) < nameOf(right) ? -1 : 1) : size;
}

function nameOf({ package: name, module, subject }: Cause): string {
  return `${name ?? module ?? ''} ${subject}`;
}
