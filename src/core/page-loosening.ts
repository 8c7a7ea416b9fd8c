import type { Budget, PageSelection } from '../model/budget.ts';
import { ENCODINGS, encodingOf } from '../model/metric.ts';
import type { Network } from '../model/page.ts';
import { isLeftOut } from './left-out.ts';
import type { Loosened } from './loosened-limits.ts';
import { displayPattern } from './select.ts';

/** Ways in which a budget on pages speaks of less than it did; its patterns are looked at apart. */
export function pageLoosenings(
  before: Budget,
  after: Budget,
  [old, next]: readonly [PageSelection, PageSelection],
): Loosened[] {
  const isOther =
    old.subject !== next.subject ||
    isOtherMetric(before.metric, after.metric) ||
    old.types.some((type) => !next.types.includes(type)) ||
    (old.load !== next.load && next.load !== 'all') ||
    isFaster(old.network, next.network);
  const [from, to] = [pageText(before, old), pageText(after, next)];
  const isTimed = encodingOf(after.metric) === null && before.metric === after.metric;
  return [
    ...(isOther ? [{ kind: 'selection-changed', from, to } as const] : []),
    ...(isTimed && ENCODINGS.indexOf(next.encoding) > ENCODINGS.indexOf(old.encoding)
      ? [{ kind: 'weaker-encoding', from: old.encoding, to: next.encoding } as const]
      : []),
    ...ignoredMore(old, next),
  ];
}

function ignoredMore({ ignore: old = [] }: PageSelection, { ignore = [] }: PageSelection) {
  const added = ignore.filter((pattern) => !isLeftOut(pattern, old));
  return added.map((pattern): Loosened => ({ kind: 'ignore-added', from: null, to: pattern }));
}

/** A size in another encoding is the same metric: that is a loosening of its own. */
function isOtherMetric(before: string, after: string): boolean {
  return before !== after && (encodingOf(before) === null || encodingOf(after) === null);
}

/** The same bytes take less time. */
function isFaster(before: Network | null, after: Network | null): boolean {
  if (before === null || after === null) return false;
  return after.kbps > before.kbps || after.rtt < before.rtt;
}

/** What a budget on pages speaks of, in words. */
export function pageText({ metric }: Budget, selection: PageSelection): string {
  const { subject, pages, types, load, network } = selection;
  const parts = [subject, pages.map(displayPattern).join(', '), load, types.join(', '), metric];
  if (network !== null) parts.push(`${network.kbps} kbps, ${network.rtt} ms`);
  return parts.join(' ');
}
