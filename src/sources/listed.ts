/** Names that a note has room for. */
const MOST_NAMED = 3;

/** Names as a note lists them: the first few, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return `${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
