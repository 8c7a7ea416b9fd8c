// The behaviour of actions/runner, src/Runner.Common/ActionCommand.cs, written anew.

export interface Command {
  readonly name: string;
  /** Keys in lower case: the runner does not tell them apart. */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** The commands that the runner takes from an action's output. */
export const COMMANDS = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
];

/** The command in a line, or `null`. `names` in lower case. */
export function parseCommand(line: string, names: ReadonlySet<string>): Command | null {
  return parseColons(line, names) ?? parseBrackets(line, names);
}

/** `::name key=value,key=value::data`, after white space only. */
function parseColons(line: string, names: ReadonlySet<string>): Command | null {
  const [, info, data] = /^::(.*?)::(.*)$/s.exec(line.replace(LEADING_SPACE, '')) ?? [];
  if (info === undefined || data === undefined) return null;
  const name = nameIn(info, names);
  if (name === null) return null;
  const pairs = info.slice(name.length).trim().split(',');
  const properties = readProperties(pairs, { ...LINE_ENDS, '%3A': ':', '%2C': ',' });
  return { name, properties, data: unescaped(data, LINE_ENDS) };
}

/** `##[name key=value;key=value]data`, anywhere in a line. */
function parseBrackets(line: string, names: ReadonlySet<string>): Command | null {
  const [, info, data] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  if (info === undefined || data === undefined) return null;
  const name = nameIn(info, names);
  if (name === null) return null;
  const escapes = { '%3B': ';', ...LINE_ENDS, '%5D': ']' };
  const properties = readProperties(info.slice(name.length + 1).split(';'), escapes);
  return { name, properties, data: unescaped(data, escapes) };
}

/** What .NET's TrimStart takes away, which is not quite what trimStart does. */
const LEADING_SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

type Escapes = Readonly<Record<string, string>>;

const LINE_ENDS: Escapes = { '%0D': '\r', '%0A': '\n' };

function nameIn(info: string, names: ReadonlySet<string>): string | null {
  const [name = ''] = info.split(' ', 1);
  return names.has(name.toLowerCase()) ? name.toLowerCase() : null;
}

/** Only a pair with something on both sides counts: `line=` is as if it were not there. */
function readProperties(pairs: readonly string[], escapes: Escapes): Map<string, string> {
  const properties = new Map<string, string>();
  for (const pair of pairs) {
    const [, key, value] = /^=*([^=]+)=+([^=].*)$/s.exec(pair) ?? [];
    if (key !== undefined && value !== undefined)
      properties.set(key.toLowerCase(), unescaped(value, escapes));
  }
  return properties;
}

/** One escape after the other and `%25` last, as the runner does it: `%250A` becomes `%0A`, not a new line. */
function unescaped(text: string, escapes: Escapes): string {
  let result = text;
  for (const [escaped, character] of Object.entries(escapes))
    result = result.replaceAll(escaped, character);
  return result.replaceAll('%25', '%');
}
