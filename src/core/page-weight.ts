import type { PageSelection } from '../model/budget.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import { type Encoding, encodingOf } from '../model/metric.ts';
import { tidy } from './statistics.ts';

/** What a budget asks of its pages. */
export interface AskedOfPages {
  readonly selection: PageSelection;
  readonly metric: string;
  readonly comparison: Comparison;
}

/**
 * The value of the metric over files of pages, in its unit, and the files as far as they are measured.
 * Null where a size is not known.
 */
export function weighPages(
  files: readonly string[],
  side: 'base' | 'head',
  asked: AskedOfPages,
): { readonly value: number | null; readonly changes: readonly AssetChange[] } {
  const { metric, selection, comparison } = asked;
  const changes = files.flatMap((path) => changesAt(comparison)[side].get(path) ?? []);
  if (metric === 'requests') return { value: files.length, changes };
  const sizes = changes.map((change) => change.sizes[encodingIn(asked)][side]);
  const known = sizes.filter((size) => size !== undefined);
  if (known.length < files.length) return { value: null, changes };
  const bytes = known.reduce((total, size) => total + size, 0);
  return { value: metric === 'download-time' ? timeOf(bytes, selection) : bytes, changes };
}

/**
 * Milliseconds: one round trip, and the bits at the speed of the network (kilobits a second are
 * bits a millisecond). What is fetched one after the other takes longer: it is a lower bound that
 * moves with the bytes, and no simulation.
 */
function timeOf(bytes: number, { network }: PageSelection): number | null {
  if (network === null) return null;
  return bytes === 0 ? 0 : tidy(network.rtt + (bytes * 8) / network.kbps);
}

/** In which the bytes count: a metric of sizes names it itself. */
export function encodingIn({ metric, selection }: AskedOfPages): Encoding {
  return encodingOf(metric) ?? selection.encoding;
}

type ByPath = Readonly<Record<'base' | 'head', ReadonlyMap<string, AssetChange>>>;

const INDEXES = new WeakMap<Comparison, ByPath>();

/** Made once for a comparison, however many pages ask. */
function changesAt(comparison: Comparison): ByPath {
  const known = INDEXES.get(comparison);
  if (known !== undefined) return known;
  const of = (side: 'base' | 'head') =>
    new Map(
      comparison.assets.flatMap((change) => {
        const asset = change[side];
        return asset === null ? [] : [[asset.path, change] as const];
      }),
    );
  const index = { base: of('base'), head: of('head') };
  INDEXES.set(comparison, index);
  return index;
}
