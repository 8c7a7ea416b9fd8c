/** Where an id was written. Both folders are absolute. */
export interface IdPlace {
  /** The budgets file's folder: what canonical ids are seen from. */
  readonly root: string;
  /** What relative ids are seen from: the map's folder, or the root for those of a context. */
  readonly folder: string;
}

/**
 * The name of a module that is the same from every bundler, and in every folder that the project
 * is built in: `src/app.ts`, `node_modules/react/index.js`, `../../node_modules/react/index.js`.
 * Loaders, queries, layers and schemes are taken off.
 * @param source a `sources` entry of a source map, or a module's name in a bundler's metadata
 * @returns null for code that is a bundler's own (its runtime, and what it puts in by itself), and
 *   for what no file can be called
 */
export function canonicalId(source: string, place: IdPlace): string | null {
  if (IS_PLAIN.test(source)) return plainId(`${place.folder}/${source}`, place.root);
  const slashed = source.replaceAll('\\', '/');
  const { path, isOfContext } = withoutScheme(undressed(slashed));
  if (isBundlersOwn(slashed) || isNameless(path)) return null;
  if (HAS_SCHEME.test(path)) return path;
  // A name that a plugin made up, which no file has.
  if (source.includes('\0') && !/^(?:[./]|[A-Za-z]:\/)/.test(path)) return path;
  const root = place.root.replaceAll('\\', '/');
  const folder = isOfContext ? root : place.folder.replaceAll('\\', '/');
  const id = seenFrom(root, isAbsolute(path) ? path : `${folder}/${path}`);
  return isNameless(id) ? null : id;
}

/** Most names are mere paths, of which a build has thousands. */
const IS_PLAIN = /^[\w.@+-][\w./@+-]*$/;

function plainId(path: string, root: string): string | null {
  const id = seenFrom(root.replaceAll('\\', '/'), path.replaceAll('\\', '/'));
  return isNameless(id) ? null : id;
}

/** UTF-16 units: longer texts are no names. */
const LONGEST = 1_000;
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What bundlers put in by themselves; their names and bytes are nobody's doing. */
const OWN_CODE: readonly RegExp[] = [
  /^webpack\/(?:runtime|bootstrap|container|sharing|universalModuleDefinition|startup|before-startup)/,
  /^\(webpack\)/,
  /^(?:rolldown|rspack)[:/]runtime/,
  /^\[(?:turbopack|externals|next|root-of-the-server)\](?:\/|$)/,
  /^<[\w-]+>$/,
  /^\(?(?:ignored|external|delegated|multi|remote|container entry|consume shared module|provide shared module|provide module|fallback)\b[ |]/,
  /^data:/,
  /(?:^|\/)_?commonjs(?:Helpers|-dynamic-modules|Register)(?:\.js)?$/,
  /^(?:\.\.\/)*vite\/(?:preload-helper|modulepreload-polyfill|dynamic-import-helper|wasm-helper|legacy-polyfills)(?:\.js)?$/,
  /(?:^|\/)node_modules\/@parcel\/runtime-[\w-]+\//,
  /^(?:\.\.\/)*\[synthetic:/,
];

/** All in one: a build has thousands of names. */
const OWN = new RegExp(OWN_CODE.map(({ source }) => source).join('|'));

function isNameless(id: string): boolean {
  return id === '' || id.length > LONGEST || UNSEEN.test(id) || isBundlersOwn(id);
}

function isBundlersOwn(id: string): boolean {
  return OWN.test(id);
}

/** Without what bundlers put round the path of a file. */
function undressed(source: string): string {
  const last = source.slice(source.lastIndexOf('\0') + 1);
  const loaded = last.slice(last.lastIndexOf('!') + 1);
  return loaded
    .replace(/^(?:css|javascript|json|asset|webassembly)(?:\/[\w-]+)?\|/, '')
    .replace(/^css (?=[./\w])/, '')
    .replace(/ \+ \d+ modules?$/, '')
    .replace(/ \[[\w-]+\] \([^)]*\)$/, '')
    .replace(/[?|].*$/s, '');
}

const HAS_SCHEME = /^[a-z][a-z\d+.-]+:/i;
const OF_CONTEXT =
  /^(?:webpack|webpack-internal|rspack|rspack-internal|ng|turbopack):\/\/(?:@[^/]+\/)?[^/]*\//;
const LAYER = /^\([\w-]+\)\/(?=\.{1,2}\/)/;

/** `webpack://name/./src/a.ts` and the like: a path seen from the folder the bundler ran in. */
function withoutScheme(source: string): { path: string; isOfContext: boolean } {
  if (source.startsWith('file://')) return { path: filePath(source), isOfContext: false };
  const scheme = source.startsWith('turbopack://[')
    ? 'turbopack://'
    : (OF_CONTEXT.exec(source)?.[0] ?? '');
  const rest = source.slice(scheme.length);
  const path = rest.replace(LAYER, '').replace(/^\[(?:project|root)\]\//, '');
  return { path, isOfContext: scheme !== '' || path !== rest };
}

/** The path of a `file:` URL: `/repo/a.ts`, `C:/repo/a.ts`. */
function filePath(url: string): string {
  const path = url.replace(/^file:\/\/(?:localhost(?=\/))?/, '');
  return decoded(path).replace(/^\/(?=[A-Za-z]:\/)/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path);
}

/** Never absolute, as base and head may be built in different folders. */
function seenFrom(root: string, absolute: string): string {
  const from = partsOf(root);
  const to = partsOf(absolute);
  const differ = from.findIndex((part, index) => !isSamePart(part, to[index], index));
  const common = differ < 0 ? from.length : differ;
  const rest = withoutMachine(to.slice(common).join('/'), common < from.length);
  // Nothing in common: the number of steps up would tell of this machine alone.
  if (common === 0 || rest.startsWith('.yarn/')) return reduced(rest);
  return '../'.repeat(from.length - common) + rest;
}

/** Windows writes the letter of a drive in either case. */
function isSamePart(part: string, other: string | undefined, index: number): boolean {
  return (
    part === other || (index === 0 && isDrive(part) && part.toLowerCase() === other?.toLowerCase())
  );
}

function isDrive(part: string): boolean {
  return /^[A-Za-z]:$/.test(part);
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

/** A shared cache in somebody's home folder, and virtual paths into it or into a workspace. */
function withoutMachine(path: string, isOutside: boolean): string {
  const virtual = VIRTUAL.exec(path);
  if (virtual !== null) {
    const [, before = '', copy = '', ups = '', rest = ''] = virtual;
    const up = '../'.repeat(Number(ups.slice(0, 3)));
    if (!rest.includes(MODULES)) return partsOf(`${before}.yarn/${up}${rest}`).join('/');
    const cached = rest.slice(Math.max(0, rest.indexOf('.yarn/')));
    return `.yarn/__virtual__/${copy}/${cached.replace(/^\.yarn\//, '')}`;
  }
  const shared = isOutside ? /(?:^|\/)(\.yarn\/(?:berry\/)?cache\/.*)/.exec(path)?.[1] : undefined;
  return shared ?? path;
}

const MODULES = 'node_modules/';

const VIRTUAL = /^(.*?)\.yarn\/(?:__virtual__|\$\$virtual)\/([^/]+)\/(\d+)\/(.*)$/;

function reduced(path: string): string {
  const at = `/${path}`.indexOf(`/${MODULES}`);
  const isWhole = at < 0 || path.startsWith('.yarn/');
  return isWhole ? path.replace(/^[A-Za-z]:\//, '') : path.slice(at);
}
