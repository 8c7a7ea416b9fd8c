import type { BaseKind } from '../model/comparison.ts';
import type { HistoryContext } from './history.ts';

/** The commit that head is compared with. */
export interface BaseCommit {
  /** In full. */
  readonly commit: string;
  readonly how: BaseKind;
  /** The branch that it is on, by its short name; null where that is not known. */
  readonly branch: string | null;
}

/** Which commit is base, or why none is. */
export type Resolved =
  | { readonly kind: 'found'; readonly base: BaseCommit }
  /** `why`: whole sentences, with what to do. */
  | { readonly kind: 'absent'; readonly why: string };

/** All that the way to base may depend on. */
export interface Scene extends HistoryContext {
  /** The `baseline.branch` setting. */
  readonly branch: string | null;
  /** What HEAD is at; null where nothing is checked out. */
  readonly head: string | null;
}

export function found(commit: string, how: BaseCommit['how'], branch: string | null): Resolved {
  return { kind: 'found', base: { commit, how, branch } };
}

export function absent(why: string): Resolved {
  return { kind: 'absent', why };
}

/** How a commit is called in a sentence. */
export function short(commit: string): string {
  return `\`${commit.slice(0, 7)}\``;
}
