import type { Config } from '../model/config.ts';
import type { Checkout } from '../model/host.ts';

/** The name that everything of a budgets file goes by: records, comments, checks. */
export function projectOf(
  config: Pick<Config, 'project'>,
  checkout: Pick<Checkout, 'prefix'> | null,
): string {
  return config.project ?? (checkout?.prefix || '.');
}
