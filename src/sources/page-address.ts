import { pageTypeOf } from '../core/page-type.ts';
import type { Output } from './page-output.ts';

/** Where an address leads. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  /** To another host, into the address itself, or to another page: no file that is loaded. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'missing' };

/** What a relative address is relative to. */
export interface Place {
  readonly url: URL;
  /** The file that names it, in key form. */
  readonly file: string;
}

const ELSEWHERE: Target = { kind: 'elsewhere' };
const MISSING: Target = { kind: 'missing' };
const HOST = 'page.invalid';
/** Characters of an address, and folders in it, beyond which it is no address of a build. */
const LONGEST = 4_096;
const DEEPEST = 64;

/** The place of a file of the output; a page's `<base>` moves it. */
export function placeOf(file: string, { root }: Output, base: string | null = null): Place {
  const inRoot = root === '' ? file : file.slice(root.length + 1);
  const own = new URL(inRoot.split('/').map(encodeURIComponent).join('/'), `http://${HOST}/`);
  return { url: (base === null ? null : parsed(base, own)) ?? own, file };
}

/**
 * The file of the output that an address leads to. A public path or the host of a CDN stand before
 * the path as it is in the output: the longest end of an address that is there counts.
 */
export function resolveAddress(address: string, place: Place, output: Output): Target {
  const text = address.trim();
  if (/^(?!https?:)[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith('#')) return ELSEWHERE;
  const url = text.length > LONGEST ? null : parsed(text, place.url);
  if (url === null) return MISSING;
  const path = fileBehind(url, place, output);
  if (path !== null) return pageTypeOf(path) === 'document' ? ELSEWHERE : { kind: 'file', path };
  return url.host === HOST && !leadsToPage(url) ? MISSING : ELSEWHERE;
}

function parsed(address: string, base: URL): URL | null {
  return URL.canParse(address, base.href) ? new URL(address, base) : null;
}

function fileBehind(url: URL, { file }: Place, { root, files }: Output): string | null {
  const parts = decoded(url.pathname)
    .split('/')
    .filter((part) => part !== '');
  if (parts.length > DEEPEST) return null;
  const folders = foldersBetween(root, file);
  for (const [index] of parts.entries()) {
    const end = parts.slice(index).join('/');
    const path = folders.map((folder) => folder + end).find((one) => files.has(one));
    if (path !== undefined) return path;
  }
  return null;
}

/** The root and the folders on the way from it to a file, each with a slash at its end. */
function foldersBetween(root: string, file: string): string[] {
  const start = root === '' ? '' : `${root}/`;
  const inner = file.slice(start.length).split('/').slice(0, -1);
  return ['', ...inner].map(
    (_, index) =>
      start +
      inner
        .slice(0, index)
        .map((p) => `${p}/`)
        .join(''),
  );
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** `/about` and `/about.html` are pages; whether they are there is not ours to say. */
function leadsToPage({ pathname }: URL): boolean {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  return !name.includes('.') || pageTypeOf(name) === 'document';
}
