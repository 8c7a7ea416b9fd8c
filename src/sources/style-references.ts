/** Addresses that a style sheet names, as they are written. */
export interface StyleReferences {
  readonly imports: readonly string[];
  /** Fonts and images. */
  readonly urls: readonly string[];
}

/** One of the groups holds the address. Spaces are counted: two open runs of them take for ever. */
const URL_TOKEN = /url\(\s{0,50}(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]*))\s{0,50}\)/gi;
const IMPORT =
  /@import\s{1,50}(?:url\(\s{0,50})?(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'();]+))([^;]*)/gi;

/**
 * Reads the addresses of a style sheet. Of the sources of a font a browser takes one: here the
 * woff2, else the woff, else the first. An import for print only is none.
 */
export function styleReferences(css: string): StyleReferences {
  const { text, faces } = withoutFontFaces(withoutComments(css));
  const imports = [...text.matchAll(IMPORT)]
    .filter(([, , , , rest = '']) => !/^[\s)]*print\s*$/i.test(rest))
    .map(addressOf);
  const urls = [...faces.flatMap(usedFont), ...urlsIn(text.replaceAll(IMPORT, ''))];
  return { imports: imports.filter(isNamed), urls: [...new Set(urls)] };
}

function urlsIn(text: string): string[] {
  return [...text.matchAll(URL_TOKEN)].map(addressOf).filter(isNamed);
}

function usedFont(body: string): string[] {
  const sources = urlsIn(body);
  const ofKind = (ending: string) => sources.find((address) => pathOf(address).endsWith(ending));
  const used = ofKind('.woff2') ?? ofKind('.woff') ?? sources[0];
  return used === undefined ? [] : [used];
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '').toLowerCase();
}

function addressOf([, double, single, bare]: RegExpMatchArray): string {
  return (double ?? single ?? bare ?? '').trim();
}

function isNamed(address: string): boolean {
  return address !== '' && !address.startsWith('#') && !/^data:/i.test(address);
}

/** Cuts by hand: an expression for a block that never ends looks for its end from every start. */
function cut(
  text: string,
  opening: string,
  closing: string,
): { readonly rest: string; readonly blocks: readonly string[] } {
  const [pieces, blocks]: [string[], string[]] = [[], []];
  let from = 0;
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, from)) {
    pieces.push(text.slice(from, at));
    const end = text.indexOf(closing, at + opening.length);
    from = end < 0 ? text.length : end + closing.length;
    blocks.push(text.slice(at + opening.length, end < 0 ? text.length : end));
  }
  return { rest: [...pieces, text.slice(from)].join(' '), blocks };
}

function withoutComments(css: string): string {
  return cut(css, '/*', '*/').rest;
}

function withoutFontFaces(css: string): { text: string; faces: readonly string[] } {
  const { rest, blocks } = cut(css, '@font-face', '}');
  return { text: rest, faces: blocks };
}
