import { pageTypeOf } from '../core/page-type.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import type { FindPagesRequest, FoundPages } from './find-pages.ts';
import { Outputs } from './outputs.ts';
import { isProject } from './page-output.ts';
import { speaksOfClass } from './speaks-of-class.ts';
import { unresolvedNotes } from './unresolved-notes.ts';
import { walk } from './walk.ts';

export interface ScanPagesRequest extends FindPagesRequest {
  /** Of the pages that budgets name. */
  readonly patterns: readonly string[];
  /** Folders with pages that are where measured files are, or above. */
  readonly beside: readonly string[];
  /** A budget names a route, which metadata tells of: of all that is built. */
  readonly wantsRoutes: boolean;
}

/** Pages that no budget names are scanned up to this number where they only class the files... */
const MOST_UNNAMED = 100;
/** ...and up to this one where a budget asks for the class. */
const MOST_CLASSING = 5_000;

/** Scans the pages that budgets name, and those beside the measured files. */
export async function scanPages(request: ScanPagesRequest, host: Host): Promise<FoundPages> {
  const { config, paths, wantsRoutes } = request;
  const outputs = new Outputs(config.folder, request.reuse, host);
  const named = await namedPages(request, outputs, host);
  const beside = await foldersBeside(request, named, host);
  const unnamed = await pagesBeside({ ...request, beside }, outputs, host);
  const others = unnamed.filter((path) => !named.some((page) => page.path === path));
  const scanned: Page[] = [];
  const isAsked = speaksOfClass(config);
  const most = isAsked ? MOST_CLASSING : MOST_UNNAMED;
  for (const path of others.slice(0, most)) scanned.push(await outputs.scan(path));
  // An HTML file that loads nothing of the build says nothing of it: a report, a template.
  const pages = [...named, ...scanned.filter(({ initial }) => initial.length > 1)];
  pages.sort((left, right) => (left.path < right.path ? -1 : 1));
  const scans = await outputs.digests(pages);
  const isAll = others.length <= most;
  const notes = [
    ...unresolvedNotes(named, config.budgets),
    ...(isAll ? [] : [manyPages(most, others.length)]),
  ];
  if (!speaksOfLoad(config))
    return { pages, scans, files: [], parts: [], styles: [], hasMore: false, notes };
  if (wantsRoutes) for (const path of paths) await outputs.of(path);
  const parts = wantsRoutes ? await outputs.partsOf(pages, request.findMap) : [];
  const styles = isAll ? outputs.styles() : [];
  const hasMore = isAsked && !isAll;
  return { pages, scans, files: outputs.files(), parts, styles, hasMore, notes };
}

async function namedPages(
  { config, patterns }: ScanPagesRequest,
  outputs: Outputs,
  host: Host,
): Promise<Page[]> {
  const found = await walk(patterns, config.folder, host);
  const pages: Page[] = [];
  for (const { path } of found) {
    if (pageTypeOf(path) === 'document') pages.push(await outputs.scan(path));
  }
  return pages;
}

/** Where more pages of the same builds may stand. */
async function foldersBeside(
  request: ScanPagesRequest,
  named: readonly Page[],
  host: Host,
): Promise<string[]> {
  const own = named.map(({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const isNowhere = request.wantsRoutes && request.paths.length === 0 && named.length === 0;
  const known = isNowhere ? await outputFolders(request, host) : [];
  return [...new Set([...request.beside, ...own, ...known])];
}

/** Where builds are looked for when no budget names a file of one. */
const OUTPUTS = ['.next', 'dist', 'build', 'out', 'public/build', '.output/public', 'www'] as const;

async function outputFolders({ config }: ScanPagesRequest, host: Host): Promise<string[]> {
  const folders: string[] = [];
  for (const folder of OUTPUTS) {
    const kind = await host.kind(host.resolve(config.folder, folder));
    if (kind === 'folder') folders.push(folder);
  }
  return folders;
}

/** All pages of the outputs that hold pages beside the measured files; the outermost first. */
async function pagesBeside(
  { config, beside, paths }: ScanPagesRequest,
  outputs: Outputs,
  host: Host,
): Promise<string[]> {
  const pages = new Set<string>();
  const built = new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))));
  for (const folder of beside) {
    const isSource = await isProject(host.resolve(config.folder, folder), host);
    if (isSource && folder !== '' && !built.has(folder)) continue;
    for (const path of await outputs.pagesAround(folder)) pages.add(path);
  }
  const depth = (path: string) => path.split('/').length;
  return [...pages].sort((left, right) => depth(left) - depth(right) || (left < right ? -1 : 1));
}

/** What is loaded, and when, is of interest to some budget. */
function speaksOfLoad(config: Config): boolean {
  return (
    speaksOfClass(config) || config.budgets.some(({ selection }) => selection.kind === 'pages')
  );
}

function manyPages(most: number, count: number): string {
  return `${most} of ${count} pages say what is loaded at once and what is lazy; name others with \`page\` in a budget.`;
}
