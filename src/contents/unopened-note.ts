const START = 'What is inside ';

/** Which assets name a source map that could not be read. */
export function unopenedNote(paths: readonly string[]): string[] {
  const [first, ...others] = paths;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    `${START}${first}${more} is not known: the source maps named there are missing or damaged. Measure before maps are removed, and build anew.`,
  ];
}

export function isUnopenedNote(note: string): boolean {
  return note.startsWith(START);
}
