import { foldersAbove } from '../core/folders-above.ts';
import { isNegated } from '../core/select.ts';
import type { Selection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Page, PageScan } from '../model/page.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FindMap } from './map-parts.ts';
import { isRoute } from './page-budget.ts';
import { speaksOfClass } from './speaks-of-class.ts';

export interface FindPagesRequest {
  /** Its patterns are resolved already. */
  readonly config: Config;
  /** Files of the build that are measured in any case, in key form. */
  readonly paths: readonly string[];
  readonly findMap: FindMap;
  /** A snapshot whose pages serve where nothing has changed that they were read from. */
  readonly reuse: Snapshot | null;
}

/** Pages of a build, and what a user should know of them. */
export interface FoundPages {
  readonly pages: readonly Page[];
  /** What they were read from; none where there are too many for a record. */
  readonly scans: readonly PageScan[];
  /** All files of the build, in key form, where a budget speaks of what is loaded; else none. */
  readonly files: readonly string[];
  /** Lazy parts by their modules, as far as source maps tell them, where a budget names a route. */
  readonly parts: readonly Page[];
  /** The style sheets among them, where all pages of the build were scanned. */
  readonly styles: readonly string[];
  /** There are more pages, and a budget asks what is initial or lazy. */
  readonly hasMore: boolean;
  readonly notes: readonly string[];
}

const NOTHING: FoundPages = {
  pages: [],
  scans: [],
  files: [],
  parts: [],
  styles: [],
  hasMore: false,
  notes: [],
};
/** Folders that are looked into for a page that no budget names. */
const MOST_FOLDERS = 2_000;

/** Pages that budgets name, and those that stand where measured files stand, or above them. */
export async function findPages(request: FindPagesRequest, host: Host): Promise<FoundPages> {
  const patterns = pagePatterns(request.config);
  const folders = outermostFirst(request.paths);
  const beside = await withPages(folders.slice(0, MOST_FOLDERS), request.config, host);
  const isCut = folders.length > MOST_FOLDERS && speaksOfClass(request.config);
  const wantsRoutes = request.config.budgets.some(({ selection }) => speaksOfRoutes(selection));
  if (patterns.length === 0 && beside.length === 0 && !wantsRoutes) {
    return isCut ? { ...NOTHING, hasMore: true, notes: [manyFolders(folders.length)] } : NOTHING;
  }
  // Loaded only here: a build without pages pays a listing.
  const { scanPages } = await import('./scan-pages.ts');
  const found = await scanPages({ ...request, patterns, beside, wantsRoutes }, host);
  if (!isCut) return found;
  return { ...found, hasMore: true, notes: [...found.notes, manyFolders(folders.length)] };
}

/** The patterns of HTML files; routes are not looked for among files. */
function pagePatterns({ budgets }: Config): string[] {
  return budgets
    .flatMap(({ selection }) => (selection.kind === 'pages' ? [selection] : []))
    .filter(({ subject }) => subject === 'page')
    .flatMap(({ pages }) => pages.filter((page) => !isRoute(page) && !isNegated(page)));
}

function speaksOfRoutes(selection: Selection): boolean {
  if (selection.kind !== 'pages') return false;
  return selection.subject === 'route' || selection.pages.some(isRoute);
}

/**
 * The outermost come first: a page stands above what it loads. The budgets file's own folder holds
 * sources, unless a file of the build lies in it.
 */
function outermostFirst(paths: readonly string[]): string[] {
  return [...foldersAbove(paths)].sort((left, right) => depthOf(left) - depthOf(right));
}

async function withPages(
  folders: readonly string[],
  config: Config,
  host: Host,
): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const names = await host.list(host.resolve(config.folder, folder));
    if (names.some((name) => /\.html?$/i.test(name))) found.push(folder);
  }
  return found;
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

function manyFolders(count: number): string {
  return `${MOST_FOLDERS} of ${count} folders were looked into for pages: what is initial or lazy cannot be judged; name fewer files in budgets with \`load\`.`;
}
