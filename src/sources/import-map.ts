/** What an import map makes of a specifier; null where it says nothing of it. */
export type ImportMap = (specifier: string) => string | null;

export interface ReadImportMap {
  readonly lookUp: ImportMap;
  /** All addresses in it. */
  readonly addresses: readonly string[];
}

/**
 * Reads the `imports` of an import map; a map that is broken maps nothing, as in browsers. Its
 * `scopes` are taken for more addresses that may be loaded.
 */
export function readImportMap(text: string | null): ReadImportMap {
  const { imports, scopes } = fieldsOf(text === null ? null : parsed(text));
  const entries = new Map(addressesIn(imports));
  const scoped = Object.values(fieldsOf(scopes)).flatMap((scope) => addressesIn(scope));
  const prefixes = [...entries.keys()].filter((key) => key.endsWith('/'));
  prefixes.sort((left, right) => right.length - left.length);
  return {
    lookUp: (specifier) => {
      const whole = entries.get(specifier);
      if (whole !== undefined) return whole;
      const prefix = prefixes.find((key) => specifier.startsWith(key));
      return prefix === undefined ? null : entries.get(prefix) + specifier.slice(prefix.length);
    },
    addresses: [...entries.values(), ...scoped.map(([, address]) => address)],
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
