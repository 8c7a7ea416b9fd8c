import * as z from 'zod/mini';
import { UserError } from '../model/errors.ts';
import { CATEGORIES, KNOWN, RESOURCE_TYPES, USER_TIMING } from './lighthouse-metrics.ts';
import { normalPath } from './page-path.ts';

/** A value, or why the run has none although it should. */
export type Reading = { readonly value: number } | { readonly broken: string };

/** One run of one page. */
export interface Run {
  readonly file: string;
  /** The page's path, and what sets this run apart from a plain navigation to it. */
  readonly subject: string;
  readonly formFactor: string | null;
  readonly isNavigation: boolean;
  /** What must be the same for two runs to be comparable. */
  readonly environment: string;
  /** The same run may be kept twice under two names, as `lhci upload` does. */
  readonly identity: string;
  readonly readings: ReadonlyMap<string, Reading>;
}

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
const resultSchema = z.object({
  lighthouseVersion: z.string(),
  requestedUrl: z.optional(z.string()),
  mainDocumentUrl: z.optional(z.string()),
  finalDisplayedUrl: z.optional(z.string()),
  finalUrl: z.optional(z.string()),
  gatherMode: z.optional(z.string()),
  fetchTime: z.optional(z.string()),
  runtimeError: z.optional(z.object({ code: z.string(), message: z.optional(z.string()) })),
  configSettings: z.optional(
    z.object({ formFactor: z.optional(z.string()), throttlingMethod: z.optional(z.string()) }),
  ),
  audits: z.record(z.string(), audit),
  categories: z.optional(z.record(z.string(), category)),
});
type Result = z.infer<typeof resultSchema>;
type Audit = z.infer<typeof audit>;

const flowSchema = z.object({
  steps: z.array(z.object({ name: z.string(), lhr: z.unknown() })),
});

/**
 * The runs in a report file: one, or a user flow's one for each step.
 * @throws UserError `not-lighthouse`, `lighthouse-failed` with the file's name
 */
export function readRuns(file: string, value: unknown): Run[] {
  const flow = flowSchema.safeParse(value);
  if (flow.success) {
    return flow.data.steps.map(({ name, lhr }) => readRun(file, parseResult(file, lhr), name));
  }
  return [readRun(file, parseResult(file, value), null)];
}

function parseResult(file: string, value: unknown): Result {
  const parsed = resultSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError('not-lighthouse', `${file} is not a Lighthouse report.`, {
    hint: 'Name Lighthouse results only (lighthouse --output=json); keep the reports of other tools in folders of their own.',
  });
}

function readRun(file: string, result: Result, step: string | null): Run {
  const { runtimeError } = result;
  if (runtimeError !== undefined && runtimeError.code !== 'NO_ERROR') {
    const words = runtimeError.message ?? '';
    throw new UserError(
      'lighthouse-failed',
      `${file}: the run failed with ${runtimeError.code}. ${words}`.trim(),
      {
        hint: 'Its numbers mean nothing: check that the page is served, and run Lighthouse again.',
      },
    );
  }
  const mode = result.gatherMode ?? 'navigation';
  const apart = step ?? (mode === 'navigation' ? null : mode);
  const path = pagePath(file, result);
  return {
    file,
    subject: apart === null ? path : `${path} (${apart})`,
    formFactor: result.configSettings?.formFactor ?? null,
    isNavigation: mode === 'navigation',
    environment: `Lighthouse ${result.lighthouseVersion}, ${result.configSettings?.throttlingMethod ?? 'unknown'} throttling`,
    identity: JSON.stringify([result.fetchTime ?? file, path, mode, step]),
    readings: readingsOf(result),
  };
}

/** Base and head are served on different hosts and ports: a page is its path. */
function pagePath(file: string, result: Result): string {
  const url = [
    result.requestedUrl,
    result.mainDocumentUrl,
    result.finalDisplayedUrl,
    result.finalUrl,
  ].find((candidate) => candidate !== undefined && URL.canParse(candidate));
  if (url === undefined) {
    throw new UserError('not-lighthouse', `${file} names no url.`, {
      hint: 'The report is cut down too far: keep requestedUrl.',
    });
  }
  return normalPath(url);
}

function readingsOf(result: Result): Map<string, Reading> {
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
