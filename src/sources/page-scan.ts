import { pageTypeOf } from '../core/page-type.ts';
import { MOST_UNRESOLVED, type Page } from '../model/page.ts';
import { htmlReferences } from './html-references.ts';
import { type ImportMap, readImportMap } from './import-map.ts';
import type { FactReader, LoadFacts } from './load-facts.ts';
import { type Place, placeOf, resolveAddress } from './page-address.ts';
import type { Output } from './page-output.ts';

/** UTF-16 units of a reference that are kept. */
const LONGEST_REFERENCE = 200;

/**
 * What an HTML file of an output pulls in, from the files alone. Initial is what it names, what
 * that imports statically, and the fonts and images of its style sheets; lazy what any of these
 * imports dynamically or names, and so on from there.
 * @param path in key form
 */
export function scanPage(path: string, output: Output, facts: FactReader): Page {
  const html = htmlReferences(facts.textOf(path));
  const place = placeOf(path, output, html.base);
  const { lookUp, addresses } = readImportMap(html.importMap, place.url);
  const scan = new Scan(output, facts, { place, lookUp });
  scan.initial.add(path);
  for (const { address, load } of html.references) scan.reach(address, place, load);
  const inline = [
    ...html.inlineStyles.map((text) => facts.ofStyle(text)),
    ...html.inlineScripts.map((text) => facts.ofScript(text)),
  ];
  for (const one of inline) scan.follow(one, place, 'initial');
  scan.closeInitial();
  for (const one of inline) scan.defer(one, place);
  for (const address of addresses) scan.reach(address, place, 'lazy');
  scan.closeLazy();
  const unresolved = [...scan.unresolved].slice(0, MOST_UNRESOLVED);
  // One more says that there were others.
  const broken = [...scan.broken].slice(0, MOST_UNRESOLVED + 1);
  return {
    path,
    kind: 'file',
    initial: [...scan.initial],
    lazy: [...scan.lazy],
    unresolved,
    ...(broken.length === 0 ? {} : { broken }),
  };
}

/** A script or style sheet, which is the first, and all that is loaded with it. */
export function closureOf(path: string, output: Output, facts: FactReader): string[] {
  const scan = new Scan(output, facts, { place: placeOf(path, output), lookUp: () => null });
  scan.initial.add(path);
  scan.closeInitial();
  return [...scan.initial];
}

/** The page that all is loaded by. */
interface Loader {
  readonly place: Place;
  readonly lookUp: ImportMap;
}

class Scan {
  readonly initial = new Set<string>();
  readonly lazy = new Set<string>();
  readonly unresolved = new Set<string>();
  readonly broken = new Set<string>();
  readonly #reached = new Set<string>();
  readonly #output: Output;
  readonly #facts: FactReader;
  readonly #page: Loader;

  constructor(output: Output, facts: FactReader, page: Loader) {
    this.#output = output;
    this.#facts = facts;
    this.#page = page;
  }

  /** Takes in the file that an address leads to. */
  reach(address: string, place: Place, load: 'initial' | 'lazy'): void {
    const key = `${load} ${place.file} ${address}`;
    // A page may name one file a thousand times.
    if (this.#reached.has(key)) return;
    this.#reached.add(key);
    const target = resolveAddress(address, place, this.#output);
    if (target.kind === 'file') this.#add(target.path, load);
    else if (target.kind === 'missing') this.#miss(address, load === 'initial' && isCode(address));
  }

  /** Takes in what is loaded together with a file. */
  follow({ isScript, statics }: LoadFacts, place: Place, load: 'initial' | 'lazy'): void {
    for (const address of statics) this.#import(address, isScript, place, load);
  }

  /** Takes in what a file loads later. */
  defer({ isScript, dynamics, named }: LoadFacts, place: Place): void {
    for (const address of dynamics) this.#import(address, isScript, place, 'lazy');
    for (const path of named) this.#add(path, 'lazy');
  }

  /** A set that grows while it is walked is walked to its end. */
  closeInitial(): void {
    for (const path of this.initial) {
      this.follow(this.#facts.ofFile(path), placeOf(path, this.#output), 'initial');
    }
  }

  closeLazy(): void {
    for (const path of this.initial) {
      this.lazy.delete(path);
      this.defer(this.#facts.ofFile(path), placeOf(path, this.#output));
    }
    for (const path of this.lazy) {
      const [facts, place] = [this.#facts.ofFile(path), placeOf(path, this.#output)];
      this.follow(facts, place, 'lazy');
      this.defer(facts, place);
    }
  }

  #add(path: string, load: 'initial' | 'lazy'): void {
    if (load === 'initial') this.initial.add(path);
    else if (!this.initial.has(path)) this.lazy.add(path);
  }

  #miss(address: string, isBroken: boolean): void {
    this.unresolved.add(shown(address));
    if (isBroken) this.broken.add(shown(address));
  }

  #import(specifier: string, isScript: boolean, place: Place, load: 'initial' | 'lazy'): void {
    const mapped = isScript ? this.#page.lookUp(specifier, place.url) : null;
    if (mapped !== null) this.reach(mapped, this.#page.place, load);
    else if (isScript && isBare(specifier)) this.#miss(specifier, load === 'initial');
    else this.reach(specifier, place, load);
  }
}

function isCode(address: string): boolean {
  const type = pageTypeOf(address.replace(/[?#].*$/s, ''));
  return type === 'script' || type === 'stylesheet';
}

/** A name that only an import map could lead anywhere. */
function isBare(specifier: string): boolean {
  return !/^(?:\.{0,2}\/|[a-z][a-z\d+.-]*:)/i.test(specifier);
}

/** Short, and nothing that cannot be seen: it stands in reports and in snapshots. */
function shown(address: string): string {
  const text = address.slice(0, LONGEST_REFERENCE).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ');
  return address.length > LONGEST_REFERENCE ? `${text}...` : text;
}
