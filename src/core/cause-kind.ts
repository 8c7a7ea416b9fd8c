import type { Load } from '../model/page.ts';
import type { ReportCause } from '../model/report.ts';
import type { Group } from './cause-groups.ts';
import { loadIn, type Presence } from './cause-presence.ts';

/** What happened to a package or module. */
export type Happened = Pick<ReportCause, 'kind' | 'from' | 'to'>;

/** Where it is in the whole builds; undefined where it is not. */
export interface Whereabouts {
  readonly base: Presence | undefined;
  readonly head: Presence | undefined;
}

/**
 * Raw bytes by which a module must have changed to be named: names that a minifier gives anew move
 * every module of a file by a few. The measured floor of 60 B, or 3 % of what was there.
 */
export const FLOOR = 60;
const FLOOR_SHARE = 0.03;
/** Of what was loaded late, as much as must have changed its class to call it moved. */
const LEFT = 0.5;
const ARRIVED = 0.4;

/**
 * What happened, as far as it is worth a name; null for what is left to `other`.
 * @param delta bytes of all that is explained: what makes half of it is never too small to name
 */
export function happenedTo(group: Group, where: Whereabouts, delta: number): Happened | null {
  const { base, head } = where;
  if (base === undefined || head === undefined) return cameOrWent(group, where, delta);
  const certain = placeOf(base, head) ?? copyOf(group, base, head) ?? versionOf(base, head);
  if (certain !== null) return certain;
  return isTooSmall(group, delta) ? null : bySize(group, base, head);
}

function placeOf(base: Presence, head: Presence): Happened | null {
  const shift = shiftOf(base, head);
  return shift === null ? null : { kind: 'moved', ...shift };
}

/** One more installed copy, or the same modules in more files: one of those explained here. */
function copyOf(group: Group, base: Presence, head: Presence): Happened | null {
  if (group.head.raw <= group.base.raw) return null;
  const isFresh = group.cells.some((cell) => cell.base.raw === 0 && cell.head.raw > 0);
  const isCopied = isFresh && head.copied - base.copied > FLOOR;
  return isCopied || head.instances.size > base.instances.size
    ? { kind: 'duplicated', from: null, to: null }
    : null;
}

function versionOf(base: Presence, head: Presence): Happened | null {
  const [from, to] = [versionsOf(base), versionsOf(head)];
  return from === null || to === null || from === to ? null : { kind: 'version', from, to };
}

function bySize(group: Group, base: Presence, head: Presence): Happened {
  const isElsewhere = group.base.raw === 0 || group.head.raw === 0;
  if (isElsewhere && base.copied === head.copied) {
    const [from, to] = [loadIn(base), loadIn(head)];
    const isOtherClass = from !== to;
    return { kind: 'moved', from: isOtherClass ? from : null, to: isOtherClass ? to : null };
  }
  return { kind: kindBySize(group, isElsewhere), from: null, to: null };
}

/** A package is named however small it is: somebody chose it. */
function cameOrWent(group: Group, { base }: Whereabouts, delta: number): Happened | null {
  if (group.owner.package === null && isTooSmall(group, delta)) return null;
  return { kind: base === undefined ? 'added' : 'removed', from: null, to: null };
}

function kindBySize({ base, head }: Group, isElsewhere: boolean): Happened['kind'] {
  if (head.raw > base.raw) return isElsewhere ? 'added' : 'grown';
  return isElsewhere ? 'removed' : 'shrunk';
}

/** Most of what was in one class is now in the other. */
function shiftOf(before: Presence, after: Presence): { from: Load; to: Load } | null {
  const hasShifted = (from: Load, to: Load) =>
    before[from] - after[from] > Math.max(before[from] * LEFT, FLOOR / 2) &&
    after[to] - before[to] > Math.max(before[from] * ARRIVED, FLOOR / 2);
  if (hasShifted('lazy', 'initial')) return { from: 'lazy', to: 'initial' };
  return hasShifted('initial', 'lazy') ? { from: 'initial', to: 'lazy' } : null;
}

/** `1.0.0`, `1.0.0, 2.0.0`; null where none is known. */
export function versionsOf({ instances }: Presence): string | null {
  const known = [...instances.values()].filter((version) => version !== null);
  return known.length === 0 ? null : [...new Set(known)].sort().join(', ');
}

/** Compressed sizes of what is the same depend on its neighbours: that is no change of it. */
function isTooSmall({ base, head }: Group, delta: number): boolean {
  const [raw, bytes] = [head.raw - base.raw, head.bytes - base.bytes];
  if (raw === 0 || Math.sign(raw) === -Math.sign(bytes)) return true;
  const isMostOfIt = Math.abs(bytes) * 2 >= Math.abs(delta);
  return !isMostOfIt && Math.abs(raw) < Math.max(FLOOR, base.raw * FLOOR_SHARE);
}
