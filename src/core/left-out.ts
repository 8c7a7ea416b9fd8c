/**
 * Whether a budget leaves out what a page refers to.
 * @param reference as the page writes it; its query and its fragment need not be in the pattern
 * @param patterns texts in which `*` stands for anything
 */
export function isLeftOut(reference: string, patterns: readonly string[]): boolean {
  const bare = reference.replace(/[?#].*$/s, '');
  return patterns.some((pattern) => [reference, bare].some((text) => isLike(text, pattern)));
}

/** The pieces between the stars, each as early as it can be: no pattern takes more than one walk. */
function isLike(text: string, pattern: string): boolean {
  const [first = '', ...pieces] = pattern.split('*');
  const last = pieces.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
