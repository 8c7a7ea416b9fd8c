/** A name of a file with one gap in it, and what is known to stand there. */
export interface ComposedName {
  readonly start: string;
  readonly end: string;
  /** Names of chunks, and ids that are texts; numbers are never listed. */
  readonly middles: readonly string[];
}

/** How the runtime of webpack and Rspack calls what makes the name of a chunk's file from its id. */
const MAKER =
  /\.(?:u|miniCssF|k)\s*=\s*(?:\(?[\w$]+\)?\s*=>|function\s*\([\w$]+\)\s*\{)[\s{]*(?:\/\/[^\n]*\s*)*(?:return\b)?/g;
/** One piece of that: a text, a table with its index, or what else may stand between two texts. */
const PIECE =
  /\s*(?:"((?:[^"\\\n]|\\.)*)"|\{([^{}]*)\}\s*\[[\w$]+\]|(\|\||[+()]|\/\*[^*]*\*\/)|([\w$]+)(?![\w$.(]))/y;
const TABLE_VALUE = /:\s*"((?:[^"\\\n]|\\.)*)"/g;
/** A call that loads a chunk by an id that is a text. */
const CALL = /\.e\(\s*(?:\/\*[^*]*\*\/\s*)*"([^"\\\n]{1,200})"\s*\)/g;
/** Pieces of one name. */
const MOST_PIECES = 40;

/**
 * Names that a script puts together: `({1:"report"}[id]||id)+".js"`. Those with a hash are found by
 * the hash, and have two gaps.
 * @param text of a script
 */
export function composedNames(text: string): ComposedName[] {
  const makers = [...text.matchAll(MAKER)];
  if (makers.length === 0) return [];
  const ids = [...text.matchAll(CALL)].map(([, id = '']) => id);
  return makers.flatMap(({ index, 0: { length } }) => nameAt(text, index + length, ids) ?? []);
}

function nameAt(text: string, from: number, ids: readonly string[]): ComposedName | null {
  const pieces = piecesFrom(text, from);
  const shape = pieces.map((piece) => ('text' in piece ? piece.text : GAP)).join('');
  const [start = '', end, ...others] = shape.split(/\0+/);
  // A name that has no ending goes on with what cannot be read here.
  if (end === undefined || others.length > 0 || !/\.\w+$/.test(end)) return null;
  const middles = pieces.flatMap((piece) => ('names' in piece ? (piece.names ?? ids) : []));
  return { start, end, middles: [...new Set(middles)] };
}

/** Stands for what differs from chunk to chunk. */
const GAP = '\0';

/** `names` are those of a table; null for the id itself. */
type Piece = { readonly text: string } | { readonly names: readonly string[] | null };

function piecesFrom(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  PIECE.lastIndex = from;
  for (let count = 0; count < MOST_PIECES; count += 1) {
    const found = PIECE.exec(text);
    if (found === null) break;
    const [, literal, table, between] = found;
    if (literal !== undefined) pieces.push({ text: literal });
    else if (between === undefined) pieces.push({ names: namesIn(table) });
  }
  return pieces;
}

function namesIn(table: string | undefined): string[] | null {
  if (table === undefined) return null;
  return [...table.matchAll(TABLE_VALUE)].map(([, name = '']) => name);
}
