import * as z from 'zod/mini';
import { UserError } from '../model/errors.ts';
import { measuredSchema, type Reading, readingsOf } from './lighthouse-readings.ts';
import { normalPath } from './page-path.ts';

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
  ...measuredSchema,
});
type Result = z.infer<typeof resultSchema>;

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
