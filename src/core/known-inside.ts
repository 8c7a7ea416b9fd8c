import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Asset, Snapshot } from '../model/snapshot.ts';
import { NOT_INSIDE_KNOWN } from '../model/verdict.ts';
import { CODE } from './account.ts';
import { type Doubt, exactSubject, type Subject } from './subject.ts';
import { unopenedScripts } from './unopened-scripts.ts';

/** Whether anything says what is inside any file. */
export function isOpen(snapshot: Snapshot): boolean {
  return snapshot.assets.some(({ modules }) => modules !== undefined);
}

/** What is not known to be inside is never known not to be. */
export function closedSubject(name: string, head: Snapshot): Subject | null {
  if (isOpen(head)) return null;
  const count = codeIn(head).length;
  const detail =
    count === 0
      ? 'no script or style is measured: name them in `track`'
      : `${NOT_INSIDE_KNOWN}: ${count === 1 ? 'the script has' : 'the scripts and styles have'} no source maps`;
  return { ...exactSubject(name), detail };
}

/** Scripts and styles, as far as they have anything in them. */
function codeIn({ assets }: Snapshot): Asset[] {
  return assets.filter(({ path, raw }) => CODE.test(path) && raw > 0);
}

/** How many scripts could not be looked into, in words; null where all could be. */
export function notLookedInto(head: Snapshot): string | null {
  const { all } = unopenedScripts(head);
  return all.length === 0 ? null : closedWords(all.length);
}

/** What keeps a count from being sure; null where all that matters could be looked into. */
export function doubtOf(head: Snapshot): Doubt | null {
  const { telling } = unopenedScripts(head);
  if (telling.length === 0) return null;
  const way = `turn source maps on for ${telling.length === 1 ? 'it' : 'them'}`;
  return { detail: `${closedWords(telling.length)}: ${way}`, of: 'value' };
}

function closedWords(count: number): string {
  const scripts = count === 1 ? '1 script has' : `${count} scripts have`;
  return `${scripts} no source map, and could not be looked into`;
}

/** A change is known although files are not looked into, as long as these did not change. */
export function hasUnknown(changed: readonly AssetChange[], { head, base }: Comparison): boolean {
  const snapshots = base === null ? [head] : [head, base.snapshot];
  const telling = new Set(snapshots.flatMap((snapshot) => unopenedScripts(snapshot).telling));
  return changed.some((change) =>
    [change.base, change.head].some((asset) => asset !== null && telling.has(asset)),
  );
}
