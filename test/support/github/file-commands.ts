// The behaviour of actions/runner, FileCommandManager.cs, written anew.

export interface Pairs {
  readonly values: Readonly<Record<string, string>>;
  /** What stopped the reading; the pairs before it count. */
  readonly error: string | null;
}

/** Reads `NAME=value` and `NAME<<DELIMITER` as GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE hold them. */
export function readPairs(text: string): Pairs {
  const values: Record<string, string> = {};
  const reader = lineReader(text.replace(/^\ufeff/, ''));
  for (let line = reader.next(); line !== null; line = reader.next()) {
    if (line.text === '') continue;
    const pair = readPair(line.text, reader);
    if (typeof pair === 'string') return { values, error: pair };
    values[pair.name] = pair.value;
  }
  return { values, error: null };
}

interface Line {
  readonly text: string;
  /** Whether a line feed ends it. A carriage return belongs to the line, except on Windows. */
  readonly ended: boolean;
}

function lineReader(text: string) {
  let at = 0;
  return {
    next(): Line | null {
      if (at >= text.length) return null;
      const end = text.indexOf('\n', at);
      const line = { text: text.slice(at, end < 0 ? text.length : end), ended: end >= 0 };
      at = end < 0 ? text.length : end + 1;
      return line;
    },
  };
}

/** A pair, or what is wrong with it. */
function readPair(
  line: string,
  reader: ReturnType<typeof lineReader>,
): { name: string; value: string } | string {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    return { name: line.slice(0, equals), value: line.slice(equals + 1) };
  }
  if (heredoc < 0) return `Invalid format '${line}'`;
  const name = line.slice(0, heredoc);
  const delimiter = line.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    return `Invalid format '${line}'. Name must not be empty and delimiter must not be empty`;
  }
  const value = readHeredoc(delimiter, reader);
  return 'error' in value ? value.error : { name, value: value.lines.join('\n') };
}

function readHeredoc(
  delimiter: string,
  reader: ReturnType<typeof lineReader>,
): { lines: string[] } | { error: string } {
  const lines: string[] = [];
  for (let line = reader.next(); line?.text !== delimiter; line = reader.next()) {
    if (line === null)
      return { error: `Invalid value. Matching delimiter not found '${delimiter}'` };
    if (!line.ended) return { error: 'Invalid value. EOF marker missing new line.' };
    lines.push(line.text);
  }
  return { lines };
}
