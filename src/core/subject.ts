import type { Unit } from '../model/metric.ts';

/** What base says of a subject, or why it says nothing. */
export type BaseValue =
  | { readonly kind: 'known'; readonly value: number }
  /** New in head inside what base tracked: there is nothing to compare with, and it is said. */
  | { readonly kind: 'new' }
  | { readonly kind: 'none'; readonly detail: string | null }
  | { readonly kind: 'incomparable'; readonly detail: string };

/** One subject of a budget, with all that a limit can be held against. */
export interface Subject {
  readonly subject: string;
  readonly unit: Unit;
  /** Stored units in one unit of the report's own, for limits written as bare numbers. */
  readonly scale: number;
  /** Null where nothing matched; `detail` then says what was looked for. */
  readonly actual: number | null;
  readonly base: BaseValue;
  readonly isNoisy: boolean;
  readonly runs: number;
  readonly interval: readonly [number, number] | null;
  readonly detail: string | null;
}

/** A subject in bytes of files, which do not vary; nothing is known of it yet. */
export function exactSubject(subject: string): Subject {
  return {
    subject,
    unit: 'byte',
    scale: 1,
    actual: null,
    base: { kind: 'none', detail: null },
    isNoisy: false,
    runs: 1,
    interval: null,
    detail: null,
  };
}
