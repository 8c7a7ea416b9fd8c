import { suggestion } from '../format/suggest.ts';
import { UserError } from '../model/errors.ts';

/** `value`: takes one. `flag`: takes none. `maybe`: `--strict` or `--strict=warn`. */
export type OptionKind = 'value' | 'flag' | 'maybe';

export interface OptionRow {
  readonly kind: OptionKind;
  /** How its value is called in the help; empty for flags. */
  readonly value: string;
  readonly describes: string;
  readonly isRepeatable?: boolean;
}

export type OptionTable = Readonly<Record<string, OptionRow>>;

export interface Parsed {
  /** Values by option; a flag is `''`. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/**
 * Reads arguments against a table.
 * @throws UserError `unknown-option`, `option-value`, `option-twice`
 */
export function parseOptions(args: readonly string[], table: OptionTable): Parsed {
  const { tokens, positionals } = tokensOf(args, table);
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    const row = rowOf(token, table);
    const given = [...(values.get(token.name) ?? []), textOf(token, row)];
    if (given.length > 1 && !row.isRepeatable) {
      throw new UserError('option-twice', `${token.rawName} is given twice.`, {
        hint: 'Keep one.',
      });
    }
    values.set(token.name, given);
  }
  return { values, positionals };
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly isInline: boolean;
}

/** As `parseArgs` of node:util reads them, whose loading alone costs a start a millisecond. */
function tokensOf(
  args: readonly string[],
  table: OptionTable,
): { readonly tokens: readonly Token[]; readonly positionals: readonly string[] } {
  const tokens: Token[] = [];
  const end = args.indexOf('--');
  const positionals = end < 0 ? [] : args.slice(end + 1);
  const before = (end < 0 ? args : args.slice(0, end)).values();
  const own: string[] = [];
  for (const arg of before) {
    if (!arg.startsWith('-') || arg === '-') {
      own.push(arg);
      continue;
    }
    const [, rawName = arg, name = '', inline] = /^(--([^=]*))(?:=(.*))?$/s.exec(arg) ?? [];
    const isInline = inline !== undefined;
    const takesNext = !isInline && Object.hasOwn(table, name) && table[name]?.kind === 'value';
    const value = takesNext ? before.next().value : inline;
    tokens.push({ name, rawName, value, isInline });
  }
  return { tokens, positionals: [...own, ...positionals] };
}

function rowOf({ name, rawName }: Token, table: OptionTable): OptionRow {
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row !== undefined) return row;
  const known = Object.keys(table).map((option) => `--${option}`);
  throw new UserError('unknown-option', `${rawName} is not an option here.`, {
    hint: suggestion(rawName, known),
  });
}

function textOf({ rawName, value, isInline }: Token, row: OptionRow): string {
  const text = value ?? '';
  if (row.kind === 'flag' && text !== '') {
    throw new UserError('option-value', `${rawName} takes no value, got "${text}".`);
  }
  // `--save --quiet` forgot the file; `--save=--quiet` means it.
  const isForgotten = text === '' || (!isInline && text.startsWith('--'));
  if (row.kind === 'value' && isForgotten) {
    throw new UserError('option-value', `${rawName} needs a value.`, {
      hint: `Write ${rawName} ${row.value} or ${rawName}=${row.value}.`,
    });
  }
  return text;
}

/** The last value of an option; null where it is not given. */
export function optionOf({ values }: Parsed, name: string): string | null {
  return values.get(name)?.at(-1) ?? null;
}

/** What head is compared with. */
export const BASE: OptionRow = {
  kind: 'value',
  value: 'REF|FILE|none',
  describes: 'the commit or snapshot to compare with; default: the merge base',
};

/** How base is built. */
export const BUILD: OptionRow = {
  kind: 'value',
  value: 'COMMAND',
  describes: 'builds base, in a worktree of its own, when no record of it is found',
};

/** Which budgets files are meant. */
export const CONFIG: OptionRow = {
  kind: 'value',
  value: 'FILE',
  describes: 'a budgets file, or a glob of them; repeatable; default: looked for here',
  isRepeatable: true,
};

/** All values of an option. */
export function valuesOf({ values }: Parsed, name: string): readonly string[] {
  return values.get(name) ?? [];
}

export const COMMON: OptionTable = {
  cwd: { kind: 'value', value: 'DIR', describes: 'run as if started there' },
  'no-color': { kind: 'flag', value: '', describes: 'no colours; NO_COLOR does the same' },
  quiet: {
    kind: 'flag',
    value: '',
    describes: 'no progress; the table only when something is wrong',
  },
};
