import type { Duplicate } from '../model/duplicate.ts';
import { terminalText, wrap } from './terminal.ts';

const INDENT = '    ';

/** Packages that are there more than once, and each copy: its version, its place, who brought it. */
export function duplicatesList(found: readonly Duplicate[], width: number): string {
  if (found.length === 0) return 'No package is inside in more than one copy.';
  return found.flatMap((one) => linesOf(one, width)).join('\n');
}

function linesOf({ name, copies }: Duplicate, width: number): string[] {
  const title = `  ${wrap(`${terminalText(name)}, in ${copies.length} copies`, width - 2, INDENT)}`;
  const lines = copies.map(({ version, instance, importer }) => {
    const from = importer === null ? '' : `, imported by ${terminalText(importer)}`;
    const copy = `${terminalText(version ?? 'unknown version')} in ${terminalText(instance)}${from}`;
    return `${INDENT}${wrap(copy, width - INDENT.length, `${INDENT}  `)}`;
  });
  return [title, ...lines];
}
