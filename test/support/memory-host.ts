import { posix } from 'node:path';
import micromatch from 'micromatch';
import { UserError } from '../../src/model/errors.ts';
import type { Checkout, FoundFile, Host } from '../../src/model/host.ts';

export type Content = string | Uint8Array;

export interface MemoryHostOptions {
  /** The working directory; keys of the files are seen from here unless they are absolute. */
  readonly cwd?: string;
  readonly now?: string;
  /** `gitFolder` follows from the root unless it is given. */
  readonly checkout?: (Omit<Checkout, 'gitFolder'> & Partial<Checkout>) | null;
  /** Default exports by path, for configs that are code. */
  readonly modules?: Readonly<Record<string, unknown>>;
  readonly versions?: Readonly<Record<string, string>>;
}

export interface MemoryHost extends Host {
  readonly cwd: string;
  /** All files by absolute path, those written by the code under test among them. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The text of a file, to look at what was written. */
  text(path: string): string | null;
}

/** A machine in memory: files are a map, the clock stands still, git says what it is told. */
export function memoryHost(
  given: Readonly<Record<string, Content>>,
  options: MemoryHostOptions = {},
): MemoryHost {
  const { cwd = '/repo', now = '2026-01-15T12:00:00.000Z', checkout = null } = options;
  let folders = 0;
  const resolve = (...parts: string[]) => posix.resolve(cwd, ...parts);
  const files = new Map(
    Object.entries(given).map(([path, content]) => [resolve(path), toBytes(content)]),
  );
  const modules = new Map(
    Object.entries(options.modules ?? {}).map(([path, value]) => [resolve(path), value]),
  );
  const kind = (path: string) => kindOf([...files.keys(), ...modules.keys()], resolve(path));
  return {
    cwd,
    files,
    text: (path) => toText(files.get(resolve(path))),
    glob: async (patterns, folder) => globFiles(files, patterns, resolve(folder)),
    read: async (path) => files.get(resolve(path)) ?? null,
    readNow: (path) => files.get(resolve(path)) ?? null,
    list: async (folder) => namesIn([...files.keys()], resolve(folder)),
    kind: async (path) => kind(path),
    write: async (path, data) => {
      files.set(resolve(path), toBytes(data));
    },
    importDefault: async (path) => {
      const value = modules.get(resolve(path));
      if (value === undefined) throw new UserError('config-invalid', `${path} cannot be loaded`);
      return value;
    },
    loadPackage: async () => null,
    remove: async (path) => {
      const at = resolve(path);
      for (const one of files.keys()) {
        if (one === at || one.startsWith(`${at}/`)) files.delete(one);
      }
    },
    modified: async (path) => (files.has(resolve(path)) ? new Date(now) : null),
    temporaryFolder: async () => resolve(`/tmp/weighbridge-${++folders}`),
    checkout: async () =>
      checkout === null ? null : { gitFolder: posix.join(checkout.root, '.git'), ...checkout },
    git: async () => {
      throw new UserError('no-git', 'git cannot be run: there is none in memory.');
    },
    command: async () => {
      throw new Error('no command runs in memory');
    },
    onDeath: () => () => {},
    environment: {},
    sleep: async () => {},
    random: () => 0.5,
    resolve,
    relative: (from, to) => posix.relative(resolve(from), resolve(to)),
    now: () => new Date(now),
    versions: options.versions ?? { node: '24.0.0' },
    progress: () => {},
  };
}

function toBytes(content: Content): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function toText(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : new TextDecoder().decode(bytes);
}

/** As fast-glob sees it: patterns are alternatives, dot files match only when they are named. */
function globFiles(
  files: ReadonlyMap<string, Uint8Array>,
  patterns: readonly string[],
  folder: string,
): FoundFile[] {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return [...files]
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, content]) => ({ path: path.slice(prefix.length), size: content.length }))
    .filter(({ path }) => isFound(path, patterns));
}

function isFound(path: string, patterns: readonly string[]): boolean {
  const without = patterns.filter((pattern) => /^![^(]/.test(pattern));
  return (
    patterns.some((pattern) => !without.includes(pattern) && matches(path, pattern)) &&
    !without.some((pattern) => matches(path, pattern.slice(1)))
  );
}

function matches(path: string, pattern: string): boolean {
  return path === pattern || micromatch.isMatch(path, pattern);
}

function namesIn(paths: readonly string[], folder: string): string[] {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  const inside = paths.filter((path) => path.startsWith(prefix));
  return [...new Set(inside.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))];
}

function kindOf(paths: readonly string[], path: string): 'file' | 'folder' | null {
  if (paths.includes(path)) return 'file';
  const prefix = path.endsWith('/') ? path : `${path}/`;
  return paths.some((one) => one.startsWith(prefix)) ? 'folder' : null;
}
