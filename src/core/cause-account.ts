import type { ReportCause } from '../model/report.ts';
import type { Account, Entry } from './account.ts';
import { type Cell, type Group, groupsOf } from './cause-groups.ts';
import { FLOOR, type Happened, happenedTo, versionsOf, type Whereabouts } from './cause-kind.ts';
import type { Presences } from './cause-presence.ts';
import type { Owner, OwnerOf } from './module-owner.ts';

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
 * sum exactly to the delta of all entries.
 * @param whole what all entries together are called
 */
export function explainAccount(account: Account, builds: Builds, whole: string): Cause[] {
  const { encoding, entries } = account;
  const opened = entries.map((entry) => openedEntry(entry, builds));
  const delta = entries.map(deltaOf).reduce((left, right) => left + right, 0);
  const named = [
    ...groupsOf({ encoding, entries: opened }, builds.ownerOf).flatMap((group) =>
      causesOf(group, entries, builds, delta),
    ),
    ...entries.flatMap((entry) => (entry.isCode ? [] : plainFile(entry, delta))),
  ]
    .sort(byBytes)
    .slice(0, MOST);
  return [...named, ...restOf(entries, delta, named, whole)];
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

/** A cause for each entry that it is in; none where nothing is worth a name. */
function causesOf(
  group: Group,
  entries: readonly Entry[],
  { presences }: Builds,
  delta: number,
): Cause[] {
  const { owner, cells } = group;
  const where = { base: presences.base.get(owner.key), head: presences.head.get(owner.key) };
  const happened = happenedTo(group, where, delta);
  if (happened === null) return [];
  const changed = cells.filter(({ base, head }) => base.raw !== head.raw);
  // A version may change no byte: it is said once all the same.
  const told = changed.length > 0 ? changed : cells.slice(0, 1);
  return told.flatMap((cell) => {
    const entry = entries[cell.entry];
    return entry === undefined ? [] : causeIn(entry, cell, owner, happened, where);
  });
}

function causeIn(
  entry: Entry,
  cell: Cell,
  { package: name, module }: Owner,
  { kind, from, to }: Happened,
  where: Whereabouts,
): Cause {
  return {
    ...bare(entry.name, kind),
    package: name,
    version: name === null ? null : versionIn(where),
    module,
    load: (isThere(cell) ? entry.head : entry.base)?.load ?? null,
    from,
    to,
    bytes: cell.head.bytes - cell.base.bytes,
    importer: importerOf(kind, where),
  };
}

function isThere({ head }: Cell): boolean {
  return head.raw > 0;
}

function versionIn({ base, head }: Whereabouts): string | null {
  const there = head ?? base;
  return there === undefined ? null : versionsOf(there);
}

/** Who brought in what is new: a reviewer can ask there. */
function importerOf(kind: Cause['kind'], { base, head }: Whereabouts): string | null {
  if (kind !== 'added' && kind !== 'duplicated') return null;
  const instances = [...(head?.instances.keys() ?? [])];
  const fresh = instances.find((instance) => base?.instances.has(instance) !== true);
  return head?.importers.get(fresh ?? instances[0] ?? '') ?? null;
}

/** An image or a font is what its author put there: the file itself is the cause. */
function plainFile(entry: Entry, delta: number): Cause[] {
  const { base, head, name } = entry;
  const bytes = deltaOf(entry);
  const isTooSmall = Math.abs(bytes) < FLOOR && Math.abs(bytes) * 2 < Math.abs(delta);
  if (bytes === 0 || isTooSmall) return [];
  const kind = base === null ? 'added' : head === null ? 'removed' : bytes > 0 ? 'grown' : 'shrunk';
  return [{ ...bare(name, kind), module: name, load: loadOf(entry), bytes }];
}

function loadOf({ base, head }: Entry): Cause['load'] {
  return (head ?? base)?.load ?? null;
}

/** A cause of a kind, of which nothing else is known yet. */
function bare(subject: string, kind: Cause['kind']): Cause {
  return {
    subject,
    kind,
    package: null,
    version: null,
    module: null,
    load: null,
    from: null,
    to: null,
    bytes: 0,
    importer: null,
  };
}

/** What the named causes leave: the bundler's own code, what has no map, and compression. */
function restOf(
  entries: readonly Entry[],
  delta: number,
  named: readonly Cause[],
  whole: string,
): Cause[] {
  const bytes = named.reduce((rest, cause) => rest - cause.bytes, delta);
  if (bytes === 0) return [];
  const [load = null, ...others] = new Set(entries.map(loadOf));
  return [{ ...bare(whole, 'other'), load: others.length === 0 ? load : null, bytes }];
}

function byBytes(left: Cause, right: Cause): number {
  const size = Math.abs(right.bytes) - Math.abs(left.bytes);
  return size === 0 ? (nameOf(left) < nameOf(right) ? -1 : 1) : size;
}

function nameOf({ package: name, module, subject }: Cause): string {
  return `${name ?? module ?? ''} ${subject}`;
}
