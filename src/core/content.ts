const REFERENCE = /[-._~/"'`=(](?=([A-Za-z0-9_-]{6,64}))/g;
const PLACEHOLDER = '[hash]';

/**
 * A text with the content hashes of sibling assets replaced by one placeholder, or null when it
 * holds none. A rebuild that only renames a chunk changes every file that names the chunk: two
 * texts that are the same after this differ in nothing that anybody wrote.
 *
 * @param latin1 the bytes of an asset, one character a byte
 * @param hashes hash tokens of the names of all files beside it
 */
export function neutralise(latin1: string, hashes: ReadonlySet<string>): string | null {
  if (hashes.size === 0) return null;
  const parts: string[] = [];
  let from = 0;
  for (const match of latin1.matchAll(REFERENCE)) {
    const token = match[1] ?? '';
    const at = match.index + 1;
    if (at < from || !hashes.has(token)) continue;
    parts.push(latin1.slice(from, at), PLACEHOLDER);
    from = at + token.length;
  }
  if (from === 0) return null;
  parts.push(latin1.slice(from));
  return parts.join('');
}
