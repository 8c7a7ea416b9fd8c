import { closedChanges } from '../core/closed-changes.ts';
import { unopenedScripts } from '../core/unopened-scripts.ts';
import { MAP_OPTIONS } from '../format/map-options.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type UserBundler, userBundler } from './user-bundler.ts';

/**
 * The one thing to do where scripts changed and nothing says why; null where something does, and
 * where the bundler is not known and base had no maps either: advice that fits nobody helps nobody.
 * @param root absolute; the budgets file's folder
 */
export async function mapAdvice(
  comparison: Comparison,
  root: string,
  host: Host,
): Promise<string | null> {
  const closed = closedChanges(comparison);
  if (closed === null) return null;
  const { changes, isLost } = closed;
  const what = scriptsWords(changes.map(({ subject }) => subject));
  if (closed.side === 'base') {
    return `Base was measured without source maps, so nothing says why ${what} changed: the next record of base will have them.`;
  }
  if (closed.side === 'both') {
    const place = changes.length === 1 ? 'one beside it' : 'one beside each of them';
    return `Other scripts have source maps, and none says why ${what} changed: put ${place}, \`.map\` after its name.`;
  }
  const option = await optionFor(changes[0]?.head?.path ?? '', root, host);
  if (isLost) {
    return `Base had source maps, and head has none that says why ${what} changed: ${option ?? 'turn them on in your bundler, and measure before they are removed'}.`;
  }
  return option === null ? null : `No source map says why ${what} changed: ${option}.`;
}

/** What would tell what is inside a build; null where the bundler is not known. */
export async function insideAdvice(
  head: Snapshot,
  root: string,
  host: Host,
): Promise<string | null> {
  const { all } = unopenedScripts(head);
  const [first] = all;
  if (first === undefined) return null;
  const option = await optionFor(first.path, root, host);
  const what = scriptsWords(all.map(({ subject }) => subject));
  return option === null ? null : `No source map says what is inside ${what}: ${option}.`;
}

function scriptsWords([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${others.length + 1} scripts`;
}

async function optionFor(path: string, root: string, host: Host): Promise<string | null> {
  return optionOf(await userBundler(await foldersAbove(path, root, host), host));
}

function optionOf(found: UserBundler | null): string | null {
  const known = MAP_OPTIONS.find(({ bundler }) => bundler === found?.bundler);
  if (known === undefined) return null;
  const { bundler, option, file } = known;
  if (option === null) return `${bundler} writes them, so measure before they are removed`;
  const isFile = !file.includes(' ');
  const place = isFile ? (found?.config ?? file) : file;
  return `set \`${option}\` in ${place}, and measure before the maps are removed`;
}

/** From where a script stands up to the repository's root: the nearest project built it. */
async function foldersAbove(path: string, root: string, host: Host): Promise<string[]> {
  const top = (await host.checkout(root))?.root ?? root;
  const folders: string[] = [];
  let folder = host.resolve(root, path, '..');
  while (isWithin(host.relative(top, folder))) {
    folders.push(folder);
    const above = host.resolve(folder, '..');
    if (above === folder) break;
    folder = above;
  }
  return folders;
}

function isWithin(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !/^(?:\/|[A-Za-z]:)/.test(path);
}
