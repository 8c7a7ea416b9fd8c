import type { ImportSelection } from '../model/budget.ts';
import type { Comparison, MeasurementChange } from '../model/comparison.ts';
import { encodingOf } from '../model/metric.ts';
import { importText } from './import-text.ts';
import { type BaseValue, exactSubject, type Subject } from './subject.ts';

/** The one subject of an import budget: exact bytes, never noisy. */
export function importSubject(
  selection: ImportSelection,
  metric: string,
  comparison: Comparison,
): Subject {
  const subject = importText(selection);
  const change = comparison.measurements.find(
    ({ head }) => head?.source === 'import' && head.subject === subject && head.metric === metric,
  );
  if (change === undefined) return { ...exactSubject(subject), detail: absence(selection) };
  return {
    ...exactSubject(subject),
    actual: change.head?.value ?? null,
    base: baseOf(change, comparison, subject, metric),
    covers: { kind: 'measurement', change },
  };
}

function baseOf(
  change: MeasurementChange,
  { base }: Comparison,
  subject: string,
  metric: string,
): BaseValue {
  if (base === null) return { kind: 'none', detail: null };
  if (change.base !== null && change.comparable) return { kind: 'known', value: change.base.value };
  if (change.base !== null) return { kind: 'incomparable', detail: difference(change, metric) };
  const isKnown = base.snapshot.measurements.some(
    (item) => item.source === 'import' && item.subject === subject,
  );
  const unmeasured = isKnown
    ? `base has no ${encodingOf(metric)} size of it`
    : 'base had no such import';
  return { kind: 'none', detail: `new budget: ${unmeasured}` };
}

function difference({ base, head }: MeasurementChange, metric: string): string {
  const [before, after] = [base?.environment, head?.environment];
  return before === after
    ? `base was compressed with another level or encoder of ${encodingOf(metric)}`
    : `base was bundled by ${before}, head by ${after}`;
}

function absence({ imports }: ImportSelection): string {
  const places = imports.map(({ from }) => from);
  const which = places.length === 1 ? places.join('') : `one of ${places.join(', ')}`;
  return `${which} leads to no file`;
}
