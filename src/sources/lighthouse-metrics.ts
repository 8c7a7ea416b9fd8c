import type { Direction, MetricDefinition, MetricKind, Unit } from '../model/metric.ts';
import type { Refusal } from './source.ts';

/**
 * Numeric audits of Lighthouse 10 to 13 and what their `numericValue` is. Bytes and counts of
 * one page are exact; times and scores are lab metrics, which vary from run to run.
 */
const TIMES = [
  'first-contentful-paint',
  'first-meaningful-paint',
  'largest-contentful-paint',
  'speed-index',
  'total-blocking-time',
  'interactive',
  'max-potential-fid',
  'interaction-to-next-paint',
  'server-response-time',
  'bootup-time',
  'mainthread-work-breakdown',
  'network-rtt',
  'network-server-latency',
  'redirects',
] as const;

/** Estimated savings, in milliseconds whatever they are about. */
const SAVINGS = [
  'duplicated-javascript',
  'efficient-animated-content',
  'legacy-javascript',
  'modern-image-formats',
  'offscreen-images',
  'prioritize-lcp-image',
  'render-blocking-resources',
  'unminified-css',
  'unminified-javascript',
  'unused-css-rules',
  'unused-javascript',
  'uses-http2',
  'uses-optimized-images',
  'uses-rel-preconnect',
  'uses-responsive-images',
  'uses-text-compression',
] as const;

const COUNTS = ['dom-size'] as const;
const BYTES = ['total-byte-weight', 'uses-long-cache-ttl'] as const;
export const CATEGORIES = [
  'performance',
  'accessibility',
  'best-practices',
  'seo',
  'pwa',
  'agentic-browsing',
] as const;

export const RESOURCE_TYPES = [
  'total',
  'document',
  'script',
  'stylesheet',
  'image',
  'media',
  'font',
  'other',
  'third-party',
] as const;

/** Every metric that can be named without a user's own word in it, for suggestions. */
export const KNOWN: readonly string[] = [
  ...TIMES,
  ...COUNTS,
  ...BYTES,
  'cumulative-layout-shift',
  ...SAVINGS,
  ...CATEGORIES,
  ...RESOURCE_TYPES.flatMap((type) => [`resource-size:${type}`, `resource-count:${type}`]),
];

/** Spellings of other tools and of daily speech. */
const SHORT: Readonly<Record<string, string>> = {
  lcp: 'largest-contentful-paint',
  fcp: 'first-contentful-paint',
  tbt: 'total-blocking-time',
  cls: 'cumulative-layout-shift',
  inp: 'interaction-to-next-paint',
  si: 'speed-index',
  tti: 'interactive',
  ttfb: 'server-response-time',
};

export const USER_TIMING = 'user-timing:';

/** The definition of a metric, or why it is refused. */
export function lighthouseMetric(id: string): MetricDefinition | Refusal {
  const definition = definitionOf(id);
  if (definition !== null) return definition;
  const short = id.toLowerCase();
  const full = Object.hasOwn(SHORT, short) ? SHORT[short] : undefined;
  if (full !== undefined) {
    return { refused: `"${id}" is not a metric`, hint: `Write it out: "${full}".` };
  }
  return { refused: `"${id}" is not a metric of Lighthouse reports`, hint: null };
}

function definitionOf(id: string): MetricDefinition | null {
  const plain = PLAIN.get(id);
  if (plain !== undefined) return plain;
  const at = id.indexOf(':');
  const [family, type] = [id.slice(0, at), id.slice(at + 1)];
  if (at < 0 || type === '') return null;
  if (family === 'user-timing') return define(id, 'millisecond', 'lower', 'lab');
  const isType = (RESOURCE_TYPES as readonly string[]).includes(type);
  if (isType && family === 'resource-size') return define(id, 'byte', 'lower', 'size');
  return isType && family === 'resource-count' ? define(id, 'count', 'lower', 'size') : null;
}

const PLAIN: ReadonlyMap<string, MetricDefinition> = new Map(
  [
    ...[...TIMES, ...SAVINGS].map((id) => define(id, 'millisecond', 'lower', 'lab')),
    // Lighthouse 13 counts elements that 12 did not: comparable within a version only.
    ...COUNTS.map((id) => define(id, 'count', 'lower', 'lab')),
    ...BYTES.map((id) => define(id, 'byte', 'lower', 'size')),
    ...CATEGORIES.map((id) => define(id, 'score', 'higher', 'lab')),
    define('cumulative-layout-shift', 'score', 'lower', 'lab'),
  ].map((definition) => [definition.id, definition]),
);

function define(id: string, unit: Unit, better: Direction, kind: MetricKind): MetricDefinition {
  return { id, label: id, unit, better, kind };
}
