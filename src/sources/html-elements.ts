import type { Load } from '../model/page.ts';

/** By name in lower case; entities are decoded. */
export type Attributes = Readonly<Record<string, string>>;

/** An address that an element names, and when a browser fetches it. */
export interface HtmlReference {
  readonly address: string;
  readonly load: Load;
}

type Reader = (attributes: Attributes, media: string | null) => HtmlReference[];

const READERS: Readonly<Record<string, Reader>> = {
  script: ({ src, nomodule }) => (nomodule === undefined ? named(src, 'initial') : []),
  link: linkReferences,
  img: imageReferences,
  source: sourceReferences,
  video: mediaReferences,
  audio: mediaReferences,
  input: (attributes) => (attributes.type === 'image' ? named(attributes.src, 'initial') : []),
  image: (attributes) => named(attributes.href ?? attributes['xlink:href'], 'initial'),
  use: (attributes) => named(attributes.href ?? attributes['xlink:href'], 'initial'),
  embed: ({ src }) => named(src, 'initial'),
  object: ({ data }) => named(data, 'initial'),
};

/**
 * What an element has a browser fetch. Anchors and frames lead to other pages: they load nothing.
 * @param media the element around it that gives sources: `picture`, `video`, `audio`; null for none
 */
export function elementReferences(
  name: string,
  attributes: Attributes,
  media: string | null,
): HtmlReference[] {
  return Object.hasOwn(READERS, name) ? (READERS[name]?.(attributes, media) ?? []) : [];
}

function named(address: string | undefined, load: Load): HtmlReference[] {
  return address === undefined || address.trim() === '' ? [] : [{ address, load }];
}

function linkReferences(attributes: Attributes): HtmlReference[] {
  const kinds = (attributes.rel ?? '').toLowerCase().split(/\s+/);
  const [kind] = LINKS.filter((one) => kinds.includes(one));
  if (kind === undefined || (kind === 'stylesheet' && isOff(kinds, attributes))) return [];
  const isLater = kind === 'prefetch' || isPrint(attributes);
  const image = kind === 'preload' ? firstCandidate(attributes.imagesrcset ?? '') : null;
  return named(image ?? attributes.href, isLater ? 'lazy' : 'initial');
}

/** Links that fetch something, the most urgent first. */
const LINKS = ['stylesheet', 'modulepreload', 'preload', 'prefetch'] as const;

function isOff(kinds: readonly string[], { disabled }: Attributes): boolean {
  return kinds.includes('alternate') || disabled !== undefined;
}

/** Styles for paper are fetched when nothing else is to be done. */
export function isPrint({ media = '' }: Attributes): boolean {
  return media.trim().toLowerCase() === 'print';
}

function imageReferences(attributes: Attributes): HtmlReference[] {
  const { src, srcset, loading = '' } = attributes;
  const address = srcset === undefined ? src : (firstCandidate(srcset) ?? src);
  return named(address, loading.toLowerCase() === 'lazy' ? 'lazy' : 'initial');
}

function sourceReferences(attributes: Attributes, media: string | null): HtmlReference[] {
  const { src, srcset } = attributes;
  if (media === 'picture') return named(firstCandidate(srcset ?? '') ?? undefined, 'initial');
  return named(src, 'lazy');
}

/** A film is fetched when it is played; its picture at once. */
function mediaReferences(attributes: Attributes): HtmlReference[] {
  const { src, poster, autoplay } = attributes;
  return [...named(src, autoplay === undefined ? 'lazy' : 'initial'), ...named(poster, 'initial')];
}

/** The first address of `a.png 1x, b.png 2x`; null for none. */
function firstCandidate(srcset: string): string | null {
  const word = /^[\s,]*([^\s,]\S*)/.exec(srcset)?.[1];
  if (word === undefined) return null;
  let end = word.length;
  while (word[end - 1] === ',') end -= 1;
  return word.slice(0, end);
}
