import type { Selection } from '../model/budget.ts';
import type { Tracked } from '../model/snapshot.ts';
import { importText } from './import-text.ts';
import { sourceOf } from './source-of.ts';

/** What a selection has measured beside files, as a snapshot says that it was looked for. */
export function reportsOf(selection: Selection): Tracked['reports'] {
  const source = sourceOf(selection);
  if (selection.kind === 'imports') return [{ source, reports: [importText(selection)] }];
  return selection.kind === 'measurements' ? [{ source, reports: selection.reports }] : [];
}
