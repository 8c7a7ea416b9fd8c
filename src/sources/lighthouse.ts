import { either, listOfAtLeast, oneOf, text } from '../core/plain-value.ts';
import { patternFault } from '../core/select.ts';
import type { MeasurementSelection } from '../model/budget.ts';
import { KNOWN, lighthouseMetric } from './lighthouse-metrics.ts';
import { normalPath } from './page-path.ts';
import { listOf, type Source } from './source.ts';

const FORM_FACTORS = ['mobile', 'desktop'] as const;

/** Budgets on the numbers in Lighthouse reports. */
export const lighthouse: Source = {
  subject: 'lighthouse',
  describes:
    'metrics, category scores, resources and user timings of Lighthouse reports; several runs of a page count by their median',
  options: (z) => {
    const glob = z.string().check(z.minLength(1));
    const globs = z.union([glob, z.array(glob).check(z.minLength(1))]);
    return {
      lighthouse: globs.check(
        z.describe('Report files: a glob, a folder such as `.lighthouseci`, or a list of them.'),
      ),
      url: z
        .optional(z.string().check(z.minLength(1)))
        .check(z.describe("A page's path, such as `/checkout`; default: every page reported on.")),
      formFactor: z
        .optional(z.enum(FORM_FACTORS))
        .check(z.describe('`mobile` or `desktop`; default: each that was reported on.')),
    };
  },
  keys: {
    lighthouse: either(text(1), listOfAtLeast(1, text(1))),
    url: text(1),
    formFactor: oneOf(FORM_FACTORS),
  },
  metric: (id) =>
    id === undefined
      ? {
          refused: 'has no metric',
          hint: `Give \`metric\` or \`metrics\`: ${KNOWN[2]}, performance, ...`,
        }
      : lighthouseMetric(id),
  metrics: KNOWN,
  refuse: (entry) => {
    const fault = listOf(entry.lighthouse)
      .map(patternFault)
      .find((one) => one !== null);
    if (fault) return { key: 'lighthouse', ...fault };
    if (entry.url === undefined || URL.canParse(String(entry.url), 'http://page')) return null;
    return { key: 'url', what: 'is neither a path nor a url', hint: 'Write it like "/checkout".' };
  },
  selection: (entry): MeasurementSelection => ({
    kind: 'measurements',
    source: 'lighthouse',
    reports: listOf(entry.lighthouse),
    page: entry.url === undefined ? null : normalPath(String(entry.url)),
    formFactor: (entry.formFactor as string | undefined) ?? null,
  }),
  // Loaded only where a budget speaks of reports.
  collect: async (request, host) =>
    (await import('./lighthouse-collect.ts')).collectLighthouse(request, host),
};
