import { type Encoding, encodingOf, sizeMetric } from '../model/metric.ts';
import type { Entry, MetricChoice } from './source.ts';

/** The size metric of an entry: by its id, by `encoding`, or by both where they agree. */
export function sizeChoice(id: string | undefined, entry: Entry, what: string): MetricChoice {
  if (id === undefined) return sizeMetric((entry.encoding as Encoding | undefined) ?? 'gzip');
  const encoding = encodingOf(id);
  if (encoding === null) return { refused: `"${id}" is not a metric of ${what}`, hint: null };
  if (entry.encoding === undefined || entry.encoding === encoding) return sizeMetric(encoding);
  return {
    refused: `"${id}" contradicts \`encoding\`, which is ${String(entry.encoding)}`,
    hint: 'Keep one of them.',
  };
}
