import { packageOf } from './package-of.ts';

/** What a specifier in a module leads to, of the modules and packages that are in a build. */
export type ResolveImport = (specifier: string, from: string) => readonly string[];

/**
 * Resolves imports without a disk, among what is known to be there.
 * @param own ids of own modules
 * @param nodes own modules, and instances of packages
 */
export function importResolver(own: readonly string[], nodes: ReadonlySet<string>): ResolveImport {
  const byPath = new Map<string, string>();
  const byName = new Map<string, string[]>();
  for (const id of own)
    for (const path of writtenAs(id)) if (!byPath.has(path)) byPath.set(path, id);
  for (const node of nodes) {
    const name = packageOf(node)?.name;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), node]);
  }
  return (specifier, from) => {
    const path = specifier.replace(/[?#].*$/s, '').replace(/^.*!/s, '') || specifier;
    if (/^\.\.?(?:\/|$)/.test(path)) return listed(lookUp(joined(from, path), byPath));
    const name = /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '';
    const copies = byName.get(name);
    return copies === undefined ? listed(aliased(path, byPath)) : nearest(copies, name, from);
  };
}

function listed(id: string | null): string[] {
  return id === null ? [] : [id];
}

const EXTENSION = /\.[^./]+$/;

/** A module's path as others may write it: whole, without its extension, as a folder. */
function writtenAs(id: string): string[] {
  const bare = id.replace(EXTENSION, '');
  return [id, bare, ...(bare.endsWith('/index') ? [bare.slice(0, -'/index'.length)] : [])];
}

/** TypeScript is imported by the extension that it is compiled to. */
function lookUp(path: string, byPath: ReadonlyMap<string, string>): string | null {
  return byPath.get(path) ?? byPath.get(path.replace(EXTENSION, '')) ?? null;
}

function joined(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    const isUp = part === '..';
    if (isUp && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Where aliases most often lead, of those that bundlers and frameworks come with. */
const ALIAS_FOLDERS: readonly string[] = ['', 'src/', 'app/', 'src/lib/', 'lib/'];

/** `@/a`, `~/a`, `#a`, `$lib/a` and `src/a`. */
function aliased(path: string, byPath: ReadonlyMap<string, string>): string | null {
  const rest = path.replace(/^(?:[@~#$][\w-]*\/|[#~/])/, '');
  for (const folder of ALIAS_FOLDERS) {
    const id = lookUp(folder + rest, byPath);
    if (id !== null) return id;
  }
  return null;
}

/** The copy that a module sees, folder by folder upwards; all where folders do not tell. */
function nearest(copies: readonly string[], name: string, from: string): readonly string[] {
  if (copies.length === 1) return copies;
  const parts = from.split('/').slice(0, -1);
  for (let length = parts.length; length >= 0; length -= 1) {
    const folder = parts
      .slice(0, length)
      .map((part) => `${part}/`)
      .join('');
    const beside = folder.endsWith('node_modules/')
      ? `${folder}${name}`
      : `${folder}node_modules/${name}`;
    if (copies.includes(beside)) return [beside];
  }
  return copies;
}
