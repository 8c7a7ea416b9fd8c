import { pageSource } from './page-budget.ts';
import type { Source } from './source.ts';

/** Budgets on a lazy part of a single-page application. */
export const route: Source = pageSource({
  subject: 'route',
  describes:
    'bytes that a visit to a lazy route of a single-page application fetches beside the first load, by the source file that is imported lazily',
  names: 'The source file of a route, a glob or a list: `src/pages/*.tsx`; `!` negates.',
  load: 'lazy',
  loads:
    '`lazy` (default): what the visit fetches beside the first load; `initial`: the first load; `all`: both.',
});
