import {
  type Attributes,
  elementReferences,
  type HtmlReference,
  isPrint,
} from './html-elements.ts';
import { type HtmlReader, readHtml } from './html-tokens.ts';

/** What an HTML text names and holds. Addresses are as they are written. */
export interface HtmlReferences {
  /** The `href` of the first `<base>`; null for none. */
  readonly base: string | null;
  readonly references: readonly HtmlReference[];
  readonly inlineScripts: readonly string[];
  readonly inlineStyles: readonly string[];
  /** The text of the first import map; null for none. */
  readonly importMap: string | null;
}

/** Elements whose content a browser with scripts neither shows nor loads. */
const INERT: ReadonlySet<string> = new Set(['template', 'noscript']);
const SCRIPT_TYPES = /^(?:module|(?:text|application)\/(?:javascript|ecmascript|x-javascript))?$/;

/** Reads an HTML text, however broken: browsers do as well. */
export function htmlReferences(html: string): HtmlReferences {
  const reader = new Reader();
  readHtml(html, reader);
  return reader;
}

class Reader implements HtmlReferences, HtmlReader {
  base: string | null = null;
  importMap: string | null = null;
  readonly references: HtmlReference[] = [];
  readonly inlineScripts: string[] = [];
  readonly inlineStyles: string[] = [];
  /** Depth of inert elements. */
  #inert = 0;
  /** Pieces of the text of the element that is read; null outside of scripts and styles. */
  #pieces: string[] | null = null;
  #scriptType = '';
  /** The nearest of the elements that give sources: `picture`, `video`, `audio`. */
  #media: string | null = null;
  #hasSource = false;

  open(name: string, attributes: Attributes): void {
    if (INERT.has(name)) this.#inert += 1;
    if (this.#inert > 0) return;
    if (name === 'base') this.base ??= attributes.href ?? null;
    if (name === 'script' || name === 'style') this.#openText(name, attributes);
    if (name === 'picture' || name === 'video' || name === 'audio') this.#openMedia(name);
    if (attributes.style !== undefined) this.inlineStyles.push(attributes.style);
    if (this.#isSpare(name)) return;
    this.references.push(...elementReferences(name, attributes, this.#media));
  }

  text(text: string): void {
    this.#pieces?.push(text);
  }

  close(name: string): void {
    if (INERT.has(name)) this.#inert = Math.max(0, this.#inert - 1);
    if (name === this.#media) this.#media = null;
    if (this.#pieces === null || (name !== 'script' && name !== 'style')) return;
    this.#keep(name, this.#pieces.join(''));
    this.#pieces = null;
  }

  #openText(name: string, attributes: Attributes): void {
    const isInline = name === 'style' ? !isPrint(attributes) : attributes.src === undefined;
    if (!isInline || attributes.nomodule !== undefined) return;
    this.#pieces = [];
    this.#scriptType = (attributes.type ?? '').trim().toLowerCase();
  }

  #openMedia(name: string): void {
    this.#media = name;
    this.#hasSource = false;
  }

  /** Of the sources of a picture and its image, a browser takes one: here the first. */
  #isSpare(name: string): boolean {
    if (this.#media !== 'picture' || (name !== 'source' && name !== 'img')) return false;
    const isSpare = this.#hasSource;
    this.#hasSource = true;
    return isSpare;
  }

  #keep(name: string, text: string): void {
    if (name === 'style') this.inlineStyles.push(text);
    else if (this.#scriptType === 'importmap') this.importMap ??= text;
    else if (SCRIPT_TYPES.test(this.#scriptType)) this.inlineScripts.push(text);
  }
}
