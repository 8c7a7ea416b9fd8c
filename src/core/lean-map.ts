/** What a source says; null where it is no text. Decoded anew each time that it is asked for. */
export type SourceText = () => string | null;

/** A source map without the texts of its sources. */
export interface LeanMap {
  /** JSON: in the place of a `sourcesContent` stands its index in `contents`. */
  readonly text: string;
  /** Of each source, by its index; null where the map does not hold it. */
  readonly contents: readonly (readonly (SourceText | null)[])[];
}

/**
 * Cuts the texts of sources out of a source map, unread: they are most of it, and few are wanted.
 * What is no list of texts stays where it is.
 * @param map the bytes of a file that should be JSON
 */
export function leanMap(map: Uint8Array): LeanMap {
  // Of a view that is a Buffer the search is the machine's own.
  const bytes = Buffer.from(map.buffer, map.byteOffset, map.byteLength);
  const pieces: string[] = [];
  const contents: (SourceText | null)[][] = [];
  let from = 0;
  for (let at = listAfter(bytes, 0); at !== null; at = listAfter(bytes, at)) {
    const list = readList(bytes, at);
    if (list === null) continue;
    pieces.push(bytes.toString('utf8', from, at), String(contents.length));
    contents.push(list.texts);
    from = list.end;
    at = list.end;
  }
  pieces.push(bytes.toString('utf8', from));
  return { text: pieces.join(''), contents };
}

const KEY = '"sourcesContent"';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/**
 * Where the next value of the key is. Within a text the quotes of these very bytes would have
 * backslashes before them.
 */
function listAfter(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(KEY, from); at >= 0; at = bytes.indexOf(KEY, at + KEY.length)) {
    const colon = blankEnd(bytes, at + KEY.length);
    if (bytes[at - 1] !== BACKSLASH && bytes[colon] === COLON) return blankEnd(bytes, colon + 1);
  }
  return null;
}

interface List {
  readonly texts: (SourceText | null)[];
  /** After its bracket. */
  readonly end: number;
}

/** A list of texts and nulls; null where it is anything else. */
function readList(bytes: Buffer, start: number): List | null {
  if (bytes[start] !== OPEN) return null;
  const texts: List['texts'] = [];
  let at = start;
  do {
    const from = blankEnd(bytes, at + 1);
    const end = endOfItem(bytes, from);
    if (end === 0) return null;
    texts.push(bytes[from] === QUOTE ? textAt(bytes, from, end) : null);
    at = blankEnd(bytes, end);
  } while (bytes[at] === COMMA);
  return bytes[at] === CLOSE ? { texts, end: at + 1 } : null;
}

/** 0 where it is neither text nor null. */
function endOfItem(bytes: Buffer, start: number): number {
  if (bytes[start] === QUOTE) return endOfText(bytes, start);
  const end = start + 'null'.length;
  return bytes.toString('latin1', start, end) === 'null' ? end : 0;
}

/** After the quote that ends a text: one with an even number of backslashes before it. 0 without. */
function endOfText(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(QUOTE, start + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let before = at;
    while (bytes[before - 1] === BACKSLASH) before -= 1;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return 0;
}

function textAt(bytes: Buffer, start: number, end: number): SourceText {
  return () => {
    try {
      return JSON.parse(bytes.toString('utf8', start, end)) as string;
    } catch {
      return null;
    }
  };
}

/** White space as JSON has it. */
function blankEnd(bytes: Buffer, start: number): number {
  let at = start;
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09)
    at += 1;
  return at;
}
