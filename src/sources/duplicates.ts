import type { DuplicatesSelection } from '../model/budget.ts';
import type { MetricDefinition } from '../model/metric.ts';
import type { Source } from './source.ts';

const COUNT: MetricDefinition = {
  id: 'duplicates',
  label: 'duplicated packages',
  unit: 'count',
  better: 'lower',
  kind: 'size',
};

/** Budgets on the number of packages that are inside the build more than once. */
export const duplicates: Source = {
  subject: 'duplicates',
  describes: 'number of packages that are in the build in more than one installed copy',
  options: (z) => ({
    duplicates: z.literal(true).check(z.describe('Count the packages that are there twice.')),
  }),
  keys: { duplicates: (value) => value === true },
  metric: (id) =>
    id === undefined || id === COUNT.id
      ? COUNT
      : { refused: `"${id}" is not a metric of duplicates`, hint: 'Leave `metric` out.' },
  metrics: [COUNT.id],
  selection: (): DuplicatesSelection => ({ kind: 'duplicates' }),
};
