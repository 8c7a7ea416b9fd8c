import { text } from '../core/plain-value.ts';
import { patternFault } from '../core/select.ts';
import type { Source } from './source.ts';

/** Metrics of your own: `[{ "metric", "value" | "samples", "unit", "better" }]`. */
export const custom: Source = {
  subject: 'custom',
  describes:
    'your own metrics: `[{ "metric": "cold-start", "value": 1.1, "unit": "s" }]`, or `samples`, one number a run',
  options: (z) => ({
    custom: z
      .string()
      .check(z.minLength(1), z.describe('A JSON file of your own metrics, or a glob of them.')),
  }),
  keys: { custom: text(1) },
  refuse: (entry) => {
    const fault = patternFault(String(entry.custom));
    return fault === null ? null : { key: 'custom', ...fault };
  },
  metric: (id) =>
    id === undefined
      ? { refused: 'has no metric', hint: 'Give `metric` or `metrics`: a name in your file.' }
      : { id, open: true },
  selection: (entry) => ({
    kind: 'measurements',
    source: 'custom',
    reports: [String(entry.custom)],
    page: null,
    formFactor: null,
  }),
  // Loaded only where a budget speaks of such a file.
  collect: async (request, host) =>
    (await import('./custom-collect.ts')).collectCustom(request, host),
};
