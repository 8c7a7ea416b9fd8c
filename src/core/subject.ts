import type { AssetChange, MeasurementChange } from '../model/comparison.ts';
import type { Unit } from '../model/metric.ts';
import type { Load } from '../model/page.ts';

/** What base says of a subject, or why it says nothing. */
export type BaseValue =
  | { readonly kind: 'known'; readonly value: number }
  /** New in head inside what base tracked: there is nothing to compare with, and it is said. */
  | { readonly kind: 'new' }
  | { readonly kind: 'none'; readonly detail: string | null }
  | { readonly kind: 'incomparable'; readonly detail: string };

/** An asset that a subject speaks of, and the sides on which its value counts it. */
export interface Part {
  readonly change: AssetChange;
  readonly isInBase: boolean;
  readonly isInHead: boolean;
}

/** When a page fetches its assets, by path; what is not in it the page does not load. */
export interface PageLoads {
  readonly base: ReadonlyMap<string, Load>;
  readonly head: ReadonlyMap<string, Load>;
}

/** What a subject's value is made of: what explains its change. */
export type Covers =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'assets';
      readonly parts: readonly Part[];
      /** Of one page; not given where each asset's own `load` counts. */
      readonly loads?: PageLoads | undefined;
    }
  /** The modules of a package, wherever they are. */
  | { readonly kind: 'package'; readonly name: string; readonly parts: readonly Part[] }
  | { readonly kind: 'measurement'; readonly change: MeasurementChange };

/** One subject of a budget, with all that a limit can be held against. */
export interface Subject {
  readonly subject: string;
  readonly unit: Unit;
  /** Stored units in one unit of the report's own, for limits written as bare numbers. */
  readonly scale: number;
  /** Null where nothing matched. */
  readonly actual: number | null;
  readonly base: BaseValue;
  readonly isNoisy: boolean;
  readonly runs: number;
  readonly interval: readonly [number, number] | null;
  /** Where nothing matched, what was looked for; else what a reader should know of the value. */
  readonly detail: string | null;
  readonly covers: Covers;
  /** Null where what is known is all. */
  readonly doubt: Doubt | null;
  /** Its value is 0 because there is nothing to count, which only a limit of 0 asks for. */
  readonly isEmpty: boolean;
}

/** Why what is known may not be all, and what would tell. */
export interface Doubt {
  readonly detail: string;
  /**
   * What it leaves open. `passes`: more is named than was counted, so what is broken stays broken.
   * `value`: `actual` is only the least that it can be, and is not shown where the rest decides.
   * `all`: nothing holds.
   */
  readonly of: 'passes' | 'value' | 'all';
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
    covers: { kind: 'nothing' },
    doubt: null,
    isEmpty: false,
  };
}
