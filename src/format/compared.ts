import type { BaseKind } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';

type Base = NonNullable<Report['comparison']['base']>;

const KINDS: Readonly<Record<BaseKind, string>> = {
  'merge-base': 'the merge base',
  'first-parent': 'the first parent of what was built',
  'before-push': 'the commit before the push',
  queue: 'what the queue merges into',
  ref: 'the commit asked for',
};

/**
 * What head was compared with, and how it was found: every report says it.
 * @param quote marks names as the words of others, in the form of the report
 */
export function comparedWords(base: Base, quote: (text: string) => string): string {
  const { commit, provenance, how, store } = base;
  if (commit === null) return `Compared with ${quote(store)}`;
  const name = quote(commit.slice(0, 7));
  if (provenance === 'file')
    return `Compared with ${name}, a snapshot named by hand: ${quote(store)}`;
  const kind = KINDS[how ?? 'merge-base'];
  if (provenance === 'rebuilt') return `Compared with ${name}, ${kind}, built anew`;
  const place = provenance === 'exact' ? kind : ancestorWords(base, kind);
  return `Compared with ${name}, ${place}, ${keptWords(base)}`;
}

function ancestorWords({ distance, isUntouched }: Base, kind: string): string {
  const commits = distance === 1 ? '1 commit' : `${distance} commits`;
  const between = isUntouched ? 'which changed nothing here' : 'the nearest with a record';
  return `${commits} before ${kind}, ${between}`;
}

function keptWords({ store, run }: Base): string {
  return run === null ? `kept by the ${store} store` : `stored by run ${run}`;
}
