/** Column of the generated code and, unless it is nobody's, the index of a source. */
export type Segment = readonly [column: number] | readonly [column: number, source: number];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Mappings as a bundler writes them: one list of segments for each line, lines of sources all 0. */
export function encodeMappings(lines: readonly (readonly Segment[])[]): string {
  let source = 0;
  return lines
    .map((segments) => {
      let column = 0;
      return segments
        .map(([at, from]) => {
          const fields = from === undefined ? [at - column] : [at - column, from - source, 0, 0];
          column = at;
          source = from ?? source;
          return fields.map(encodeNumber).join('');
        })
        .join(',');
    })
    .join(';');
}

function encodeNumber(value: number): string {
  let rest = value < 0 ? -value * 2 + 1 : value * 2;
  let text = '';
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += DIGITS[digit + (rest > 0 ? 32 : 0)];
  } while (rest > 0);
  return text;
}

/** A source as its map names it, what it became, and what it says. */
export type BuiltSource = readonly [source: string | null, code: string, content: string | null];

/** A bundle of sources, one after the other, and its map. */
export function mapOf(parts: readonly BuiltSource[]): { code: string; map: string } {
  const lines: Segment[][] = [[]];
  let column = 0;
  for (const [index, [, code]] of parts.entries()) {
    lines.at(-1)?.push([column, index]);
    const [first = '', ...others] = code.split('\n');
    column = (others.at(-1) ?? first).length + (others.length === 0 ? column : 0);
    for (const _ of others) lines.push([]);
  }
  const map = {
    version: 3,
    sources: parts.map(([source]) => source),
    sourcesContent: parts.map(([, , content]) => content),
    mappings: encodeMappings(lines),
  };
  return { code: parts.map(([, code]) => code).join(''), map: JSON.stringify(map) };
}
