import { pageTypeOf } from '../core/page-type.ts';
import type { Host } from '../model/host.ts';
import type { Page } from '../model/page.ts';
import { factReader } from './load-facts.ts';
import type { FindMap, ScannedOutput } from './map-parts.ts';
import { outputRoot, readOutput } from './page-output.ts';
import { scanPage } from './page-scan.ts';

/** The outputs of pages, each listed once. */
export class Outputs {
  readonly #roots = new Map<string, Promise<string>>();
  readonly #files: string[] = [];
  readonly #outputs = new Map<string, Promise<ScannedOutput>>();
  readonly #folder: string;
  readonly #host: Host;

  constructor(folder: string, host: Host) {
    this.#folder = folder;
    this.#host = host;
  }

  async of(page: string): Promise<ScannedOutput> {
    const folder = page.slice(0, page.lastIndexOf('/') + 1);
    const root = this.#roots.get(folder) ?? outputRoot(page, this.#folder, this.#host);
    this.#roots.set(folder, root);
    const name = await root;
    const output = this.#outputs.get(name) ?? this.#read(name);
    this.#outputs.set(name, output);
    return output;
  }

  async scan(page: string): Promise<Page> {
    const { output, facts } = await this.of(page);
    return scanPage(page, output, facts);
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
    for (const read of await Promise.all(this.#outputs.values())) {
      parts.push(...(await mapParts(pages, read, place, this.#host)));
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

  async #read(root: string): Promise<ScannedOutput> {
    const output = await readOutput(root, this.#folder, this.#host);
    for (const path of output.files.keys()) this.#files.push(path);
    return { output, facts: await factReader(output, this.#folder, this.#host) };
  }
}
