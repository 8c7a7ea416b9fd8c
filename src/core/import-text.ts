import type { ImportSelection, NamedImports } from '../model/budget.ts';

/**
 * What is imported and how, in words that are the same for equal selections and for no others:
 * `import { a, b } from "./dist/index.js"`. They name the subject, and are the measurement's key.
 */
export function importText(selection: ImportSelection): string {
  const { imports, platform, conditions, external } = selection;
  const manner = [
    platform === 'browser' ? '' : platform,
    conditions.length === 0 ? '' : `condition ${conditions.join(', ')}`,
    external.length === 0 ? '' : `without ${external.join(', ')}`,
  ].filter((part) => part !== '');
  const shown = manner.length === 0 ? '' : ` (${manner.join('; ')})`;
  return `import ${imports.map(clauseText).join('; ')}${shown}`;
}

function clauseText({ from, names }: NamedImports): string {
  const [first = ''] = names;
  const isBare = names.length === 1 && (first === '*' || first === 'default');
  return `${isBare ? first : `{ ${names.join(', ')} }`} from ${JSON.stringify(from)}`;
}

/** Whether one selection imports at least all that another one does, in the same manner. */
export function coversImports(wide: ImportSelection, narrow: ImportSelection): boolean {
  const isSame =
    wide.platform === narrow.platform &&
    wide.conditions.join() === narrow.conditions.join() &&
    wide.external.every((name) => narrow.external.includes(name));
  return isSame && narrow.imports.every((one) => wide.imports.some((other) => covers(other, one)));
}

function covers(wide: NamedImports, narrow: NamedImports): boolean {
  const isIn = (name: string) => wide.names.includes('*') || wide.names.includes(name);
  return wide.from === narrow.from && narrow.names.every(isIn);
}
