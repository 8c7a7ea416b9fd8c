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
