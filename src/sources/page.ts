import { pageSource } from './page-budget.ts';
import type { Source } from './source.ts';

/** Budgets on what a page pulls in. */
export const page: Source = pageSource({
  subject: 'page',
  describes:
    'bytes that a page pulls in, its own HTML included; several pages count as the union of their files, each once or, with `each`, page by page',
  names:
    'An HTML file of the build, a glob or a list; `!` negates. Or a route of the framework: `/checkout`.',
  load: 'initial',
  loads:
    '`initial` (default): what is fetched before the page is usable; `lazy`: the rest; `all`: both.',
});
