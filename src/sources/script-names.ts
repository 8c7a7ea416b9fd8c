import { hashRanges, indexHashes } from '../core/content.ts';
import { hashesOf } from '../core/hash-company.ts';
import { pageTypeOf } from '../core/page-type.ts';
import type { HashIndex } from '../model/hash-index.ts';
import { type ComposedName, composedNames } from './composed-names.ts';
import type { Output } from './page-output.ts';

/** Finds the files of an output that a script names in its texts. */
export type NameFinder = (bytes: Uint8Array, text: string, self: string) => ReadonlySet<string>;

/** Characters of the folders before a name that are looked at. */
const MOST_FOLDERS = 200;
const NAME = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~$@()[]+%';
const IN_NAME = tableOf(NAME);
const IN_PATH = tableOf(`${NAME}/`);
/** Files that no page loads, whoever names them. */
const NO_LOAD = /\.(?:map|gz|br|txt|md|d\.ts)$/;

/**
 * Scripts load lazily what they name: by its file name, or, as the runtime of webpack does, by the
 * content hash in it.
 */
export function nameFinder({ files }: Output): NameFinder {
  const paths = [...files.keys()].filter((path) => isLoadable(path));
  const byToken = tokensOf(paths);
  const index = indexHashes(new Set(byToken.keys()));
  const byName = grouped(paths, baseName);
  const longest = [...byName.keys()].reduce((most, name) => Math.max(most, name.length), 0);
  const endings = new Set(paths.map(endingOf).filter((ending) => ending !== null));
  const ending = endings.size === 0 ? null : endingPattern(endings);
  return (bytes, text, self) => {
    const named = new Set<string>();
    for (const token of tokensIn(bytes, index)) addAll(named, byToken.get(token));
    if (ending !== null)
      for (const path of pathsIn(text, ending, longest)) addAll(named, best(path, byName));
    for (const name of composedNames(text)) addAll(named, madeBy(name, paths, byName));
    named.delete(self);
    return named;
  };
}

function isLoadable(path: string): boolean {
  return pageTypeOf(path) !== 'document' && !NO_LOAD.test(path);
}

/** The last hash of a path is the file's own; one of a folder is shared by all that is in it. */
function tokensOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const hashes = hashesOf(new Set(paths));
  const tokenOf = (path: string) => {
    const last = hashes.get(path)?.at(-1);
    return last !== undefined && last.start > path.lastIndexOf('/') ? last.token : null;
  };
  return grouped(paths, tokenOf);
}

function grouped(
  paths: readonly string[],
  key: (path: string) => string | null,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const name = key(path);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [path]);
    else group.push(path);
  }
  return groups;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function endingOf(path: string): string | null {
  return /\.(\w{1,12})$/.exec(baseName(path))?.[1] ?? null;
}

function endingPattern(endings: ReadonlySet<string>): RegExp {
  return new RegExp(`\\.(?:${[...endings].join('|')})(?![\\w-])`, 'g');
}

function tokensIn(bytes: Uint8Array, index: HashIndex): string[] {
  const text = new TextDecoder('latin1');
  return hashRanges(bytes, index).map(([start, end]) => text.decode(bytes.subarray(start, end)));
}

/**
 * From each ending backwards: forwards, a megabyte of letters is searched from every letter.
 * @param longest characters of the longest name that there is
 */
function* pathsIn(text: string, ending: RegExp, longest: number): Generator<string> {
  for (const match of text.matchAll(ending)) {
    const end = match.index + match[0].length;
    const first = Math.max(0, end - longest - 1);
    let start = match.index;
    while (start > first && IN_NAME[text.charCodeAt(start - 1)] === 1) start -= 1;
    if (end - start > longest) continue;
    const earliest = Math.max(0, start - MOST_FOLDERS);
    while (start > earliest && IN_PATH[text.charCodeAt(start - 1)] === 1) start -= 1;
    yield text.slice(start, end);
  }
}

/** The files that end as a text does; of several of one name those with the most folders alike. */
function best(text: string, byName: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const alike = byName.get(baseName(text)) ?? [];
  if (alike.length < 2) return alike;
  const folders = text
    .split('/')
    .slice(0, -1)
    .filter((part) => part !== '.' && part !== '..');
  for (const [index] of folders.entries()) {
    const end = `/${[...folders.slice(index), baseName(text)].join('/')}`;
    const matching = alike.filter((path) => `/${path}`.endsWith(end));
    if (matching.length > 0) return matching;
  }
  return alike;
}

/** Chunks without a name go by a number, which no list has. */
function madeBy(
  { start, end, middles }: ComposedName,
  paths: readonly string[],
  byName: ReadonlyMap<string, readonly string[]>,
): string[] {
  const numbered = paths.filter((path) => {
    if (!path.endsWith(end)) return false;
    const number = /\d+$/.exec(path.slice(0, path.length - end.length))?.[0];
    return number !== undefined && `/${path}`.endsWith(`/${start}${number}${end}`);
  });
  return [...numbered, ...middles.flatMap((middle) => best(`${start}${middle}${end}`, byName))];
}

function addAll(set: Set<string>, items: Iterable<string> = []): void {
  for (const item of items) set.add(item);
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
}
