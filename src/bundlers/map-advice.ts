import { closedChanges } from '../core/closed-changes.ts';
import { MAP_OPTIONS } from '../format/map-options.ts';
import type { AssetChange, Comparison } from '../model/comparison.ts';
import type { Host } from '../model/host.ts';
import { userBundler } from './user-bundler.ts';

/**
 * The one thing to do where scripts changed and nothing says why; null where something does, and
 * where the bundler is not known: advice that fits nobody helps nobody.
 * @param root absolute; the budgets file's folder
 */
export async function mapAdvice(
  comparison: Comparison,
  root: string,
  host: Host,
): Promise<string | null> {
  const closed = closedChanges(comparison);
  if (closed === null) return null;
  const what = scriptsWords(closed.changes);
  if (closed.side === 'base') {
    return `Base was measured without source maps, so nothing says why ${what} changed: the next record of base will have them.`;
  }
  const option = optionOf(await userBundler(await foldersAbove(closed.changes, root, host), host));
  return option === null ? null : `No source map says why ${what} changed: ${option}.`;
}

function scriptsWords([first, ...others]: readonly AssetChange[]): string {
  return others.length === 0 ? (first?.subject ?? '') : `${others.length + 1} scripts`;
}

function optionOf(bundler: string | null): string | null {
  const known = MAP_OPTIONS.find((one) => one.bundler === bundler);
  if (known === undefined) return null;
  const { option, file } = known;
  if (option === null) return `${known.bundler} writes them, so measure before they are removed`;
  return `set \`${option}\` in ${file}, and measure before the maps are removed`;
}

/** From where the first script stands up to the repository's root: the nearest project built it. */
async function foldersAbove(
  [change]: readonly AssetChange[],
  root: string,
  host: Host,
): Promise<string[]> {
  const top = (await host.checkout(root))?.root ?? root;
  const folders: string[] = [];
  let folder = host.resolve(root, change?.head?.path ?? '', '..');
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
