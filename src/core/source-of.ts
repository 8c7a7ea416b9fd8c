import type { Selection } from '../model/budget.ts';

/** The key that names a budget's subject in a budgets file: `files`, `page`, `lighthouse`. */
export function sourceOf(selection: Selection): string {
  if (selection.kind === 'assets') return 'files';
  return selection.kind === 'pages' ? selection.subject : selection.source;
}
