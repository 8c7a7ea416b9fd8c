import type { Budget } from '../model/budget.ts';
import type { Encoding } from '../model/metric.ts';
import type { Written } from './limits.ts';
import type { Problem } from './problem.ts';
import type { Shapes } from './shapes.ts';

/** What the budgets file says beside its entries. */
export interface EntryContext {
  /** Null where they are broken: no budget can be called limitless then. */
  readonly defaults: Written | null;
  readonly encodings: readonly Encoding[];
  /** Null for a file that they have nothing to say of. */
  readonly shapes: Shapes | null;
}

/** What an entry comes to: budgets, or what is wrong with it. */
export interface ReadEntry {
  readonly budgets: readonly Budget[];
  readonly problems: readonly Problem[];
}
