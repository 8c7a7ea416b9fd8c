import { either, isFlag, listOfAtLeast, oneOf, text } from '../core/plain-value.ts';
import { isNegated, patternFault } from '../core/select.ts';
import type { PageSelection } from '../model/budget.ts';
import {
  ENCODINGS,
  type Encoding,
  encodingOf,
  type MetricDefinition,
  sizeMetric,
} from '../model/metric.ts';
import { LOADS, PAGE_TYPES } from '../model/page.ts';
import { NETWORKS, networkOf } from './network.ts';
import { pageOptions, pageRules } from './page-options.ts';
import { type Entry, type Fault, listOf, type MetricChoice, type Source } from './source.ts';

const REQUESTS: MetricDefinition = {
  id: 'requests',
  label: 'requests',
  unit: 'count',
  better: 'lower',
  kind: 'size',
};
const DOWNLOAD_TIME: MetricDefinition = {
  id: 'download-time',
  label: 'download time',
  unit: 'millisecond',
  better: 'lower',
  kind: 'size',
};
const METRICS = [...ENCODINGS.map(sizeMetric), REQUESTS, DOWNLOAD_TIME];

/** In what the two subjects differ. */
export interface PageSubject {
  readonly subject: 'page' | 'route';
  readonly describes: string;
  /** What the subject's value may be, in words. */
  readonly names: string;
  /** What counts where a budget does not say it. */
  readonly load: PageSelection['load'];
  readonly loads: string;
}

/** A source whose budgets speak of what is loaded, for pages and for parts of pages. */
export function pageSource({ subject, describes, names, load, loads }: PageSubject): Source {
  return {
    subject,
    describes,
    options: (z) => pageOptions(z, { subject, names, loads }),
    rules: pageRules,
    keys: {
      [subject]: either(text(1), listOfAtLeast(1, text(1))),
      types: listOfAtLeast(1, oneOf(PAGE_TYPES)),
      load: oneOf(LOADS),
      each: isFlag,
      encoding: oneOf(ENCODINGS),
      // Figures of one's own are rare: the schema reads them.
      network: oneOf(NETWORKS),
      ...(subject === 'page' ? { ignore: listOfAtLeast(1, text(1)) } : {}),
    },
    metric: pageMetric,
    metrics: METRICS.map(({ id }) => id),
    refuse: (entry) => refusePages(subject, entry) ?? refuseNetwork(entry),
    selection: (entry): PageSelection => ({
      kind: 'pages',
      subject,
      pages: listOf(entry[subject]),
      types: typesOf(entry),
      load: (entry.load as PageSelection['load'] | undefined) ?? load,
      each: entry.each === true,
      encoding: (entry.encoding as Encoding | undefined) ?? 'gzip',
      network: needsNetwork(entry) ? networkOf(entry.network) : null,
      ...(entry.ignore === undefined ? {} : { ignore: listOf(entry.ignore) }),
    }),
  };
}

function pageMetric(id: string | undefined, entry: Entry): MetricChoice {
  const encoding = (entry.encoding as Encoding | undefined) ?? 'gzip';
  if (id === undefined) return sizeMetric(encoding);
  const metric = METRICS.find((one) => one.id === id);
  if (metric === undefined) return { refused: `"${id}" is not a metric of pages`, hint: null };
  const own = encodingOf(id);
  if (own === null || entry.encoding === undefined || entry.encoding === own) return metric;
  return {
    refused: `"${id}" contradicts \`encoding\`, which is ${String(entry.encoding)}`,
    hint: 'Keep one of them.',
  };
}

function refusePages(subject: string, entry: Entry): Fault | null {
  const list = listOf(entry[subject]);
  // The names of routes begin as absolute paths do.
  const paths = list.filter((one) => !isRoute(one));
  const fault = paths.map(patternFault).find((one) => one !== null);
  if (fault) return { key: subject, ...fault };
  if (!list.every(isNegated)) return null;
  const what = 'has negations only, which match nothing';
  return { key: subject, what, hint: `Name the ${subject}s too.` };
}

/** True for the name of a framework's route: `/checkout`. */
export function isRoute(text: string): boolean {
  return text.startsWith('/') || text.startsWith('!/');
}

function refuseNetwork(entry: Entry): Fault | null {
  const isAsked = needsNetwork(entry);
  if (isAsked === (entry.network !== undefined)) return null;
  return isAsked
    ? {
        key: 'metric' in entry ? 'metric' : 'metrics',
        what: '`download-time` needs a `network`',
        hint: `Give one of ${NETWORKS.join(', ')}, or { "kbps": 5000, "rtt": 40 }.`,
        missedIn: ['network'],
      }
    : {
        key: 'network',
        what: '`network` is for `download-time` only',
        hint: 'Add `"metric": "download-time"`, or leave it out.',
        missedIn: ['metric', 'metrics'],
      };
}

function needsNetwork({ metric, metrics }: Entry): boolean {
  const isMap = typeof metrics === 'object' && metrics !== null;
  return metric === DOWNLOAD_TIME.id || (isMap && DOWNLOAD_TIME.id in metrics);
}

function typesOf({ types }: Entry): PageSelection['types'] {
  return PAGE_TYPES.filter((type) => !Array.isArray(types) || types.includes(type));
}
