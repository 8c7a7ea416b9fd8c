import { pageTypeOf } from '../core/page-type.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import type { FindPagesRequest, FoundPages } from './find-pages.ts';
import { type FactReader, factReader } from './load-facts.ts';
import { mapParts } from './map-parts.ts';
import { spareStyleNotes, unresolvedNotes } from './page-notes.ts';
import { isProject, type Output, outputRoot, readOutput } from './page-output.ts';
import { scanPage } from './page-scan.ts';
import { walk } from './walk.ts';

export interface ScanPagesRequest extends FindPagesRequest {
  /** Of the pages that budgets name. */
  readonly patterns: readonly string[];
  /** Folders with pages that are where measured files are, or above. */
  readonly beside: readonly string[];
  /** A budget names a route, which metadata tells of: of all that is built. */
  readonly wantsRoutes: boolean;
}

/** Pages that no budget names are scanned up to this number: they only class the files. */
const MOST_UNNAMED = 100;

/** Scans the pages that budgets name, and those beside the measured files. */
export async function scanPages(request: ScanPagesRequest, host: Host): Promise<FoundPages> {
  const { config, patterns } = request;
  const found = await walk(patterns, config.folder, host);
  const named = found.map(({ path }) => path).filter((path) => pageTypeOf(path) === 'document');
  const outputs = new Outputs(config.folder, host);
  const pages = new Map<string, Page>();
  for (const path of named) {
    const { output, facts } = await outputs.of(path);
    pages.set(path, scanPage(path, output, facts));
  }
  const notes = [...unresolvedNotes([...pages.values()])];
  const folders = named.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  const isNowhere = request.wantsRoutes && request.paths.length === 0 && named.length === 0;
  const known = isNowhere ? await outputFolders(request, host) : [];
  const beside = [...new Set([...request.beside, ...folders, ...known])];
  const unnamed = await pagesBeside({ ...request, beside }, outputs, host);
  const others = unnamed.filter((path) => !pages.has(path));
  for (const path of others.slice(0, MOST_UNNAMED)) {
    const { output, facts } = await outputs.of(path);
    const page = scanPage(path, output, facts);
    // An HTML file that loads nothing of the build says nothing of it: a report, a template.
    if (page.initial.length > 1) pages.set(path, page);
  }
  if (others.length > MOST_UNNAMED) notes.push(manyPages(others.length));
  else if (speaksOfLoad(config))
    notes.push(...spareStyleNotes([...pages.values()], outputs.styles()));
  const sorted = [...pages.values()].sort((left, right) => (left.path < right.path ? -1 : 1));
  if (!request.wantsRoutes) return { pages: sorted, files: [], parts: [], notes };
  for (const path of request.paths) await outputs.of(path);
  return { pages: sorted, files: outputs.files(), parts: await outputs.partsOf(sorted), notes };
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
function speaksOfLoad({ budgets }: Config): boolean {
  return budgets.some(
    ({ selection }) =>
      selection.kind === 'pages' || (selection.kind === 'assets' && selection.load !== undefined),
  );
}

function manyPages(count: number): string {
  return `${MOST_UNNAMED} of ${count} pages say what is loaded at once and what is lazy; name others with \`page\` in a budget.`;
}

interface Read {
  readonly output: Output;
  readonly facts: FactReader;
}

/** The outputs of pages, each listed once. */
class Outputs {
  readonly #roots = new Map<string, Promise<string>>();
  readonly #files: string[] = [];
  readonly #outputs = new Map<string, Promise<Read>>();
  readonly #folder: string;
  readonly #host: Host;

  constructor(folder: string, host: Host) {
    this.#folder = folder;
    this.#host = host;
  }

  async of(page: string): Promise<Read> {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    const root = this.#roots.get(folder) ?? outputRoot(page, this.#folder, this.#host);
    this.#roots.set(folder, root);
    const name = await root;
    const output = this.#outputs.get(name) ?? this.#read(name);
    this.#outputs.set(name, output);
    return output;
  }

  /** All pages of the output that a folder belongs to. */
  async pagesAround(folder: string): Promise<string[]> {
    const { output } = await this.of(folder === '' ? 'index.html' : `${folder}/index.html`);
    return [...output.files.keys()].filter((path) => pageTypeOf(path) === 'document');
  }

  async partsOf(pages: readonly Page[]): Promise<Page[]> {
    const parts: Page[] = [];
    for (const read of await Promise.all(this.#outputs.values())) {
      parts.push(...(await mapParts(pages, read, this.#folder, this.#host)));
    }
    return parts;
  }

  /** Paths of all files in the outputs that were read. */
  files(): string[] {
    return this.#files;
  }

  /** Paths of all style sheets among them. */
  styles(): string[] {
    return this.#files.filter((path) => pageTypeOf(path) === 'stylesheet');
  }

  async #read(root: string): Promise<Read> {
    const output = await readOutput(root, this.#folder, this.#host);
    for (const path of output.files.keys()) this.#files.push(path);
    return { output, facts: await factReader(output, this.#folder, this.#host) };
  }
}
