/** The unit a value is stored in; what people read is made by `format/units.ts`. */
export type Unit = 'byte' | 'millisecond' | 'count' | 'ratio' | 'score' | 'per-second';

/** Which way is better. */
export type Direction = 'lower' | 'higher';

/** `size`: exact bytes of files. `lab`: a synthetic run. `load`: a load test. `field`: real users. */
export type MetricKind = 'size' | 'lab' | 'field' | 'load';

/** What a number means. The direction belongs to the metric, never to the tool that measured it. */
export interface MetricDefinition {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Direction;
  readonly kind: MetricKind;
}

/** Content encodings; the order is from the largest result to the smallest. */
export const ENCODINGS = ['raw', 'gzip', 'brotli'] as const;
/** A content encoding; `raw` is none. */
export type Encoding = (typeof ENCODINGS)[number];
/** An encoding that takes an encoder. */
export type CompressedEncoding = Exclude<Encoding, 'raw'>;

/** The metric of an asset's bytes in an encoding: `size.gzip`. */
export function sizeMetric(encoding: Encoding): MetricDefinition {
  return {
    id: `size.${encoding}`,
    label: `${encoding} size`,
    unit: 'byte',
    better: 'lower',
    kind: 'size',
  };
}

/** The encoding of a size metric's id, or null for any other metric. */
export function encodingOf(metricId: string): Encoding | null {
  return ENCODINGS.find((encoding) => metricId === `size.${encoding}`) ?? null;
}
