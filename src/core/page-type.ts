import type { PageType } from '../model/page.ts';

const TYPES: Readonly<Record<string, PageType>> = {
  html: 'document',
  htm: 'document',
  js: 'script',
  mjs: 'script',
  cjs: 'script',
  css: 'stylesheet',
  woff2: 'font',
  woff: 'font',
  ttf: 'font',
  otf: 'font',
  eot: 'font',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  svg: 'image',
  webp: 'image',
  avif: 'image',
  apng: 'image',
  bmp: 'image',
  ico: 'image',
};

/** What a file is to a page, by the ending of its name: no server is asked. */
export function pageTypeOf(path: string): PageType {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(TYPES, ending) ? (TYPES[ending] ?? 'other') : 'other';
}
