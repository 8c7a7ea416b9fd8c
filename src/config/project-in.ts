import { parse } from 'jsonc-parser';

/**
 * The `project` of a budgets file's text, for a file that is not there to be loaded.
 * @returns null where it names none, undefined where the text is no budgets file that is data
 */
export function projectIn(text: string, file: string): string | null | undefined {
  if (!/\.jsonc?$/.test(file)) return undefined;
  const value = parse(text, [], { allowTrailingComma: true }) as unknown;
  const own = file === 'package.json' ? keyOf(value, 'weighbridge') : value;
  if (typeof own !== 'object' || own === null) return undefined;
  const project = keyOf(own, 'project');
  return typeof project === 'string' ? project : null;
}

function keyOf(value: unknown, key: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null)?.[key];
}
