import { cutMiddle, padEnd, padStart, textWidth, wrap } from './terminal.ts';

/** A line of a table on a terminal; texts are escaped for it already. */
export interface Line {
  readonly mark: string;
  readonly cells: readonly [name: string, now: string, change: string, limit: string];
  /** What the name starts with, and what is cut by itself: the budget before its subject. */
  readonly lead?: string;
  readonly paint: (text: string) => string;
  /** Beneath the line, indented. */
  readonly notes: readonly string[];
}

const GAP = '  ';
const LEAST_NAME = 16;
const INDENT = '    ';

type Cells = Line['cells'];

/**
 * A table of four columns in `width` columns of the terminal: names are cut in the middle where
 * they do not fit, numbers are aligned right and never cut.
 */
export function drawTable(
  header: Cells,
  lines: readonly Line[],
  width: number,
  quiet: (text: string) => string,
): string {
  if (lines.length === 0) return '';
  const widest = (column: 0 | 1 | 2 | 3) =>
    lines.reduce((most, { cells }) => Math.max(most, textWidth(cells[column])), 0);
  const columns = ([1, 2, 3] as const).map((column) => {
    const most = widest(column);
    return { column, size: most === 0 ? 0 : Math.max(most, textWidth(header[column])) };
  });
  const used = columns.filter(({ size }) => size > 0);
  const taken = used.reduce((sum, { size }) => sum + size + GAP.length, GAP.length);
  const name = Math.min(
    Math.max(widest(0), textWidth(header[0])),
    Math.max(LEAST_NAME, width - taken),
  );
  const draw = (cells: Cells, lead = '') => {
    const numbers = used.map(({ column, size }) =>
      column === 3 ? padEnd(cells[column], size) : padStart(cells[column], size),
    );
    return [padEnd(cutName(cells[0], lead, name), name), ...numbers].join(GAP).trimEnd();
  };
  const body = lines.flatMap(({ mark, cells, lead, paint, notes }) => [
    `${mark} ${paint(draw(cells, lead))}`,
    ...notes.map((note) => quiet(`${INDENT}${wrap(note, width - INDENT.length, INDENT)}`)),
  ]);
  return [quiet(`  ${draw(header)}`), ...body].join('\n');
}

/** Of two parts the second has the larger share: it tells the lines of one budget apart. */
const SECOND_SHARE = 0.6;

function cutName(text: string, lead: string, width: number): string {
  const room = width - ': '.length;
  if (lead === '' || textWidth(text) <= width) return cutList(text, width);
  const rest = text.slice(lead.length + ': '.length);
  const least = Math.min(textWidth(rest), Math.ceil(room * SECOND_SHARE));
  const first = cutMiddle(lead, room - least);
  return `${first}: ${cutList(rest, room - textWidth(first))}`;
}

/** Several imports: cut across two of them, one would seem to be of a file that there is not. */
function cutList(text: string, width: number): string {
  const [first = '', ...others] = text.split(/(?<="); /);
  const more = ` and ${others.length} more`;
  const room = width - more.length;
  const isOne = others.length === 0 || room < LEAST_NAME || textWidth(text) <= width;
  return isOne ? cutMiddle(text, width) : cutMiddle(first, room) + more;
}
