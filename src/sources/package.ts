import { oneOf, text } from '../core/plain-value.ts';
import type { PackageSelection } from '../model/budget.ts';
import { ENCODINGS, type Encoding, encodingOf, sizeMetric } from '../model/metric.ts';
import type { Entry, MetricChoice, Source } from './source.ts';

/** Budgets on the bytes of a package inside the build. */
export const packages: Source = {
  subject: 'package',
  describes:
    'bytes of a package in all measured files together, as their source maps tell. One that is nowhere inside passes `max: 0`, and matches nothing with other limits',
  options: (z) => ({
    package: z
      .string()
      .check(z.minLength(1), z.describe('The name of an npm package, such as `moment`.')),
    encoding: z
      .optional(z.enum(ENCODINGS))
      .check(z.describe('`raw`, `gzip` or `brotli`; default the first of `encodings`.')),
  }),
  keys: { package: text(1), encoding: oneOf(ENCODINGS) },
  refuse: ({ package: name }) =>
    NAME.test(String(name))
      ? null
      : {
          key: 'package',
          what: `${JSON.stringify(name)} is not the name of a package`,
          hint: 'Write it as npm does, without a version or a path: "moment", "@scope/name".',
        },
  metric: packageMetric,
  metrics: ENCODINGS.map((encoding) => sizeMetric(encoding).id),
  selection: (entry): PackageSelection => ({ kind: 'package', name: String(entry.package) }),
  // Loaded only where a budget speaks of a package.
  collect: async (request, host) =>
    (await import('./package-collect.ts')).collectPackages(request, host),
};

/** Old packages have capitals in their names. */
const NAME = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;

function packageMetric(id: string | undefined, { encoding: given }: Entry): MetricChoice {
  if (id === undefined) return sizeMetric((given as Encoding | undefined) ?? 'gzip');
  const encoding = encodingOf(id);
  if (encoding === null) return { refused: `"${id}" is not a metric of packages`, hint: null };
  if (given === undefined || given === encoding) return sizeMetric(encoding);
  return {
    refused: `"${id}" contradicts \`encoding\`, which is ${String(given)}`,
    hint: 'Keep one of them.',
  };
}
