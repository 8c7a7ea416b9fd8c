import type { Config } from '../model/config.ts';

/** Some budget selects files by when pages load them: all pages have to be known then. */
export function speaksOfClass({ budgets }: Config): boolean {
  return budgets.some(
    ({ selection }) => selection.kind === 'assets' && selection.load !== undefined,
  );
}
