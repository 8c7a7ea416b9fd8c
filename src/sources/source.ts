import type * as z from 'zod/mini';
import type { PlainTest } from '../core/plain-value.ts';
import type { Selection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { MetricDefinition } from '../model/metric.ts';
import type { Encoders, Measurement, Tracked } from '../model/snapshot.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * What schemas of sources are made with: by name, as whoever hands over all of zod bundles all of
 * it, four hundred kilobytes of other languages included.
 */
export type Zod = Pick<
  typeof z,
  | 'array'
  | 'boolean'
  | 'describe'
  | 'enum'
  | 'gt'
  | 'gte'
  | 'int'
  | 'literal'
  | 'lte'
  | 'maxLength'
  | 'minLength'
  | 'number'
  | 'optional'
  | 'record'
  | 'regex'
  | 'strictObject'
  | 'string'
  | 'union'
>;

/** Why a metric's name is refused, and what to write instead. */
export interface Refusal {
  readonly refused: string;
  readonly hint: string | null;
}

/** What is wrong with an entry, said of one of its keys. */
export interface Fault {
  readonly key: string;
  readonly what: string;
  readonly hint: string;
  /** Keys that it is missed in; where one of them is there and broken, it is not to be said. */
  readonly missedIn?: readonly string[];
}

/** A metric whose unit and direction are known only from the report itself. */
export interface OpenMetric {
  readonly id: string;
  readonly open: true;
}

/** What a source says of a metric's name. */
export type MetricChoice = MetricDefinition | OpenMetric | Refusal;

/** A budget's own keys, as the user wrote them and the source's options accepted them. */
export type Entry = Readonly<Record<string, unknown>>;

/** What to measure. `budgets` are the config's, already selected for this source. */
export interface CollectRequest {
  readonly config: Config;
  readonly selections: readonly Selection[];
  /** Whether it is base that is measured, by the budgets of head: some of these are new. */
  readonly isBase?: boolean | undefined;
}

/** Files that budgets speak of. Whoever wishes for one, and how often: it is weighed once. */
export interface Wishes {
  readonly files: readonly PlannedFile[];
  readonly tracked: Partial<Tracked>;
}

/** What a source read in reports, or made by itself. */
export interface Collected {
  readonly measurements: readonly Measurement[];
  readonly tracked: Partial<Tracked>;
  /** Things a user should know that are no error: a report left out, and why. */
  readonly notes: readonly string[];
  /** Compressed bytes of the probe, of a source that compresses by itself. */
  readonly probe?: Encoders['probe'];
  /** Whether something was left out, as base does not have what a new budget of head speaks of. */
  readonly isPartial?: boolean;
}

/**
 * One kind of budget subject: where numbers come from. To add one, write a file that exports a
 * `Source` and register it in `sources/index.ts`; validation, schema and docs follow from it.
 */
export interface Source {
  /** The key that names the subject in a budget: `files`, `lighthouse`. */
  readonly subject: string;
  /** One line for the README's table. */
  readonly describes: string;
  /**
   * The subject's value and the keys that only this source knows. `z` is handed in, as most files
   * need no schema to be known as right, and zod takes longer to load than they do to check.
   */
  options(z: Zod): Readonly<Record<string, z.ZodMiniType>>;
  /** The same keys, each with a quick test: what passes it passes the schema as well. */
  readonly keys: Readonly<Record<string, PlainTest>>;
  /** The metric of an entry; `undefined` asks for the default one. */
  metric(id: string | undefined, entry: Entry): MetricChoice;
  /** What is wrong with an entry beyond the shape of its values; null when nothing is. */
  refuse?(entry: Entry): Fault | null;
  /** As much of `refuse` as a JSON Schema can say, for editors. */
  rules?(): Readonly<Record<string, unknown>>;
  /** Metric ids that can be named, for suggestions; absent where only reports know them. */
  readonly metrics?: readonly string[];
  selection(entry: Entry): Selection;
  /** Says which files are to be weighed; of sources that speak of built files. */
  wish?(request: CollectRequest, host: Host): Promise<Wishes>;
  /** Reads reports, or makes what is measured; of sources that speak of no built files. */
  collect?(request: CollectRequest, host: Host): Promise<Collected>;
}

/** True for a metric that the source does not know. */
export function isRefusal(choice: MetricChoice): choice is Refusal {
  return 'refused' in choice;
}

/** True for a metric that only reports know. */
export function isOpen(choice: MetricChoice): choice is OpenMetric {
  return 'open' in choice;
}

/** The globs of an entry's subject, which may be written as one or as a list. */
export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value : [String(value)];
}
