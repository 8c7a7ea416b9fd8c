import { parseTree } from 'jsonc-parser';
import { isGlob } from '../core/select.ts';
import { CONFIG_NAMES } from '../model/config-names.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

const KEY = 'weighbridge';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly folder: string;
  /** As shown to people: relative to the working directory. */
  readonly shown: string;
  /** The key of package.json; null for a file of its own. */
  readonly key: typeof KEY | null;
}

/**
 * The budgets files that names and globs lead to, each once, by path; the one of `cwd` where there
 * are no names.
 * @throws UserError `no-config`
 */
export async function findConfigs(
  named: readonly string[],
  cwd: string,
  host: Host,
): Promise<readonly ConfigFile[]> {
  if (named.length === 0) return [await findConfig(null, cwd, host)];
  const found = new Map<string, ConfigFile>();
  for (const name of named) {
    const isThere = (await host.kind(host.resolve(cwd, name))) !== null;
    const files =
      isThere || !isGlob(name)
        ? [await namedConfig(name, cwd, host)]
        : await matchingConfigs(name, cwd, host);
    for (const file of files) found.set(file.path, file);
  }
  return [...found.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** Packages of others have budgets files too, and are none of ours. */
const NOT_OURS = '**/node_modules/**';

async function matchingConfigs(glob: string, cwd: string, host: Host): Promise<ConfigFile[]> {
  const patterns = glob.includes('node_modules') ? [glob] : [glob, `!${NOT_OURS}`];
  const matches = await host.glob(patterns, cwd);
  const files: ConfigFile[] = [];
  for (const { path } of matches) {
    const file = fileAt(host.resolve(cwd, path), host, cwd);
    // `*.json` matches every package.json: only one that names us is meant.
    if (file.key === null || (await hasKey(file.path, host))) files.push(file);
  }
  if (files.length > 0) return files;
  throw new UserError('no-config', `--config ${glob} matches no file.`, {
    hint: 'Write it from the working directory, in quotes, down to the files: "packages/*/budgets.json".',
  });
}

export async function findConfig(
  named: string | null,
  cwd: string,
  host: Host,
): Promise<ConfigFile> {
  if (named !== null) return namedConfig(named, cwd, host);
  const found: ConfigFile[] = [];
  for (const name of CONFIG_NAMES) {
    const path = host.resolve(cwd, name);
    if ((await host.kind(path)) === 'file') found.push(fileAt(path, host, cwd));
  }
  const manifest = host.resolve(cwd, 'package.json');
  if (await hasKey(manifest, host)) found.push(fileAt(manifest, host, cwd));
  return onlyOne(found, cwd, host);
}

async function namedConfig(named: string, cwd: string, host: Host): Promise<ConfigFile> {
  const path = host.resolve(cwd, named);
  const kind = await host.kind(path);
  // A pipe too: `--config <(...)`.
  if (kind === 'file' || kind === 'other') return fileAt(path, host, cwd);
  throw new UserError(
    'no-config',
    kind === 'folder' ? `${named} is a folder, not a budgets file.` : `${named} does not exist.`,
    { hint: kind === 'folder' ? `Try --cwd ${named}.` : 'Run `weighbridge init` to write one.' },
  );
}

function onlyOne(found: readonly ConfigFile[], cwd: string, host: Host): ConfigFile {
  const [first, second] = found;
  if (first === undefined) {
    const where = host.relative(host.resolve('.'), cwd) || 'this folder';
    throw new UserError('no-config', `No budgets file in ${where}.`, {
      hint: `Run \`weighbridge init\` to write budgets.json, or name one with --config. Looked for ${CONFIG_NAMES.join(', ')} and "weighbridge" in package.json.`,
    });
  }
  if (second !== undefined) {
    throw new UserError(
      'two-configs',
      `There are two budgets files: ${first.shown} and ${second.shown}.`,
      {
        hint: 'Keep one, or name one with --config.',
      },
    );
  }
  return first;
}

function fileAt(path: string, host: Host, cwd: string): ConfigFile {
  const key = /(^|[\\/])package\.json$/.test(path) ? KEY : null;
  return { path, folder: host.resolve(path, '..'), shown: host.relative(cwd, path), key };
}

/** A damaged package.json is the package manager's to report, unless it names us. */
export async function hasKey(path: string, host: Host): Promise<boolean> {
  const bytes = await host.read(path);
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  if (!text.includes('"weighbridge"')) return false;
  return parseTree(text)?.children?.some(({ children }) => children?.[0]?.value === KEY) ?? false;
}
