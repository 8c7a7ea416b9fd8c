const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/**
 * The names that an import clause takes, each once, sorted: `{ a, b as c }` takes `a` and `b`, `*`
 * the whole namespace, `default` the default export. Null for what is no such clause.
 */
export function importedNames(clause: string): readonly string[] | null {
  const text = clause.trim();
  if (/^\*(?:\s+as\s+\S+)?$/.test(text)) return ['*'];
  if (text === 'default') return ['default'];
  const inner = /^\{([^{}]*)\}$/.exec(text)?.[1];
  if (inner === undefined) return null;
  const names = inner
    .replace(/,\s*$/, '')
    .split(',')
    .map((part) => part.trim().replace(/\s+as\s+\S+$/, ''));
  return names.every((name) => NAME.test(name)) ? [...new Set(names)].sort() : null;
}

/** What to write in place of a clause that is none. */
export function clauseHint(clause: string): string {
  const text = clause.trim();
  if (!NAME.test(text)) return 'Write "{ a, b }", "*" or "default".';
  return `Write "{ ${text} }" for the export of that name, "default" for the default export.`;
}
