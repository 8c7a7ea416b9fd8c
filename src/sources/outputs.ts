import { pageTypeOf } from '../core/page-type.ts';
import type { Host } from '../model/host.ts';
import type { Page, PageScan } from '../model/page.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FactReader } from './load-facts.ts';
import type { FindMap } from './map-parts.ts';
import { type PageDigest, pageDigest } from './page-digest.ts';
import { type Output, outputRoot, readOutput } from './page-output.ts';

/** Pages beyond which a record does not say what they were read from. */
const MOST_KEPT = 500;

interface ListedOutput {
  readonly output: Output;
  readonly digestOf: PageDigest;
  /** Made at the first call. */
  readonly facts: () => Promise<FactReader>;
}

/** The outputs of pages, each listed once. */
export class Outputs {
  readonly #roots = new Map<string, Promise<string>>();
  readonly #files: string[] = [];
  readonly #outputs = new Map<string, Promise<ListedOutput>>();
  readonly #before: ReadonlyMap<string, KnownPage>;
  readonly #folder: string;
  readonly #host: Host;

  /** @param reuse a snapshot that knows pages */
  constructor(folder: string, reuse: Snapshot | null, host: Host) {
    this.#before = knownPages(reuse);
    this.#folder = folder;
    this.#host = host;
  }

  async of(page: string): Promise<ListedOutput> {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    const root = this.#roots.get(folder) ?? outputRoot(page, this.#folder, this.#host);
    this.#roots.set(folder, root);
    const name = await root;
    const output = this.#outputs.get(name) ?? this.#read(name);
    this.#outputs.set(name, output);
    return output;
  }

  /** Reads a page, unless it and all that it loads are as they were when it was read last. */
  async scan(path: string): Promise<Page> {
    const { output, digestOf, facts } = await this.of(path);
    const known = this.#before.get(path);
    if (known !== undefined && digestOf(known.page) === known.digest) return known.page;
    // Loaded only here: a build that has not changed is not read.
    const { scanPage } = await import('./page-scan.ts');
    return scanPage(path, output, await facts());
  }

  /** What pages that were scanned were read from; nothing of more than a record should hold. */
  async digests(pages: readonly Page[]): Promise<PageScan[]> {
    if (pages.length > MOST_KEPT) return [];
    const scans: PageScan[] = [];
    for (const page of pages) {
      const digest = (await this.of(page.path)).digestOf(page);
      if (digest !== null) scans.push({ path: page.path, digest });
    }
    return scans;
  }

  /** All pages of the output that a folder belongs to. */
  async pagesAround(folder: string): Promise<string[]> {
    const { output } = await this.of(folder === '' ? 'index.html' : `${folder}/index.html`);
    return [...output.files.keys()].filter((path) => pageTypeOf(path) === 'document');
  }

  /** Lazy parts of pages, by the modules in them. */
  async partsOf(pages: readonly Page[], findMap: FindMap): Promise<Page[]> {
    // Loaded only here: most pages are scanned without a look into source maps.
    const { mapParts } = await import('./map-parts.ts');
    const place = { folder: this.#folder, findMap };
    const parts: Page[] = [];
    for (const { output, facts } of await Promise.all(this.#outputs.values())) {
      const scanned = { output, facts: await facts() };
      parts.push(...(await mapParts(pages, scanned, place, this.#host)));
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

  async #read(root: string): Promise<ListedOutput> {
    const [folder, host] = [this.#folder, this.#host];
    const output = await readOutput(root, folder, host);
    for (const path of output.files.keys()) this.#files.push(path);
    let reader: Promise<FactReader> | null = null;
    const facts = () => {
      reader ??= readerOf(output, folder, host);
      return reader;
    };
    return { output, digestOf: pageDigest(output, folder, host), facts };
  }
}

async function readerOf(output: Output, folder: string, host: Host): Promise<FactReader> {
  const { factReader } = await import('./load-facts.ts');
  return factReader(output, folder, host);
}

interface KnownPage {
  readonly page: Page;
  readonly digest: string;
}

function knownPages(reuse: Snapshot | null): ReadonlyMap<string, KnownPage> {
  const files = (reuse?.pages ?? []).filter(({ kind }) => kind === 'file');
  const pages = new Map(files.map((page) => [page.path, page]));
  return new Map(
    (reuse?.scans ?? []).flatMap(({ path, digest }) => {
      const page = pages.get(path);
      return page === undefined ? [] : [[path, { page, digest }]];
    }),
  );
}
