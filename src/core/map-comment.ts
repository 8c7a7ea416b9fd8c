/** The comment by which code names its source map. */
export interface MapComment {
  /** As written: a path, a URL, or the whole map as a data URL. */
  readonly url: string;
  /** Where the comment starts, in bytes. */
  readonly start: number;
}

const NAME = 'sourceMappingURL=';

/**
 * The last comment that names a source map, in the form of JavaScript or of CSS, with nothing but
 * comments after it: code that writes such comments itself has the same text within strings.
 * Source: ECMA-426, "Linking generated code to source maps".
 * @param code the bytes of a file, as latin-1
 */
export function mapComment(code: string): MapComment | null {
  const at = code.lastIndexOf(NAME);
  if (at < 0) return null;
  const open = /\/[/*][#@][ \t]*$/.exec(code.slice(Math.max(0, at - 16), at))?.[0];
  if (open === undefined) return null;
  const isBlock = open.startsWith('/*');
  const from = at + NAME.length;
  const end = endOfComment(code, from, isBlock);
  if (!hasOnlyComments(code, end)) return null;
  const text = code.slice(from, isBlock && code.startsWith('*/', end - 2) ? end - 2 : end);
  const url = text.trim();
  return url === '' || /[\s'"]/.test(url) ? null : { url, start: at - open.length };
}

function endOfComment(code: string, from: number, isBlock: boolean): number {
  const end = code.indexOf(isBlock ? '*/' : '\n', from);
  if (end < 0) return code.length;
  return isBlock ? end + 2 : end;
}

/** A debug id and the like. */
function hasOnlyComments(code: string, from: number): boolean {
  let at = from;
  while (at < code.length) {
    if (/\s/.test(code.charAt(at))) at += 1;
    else if (code.startsWith('//', at)) at = endOfComment(code, at, false);
    else if (code.startsWith('/*', at)) at = endOfComment(code, at + 2, true);
    else return false;
  }
  return true;
}
