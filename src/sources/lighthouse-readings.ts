import * as z from 'zod/mini';
import { CATEGORIES, KNOWN, RESOURCE_TYPES, USER_TIMING } from './lighthouse-metrics.ts';

/** A value, or why the run has none although it should. */
export type Reading = { readonly value: number } | { readonly broken: string };

const audit = z.object({
  numericValue: z.optional(z.unknown()),
  scoreDisplayMode: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
  details: z.optional(z.unknown()),
});
const category = z.object({
  score: z.nullable(z.number()),
  auditRefs: z.optional(z.array(z.object({ weight: z.number() }))),
});

/** What a report says of a page, by audit and by category. */
export const measuredSchema = {
  audits: z.record(z.string(), audit),
  categories: z.optional(z.record(z.string(), category)),
};
type Audit = z.infer<typeof audit>;
type Measured = z.infer<z.ZodMiniObject<typeof measuredSchema>>;

/** What a report says of the metrics that are known, by metric. */
export function readingsOf(result: Measured): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>();
  const audits = new Map(Object.entries(result.audits));
  for (const id of KNOWN) {
    const reading = auditReading(audits.get(id) ?? audits.get(RENAMED[id] ?? id));
    if (reading !== null) readings.set(id, reading);
  }
  for (const id of CATEGORIES) {
    const category = result.categories?.[id];
    const reading = category === undefined ? null : scoreReading(category);
    if (reading !== null) readings.set(id, reading);
  }
  addResources(audits.get('resource-summary'), audits.get('network-requests'), readings);
  addUserTimings(audits.get('user-timings'), readings);
  return readings;
}

/** A snapshot of a page says 0 where no audit has a weight: that is no score, not a bad one. */
function scoreReading({ score, auditRefs }: z.infer<typeof category>): Reading | null {
  if (score === null) return { broken: 'its score is null: an audit in it failed' };
  const isWeightless = auditRefs?.every(({ weight }) => weight === 0) ?? false;
  return isWeightless ? null : { value: score };
}

/** Other names of audits: 13 made insights of some, 10 tried INP out. */
const RENAMED: Readonly<Record<string, string>> = {
  'dom-size': 'dom-size-insight',
  'interaction-to-next-paint': 'experimental-interaction-to-next-paint',
};

function auditReading(audit: Audit | undefined): Reading | null {
  if (audit === undefined) return null;
  if (audit.scoreDisplayMode === 'error' || audit.errorMessage !== undefined) {
    return { broken: `the audit failed: ${audit.errorMessage ?? 'no message'}` };
  }
  if (audit.scoreDisplayMode === 'notApplicable') return null;
  const { numericValue } = audit;
  if (numericValue === undefined) return null;
  if (typeof numericValue === 'number' && Number.isFinite(numericValue)) {
    return { value: numericValue };
  }
  return { broken: `its value is ${JSON.stringify(numericValue)}` };
}

const resources = z.object({
  items: z.array(
    z.object({
      resourceType: z.string(),
      requestCount: z.number(),
      transferSize: z.optional(z.number()),
      size: z.optional(z.number()),
    }),
  ),
});
const requests = z.object({
  items: z.array(
    z.object({
      url: z.string(),
      resourceType: z.optional(z.string()),
      transferSize: z.optional(z.number()),
    }),
  ),
});

function addResources(
  summary: Audit | undefined,
  list: Audit | undefined,
  readings: Map<string, Reading>,
): void {
  const parsed = resources.safeParse(summary?.details);
  if (!parsed.success) {
    addRequests(list, readings);
    return;
  }
  for (const { resourceType, requestCount, transferSize, size } of parsed.data.items) {
    readings.set(`resource-count:${resourceType}`, { value: requestCount });
    const bytes = transferSize ?? size;
    if (bytes !== undefined) readings.set(`resource-size:${resourceType}`, { value: bytes });
  }
}

/** Lighthouse 11 before 11.4 had no summary: count the requests themselves. */
function addRequests(list: Audit | undefined, readings: Map<string, Reading>): void {
  const parsed = requests.safeParse(list?.details);
  if (!parsed.success) return;
  for (const type of RESOURCE_TYPES) {
    if (type === 'third-party') continue;
    const items = parsed.data.items.filter(
      (item) =>
        !item.url.startsWith('data:') && (type === 'total' || kindOf(item.resourceType) === type),
    );
    const bytes = items.reduce((sum, item) => sum + (item.transferSize ?? 0), 0);
    readings.set(`resource-count:${type}`, { value: items.length });
    readings.set(`resource-size:${type}`, { value: bytes });
  }
}

function kindOf(type: string | undefined): string {
  const name = (type ?? 'other').toLowerCase();
  return (RESOURCE_TYPES as readonly string[]).includes(name) ? name : 'other';
}

const timings = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      timingType: z.string(),
      startTime: z.number(),
      duration: z.optional(z.number()),
    }),
  ),
});

/** A mark is when it was set, a measure is how long it took; both in milliseconds. */
function addUserTimings(audit: Audit | undefined, readings: Map<string, Reading>): void {
  const parsed = timings.safeParse(audit?.details);
  if (!parsed.success) return;
  for (const { name, timingType, startTime, duration } of parsed.data.items) {
    const value = timingType.toLowerCase() === 'measure' ? duration : startTime;
    const id = `${USER_TIMING}${name}`;
    // The first of several marks of a name is when the page was first that far.
    if (value !== undefined && !readings.has(id)) readings.set(id, { value });
  }
}
