/** What a lockfile says of versions. */
export interface LockedVersions {
  /** By the folder of a copy, as seen from the lockfile's: `node_modules/a/node_modules/b`. */
  readonly byInstance: ReadonlyMap<string, string>;
  /** All versions of a package, by its name. */
  readonly byName: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Lockfiles that are read, by the name of the file, in the order in which they are looked for. */
export const LOCKFILES = {
  'package-lock.json': readNpm,
  'npm-shrinkwrap.json': readNpm,
  'pnpm-lock.yaml': readPnpm,
  'yarn.lock': readYarn,
  'bun.lock': readBun,
} as const satisfies Readonly<Record<string, (text: string) => LockedVersions>>;

/** The version of a copy; null where several are locked and nothing tells which one it is. */
export function lockedVersion(
  instance: string,
  name: string,
  { byInstance, byName }: LockedVersions,
): string | null {
  const exact = byInstance.get(instance.replace(/^(?:\.\.\/)+/, ''));
  if (exact !== undefined) return exact;
  const [only, ...others] = byName.get(name) ?? [];
  return others.length === 0 ? (only ?? null) : null;
}

class Found implements LockedVersions {
  readonly byInstance = new Map<string, string>();
  readonly byName = new Map<string, Set<string>>();

  add(name: string, version: unknown, instance: string | null): void {
    if (typeof version !== 'string' || !/^[\w.+-]{1,100}$/.test(version)) return;
    this.byName.set(name, (this.byName.get(name) ?? new Set()).add(version));
    if (instance !== null) this.byInstance.set(instance, version);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** `packages` of versions 2 and 3; nested `dependencies` of version 1. */
function readNpm(text: string): LockedVersions {
  const found = new Found();
  const { packages, dependencies } = fieldsOf(parsed(text));
  for (const [instance, entry] of Object.entries(fieldsOf(packages))) {
    const name = instance.split('node_modules/').at(-1) ?? '';
    if (instance.includes('node_modules/')) found.add(name, fieldsOf(entry).version, instance);
  }
  if (packages === undefined) addNested(fieldsOf(dependencies), '', found, 0);
  return found;
}

/** Deeper than npm nests. */
const DEEPEST = 32;

function addNested(dependencies: Fields, folder: string, found: Found, depth: number): void {
  if (depth > DEEPEST) return;
  for (const [name, entry] of Object.entries(dependencies)) {
    const instance = `${folder}node_modules/${name}`;
    found.add(name, fieldsOf(entry).version, instance);
    addNested(fieldsOf(fieldsOf(entry).dependencies), `${instance}/`, found, depth + 1);
  }
}

/** Keys of `packages`: `/a@1.0.0:`, `'@a/b@1.0.0(c@2.0.0)':`, and of old ones `/a/1.0.0_c@2.0.0:`. */
function readPnpm(text: string): LockedVersions {
  const found = new Found();
  const start = /^packages:\s*$/m.exec(text)?.index ?? text.length;
  const keys = /^ {2}['"]?\/?((?:@[^/@\s]+\/)?[^/@\s'"]+)[@/](\d[\w.+-]*?)(?=['":(_])/gm;
  for (const [, name = '', version] of text.slice(start).matchAll(keys))
    found.add(name, version, null);
  return found;
}

/** Version 1 and berry differ in quotes and colons only. */
function readYarn(text: string): LockedVersions {
  const found = new Found();
  const blocks = /^"?((?:@[^/@\s"]+\/)?[^@\s"]+)@[^\n]*:\r?\n {2}version:? "?([^"\s]+)"?/gm;
  for (const [, name = '', version] of text.matchAll(blocks)) found.add(name, version, null);
  return found;
}

/** One line for each copy: `"a/b": ["b@1.0.0", ...]` is the `b` within `a`. */
function readBun(text: string): LockedVersions {
  const found = new Found();
  const lines = /^[ \t]+"([^"\n]+)": \["@?[^@"\n]+@([^"\n]+)"/gm;
  for (const [, key = '', version] of text.matchAll(lines)) {
    const names = key.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
    const instance = names.map((name) => `node_modules/${name}`).join('/');
    found.add(names.at(-1) ?? key, version, instance);
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
