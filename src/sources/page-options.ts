import { jsonSchemaIf } from '../core/json-schema-if.ts';
import { ENCODINGS } from '../model/metric.ts';
import { LOADS, PAGE_TYPES } from '../model/page.ts';
import { NETWORKS } from './network.ts';
import type { Source, Zod } from './source.ts';

/** What the keys of a kind of page are called by. */
export interface PageWords {
  readonly subject: string;
  readonly names: string;
  readonly loads: string;
}

/** Keys of budgets on pages and routes, with what editors say of them. */
export function pageOptions(
  z: Zod,
  { subject, names, loads }: PageWords,
): ReturnType<Source['options']> {
  const pattern = z.string().check(z.minLength(1));
  const patterns = z.union([pattern, z.array(pattern).check(z.minLength(1))]);
  return {
    [subject]: patterns.check(z.describe(names)),
    types: z
      .optional(z.array(z.enum(PAGE_TYPES)).check(z.minLength(1)))
      .check(z.describe('Only files of these types, by the endings of their names; default all.')),
    load: z.optional(z.enum(LOADS)).check(z.describe(loads)),
    each: z.optional(z.boolean()).check(z.describe(`Judge every ${subject} by itself.`)),
    encoding: z
      .optional(z.enum(ENCODINGS))
      .check(z.describe('`raw`, `gzip` or `brotli`; default the first of `encodings`.')),
    network: z
      .optional(
        z.union([
          z.enum(NETWORKS),
          z.strictObject({ kbps: z.number().check(z.gt(0)), rtt: z.number().check(z.gte(0)) }),
        ]),
      )
      .check(
        z.describe(
          'For `download-time`: `slow-3g`, `fast-3g`, `4g`, or `{ "kbps": 5000, "rtt": 40 }`.',
        ),
      ),
    ...(subject === 'page' ? { ignore: ignored(z) } : {}),
  };
}

function ignored(z: Zod): ReturnType<Source['options']>[string] {
  return z
    .optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1)))
    .check(
      z.describe(
        'References that are meant to lead out of the build, as the page writes them: `/config.js`, which only the server has. `*` stands for anything.',
      ),
    );
}

/** `network` goes with `download-time`, and the other way round. */
export function pageRules(): ReturnType<NonNullable<Source['rules']>> {
  const isDownload = {
    anyOf: [
      { properties: { metric: { const: 'download-time' } }, required: ['metric'] },
      { properties: { metrics: { required: ['download-time'] } }, required: ['metrics'] },
    ],
  };
  return jsonSchemaIf(isDownload, { required: ['network'] }, { not: { required: ['network'] } });
}
