import { bundle } from './bundle.ts';
import { custom } from './custom.ts';
import { duplicates } from './duplicates.ts';
import { imports } from './import.ts';
import { lighthouse } from './lighthouse.ts';
import { packages } from './package.ts';
import { page } from './page.ts';
import { route } from './route.ts';
import type { Source } from './source.ts';

/** Every kind of budget subject, by the key that names it in a budget. */
export const sources = {
  files: bundle,
  page,
  route,
  package: packages,
  duplicates,
  import: imports,
  lighthouse,
  custom,
} satisfies Record<string, Source> as Readonly<Record<string, Source>>;
