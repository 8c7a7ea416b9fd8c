/** What an import map makes of a specifier in a module; null where it says nothing of it. */
export type ImportMap = (specifier: string, from: URL) => string | null;

export interface ReadImportMap {
  readonly lookUp: ImportMap;
  /** All addresses in it. */
  readonly addresses: readonly string[];
}

/**
 * Reads an import map; a map that is broken maps nothing, as in browsers. Of the scopes that a
 * module is in the longest goes first, and `imports` last.
 * @param page what the names of scopes are relative to
 */
export function readImportMap(text: string | null, page: URL): ReadImportMap {
  const { imports, scopes } = fieldsOf(text === null ? null : parsed(text));
  const general = tableOf(imports);
  const scoped = Object.entries(fieldsOf(scopes))
    .flatMap(([scope, value]) => {
      const url = URL.canParse(scope, page.href) ? new URL(scope, page.href).href : null;
      return url === null ? [] : [{ url, table: tableOf(value) }];
    })
    .sort((left, right) => right.url.length - left.url.length);
  return {
    lookUp: (specifier, { href }) => {
      const own = scoped.filter(({ url }) =>
        url.endsWith('/') ? href.startsWith(url) : href === url,
      );
      for (const { table } of own) {
        const address = table.lookUp(specifier);
        if (address !== null) return address;
      }
      return general.lookUp(specifier);
    },
    addresses: [general, ...scoped.map(({ table }) => table)].flatMap(({ addresses }) => addresses),
  };
}

interface Table {
  readonly addresses: readonly string[];
  lookUp(specifier: string): string | null;
}

/** A name as a whole, or else by the longest of those that end in a slash. */
function tableOf(value: unknown): Table {
  const entries = new Map(addressesIn(value));
  const prefixes = [...entries.keys()].filter((key) => key.endsWith('/'));
  prefixes.sort((left, right) => right.length - left.length);
  return {
    addresses: [...entries.values()],
    lookUp: (specifier) => {
      const whole = entries.get(specifier);
      if (whole !== undefined) return whole;
      const prefix = prefixes.find((key) => specifier.startsWith(key));
      return prefix === undefined ? null : entries.get(prefix) + specifier.slice(prefix.length);
    },
  };
}

function addressesIn(value: unknown): [string, string][] {
  return Object.entries(fieldsOf(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
