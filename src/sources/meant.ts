import { isNegated } from '../core/select.ts';
import { didYouMean } from '../format/suggest.ts';
import type { Selection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import { ownPlaces } from './import-place.ts';
import { staticFolder } from './walk.ts';

/**
 * What was meant by the first page or place of an import that is there under nearly the same name;
 * null where nothing is near. For an error only: it looks into folders.
 */
export async function meantName({ budgets, folder }: Config, host: Host): Promise<string | null> {
  for (const { selection } of budgets) {
    for (const name of writtenNames(selection)) {
      const beside = selection.kind === 'pages' ? pagesBeside : placesBeside;
      const known = await beside(name, folder, host);
      const meant = nearestOf(name, known);
      if (meant !== null) return meant;
    }
  }
  return null;
}

function writtenNames(selection: Selection): readonly string[] {
  if (selection.kind === 'pages') return selection.pages.filter(isOnePage);
  return selection.kind === 'imports' ? selection.imports.map(({ from }) => from) : [];
}

function isOnePage(page: string): boolean {
  return !isNegated(page) && /\.html?$/.test(page) && !/[*?{}]/.test(page);
}

async function pagesBeside(page: string, folder: string, host: Host): Promise<string[]> {
  const files = await host.glob([within(page, '*.{html,htm}')], folder);
  return files.map(({ path }) => path);
}

/** Names of the own package, and for a path the scripts of its folder, written as it is. */
async function placesBeside(from: string, folder: string, host: Host): Promise<string[]> {
  const own = await ownPlaces(folder, host);
  if (!/\.[cm]?[jt]sx?$/.test(from)) return own;
  const start = /^(?:\.\/)*/.exec(from)?.[0] ?? '';
  const files = await host.glob([within(from.slice(start.length), '*.{js,mjs,cjs}')], folder);
  return [...own, ...files.map(({ path }) => `${start}${path}`)];
}

function within(path: string, pattern: string): string {
  const folder = staticFolder(path);
  return folder === '' ? pattern : `${folder.replace(/\/$/, '')}/${pattern}`;
}

function nearestOf(name: string, known: readonly string[]): string | null {
  return didYouMean(
    name,
    known.filter((one) => one !== name),
  );
}
