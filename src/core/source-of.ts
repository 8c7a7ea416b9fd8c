import type { Selection } from '../model/budget.ts';

/** The key that names a budget's subject in a budgets file: `files`, `page`, `lighthouse`. */
export function sourceOf(selection: Selection): string {
  switch (selection.kind) {
    case 'assets':
      return 'files';
    case 'pages':
      return selection.subject;
    case 'imports':
      return 'import';
    case 'measurements':
      return selection.source;
    default:
      return selection.kind;
  }
}
