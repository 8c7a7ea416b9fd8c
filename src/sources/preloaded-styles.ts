import { pageTypeOf } from '../core/page-type.ts';
import { placeOf, resolveAddress } from './page-address.ts';
import type { Output } from './page-output.ts';

/** The style sheets that a script fetches together with a chunk. */
export interface Preloaded {
  /** The chunk, in key form. */
  readonly script: string;
  /** In key form. */
  readonly styles: readonly string[];
}

/** A dynamic import, and the list beside it: of indexes, or of the names themselves. */
const TOKENS =
  /\bimport\(\s*(["'`])([^"'`\n]+)\1|__vite__mapDeps\(\[([\d,\s]*)\]|[)}]\s*,\s*(\[\s*"[^"\\\n]*"(?:\s*,\s*"[^"\\\n]*")*\s*\])/g;
/** What the indexes lead to: `m.f=["a.js","a.css"]`, or `__vite__mapDeps.viteFileDeps = [...]`. */
const NAMES = /(?:\bm\.f|\bviteFileDeps)\s*=\s*(\[(?:"(?:[^"\\\n]|\\.)*"|[^"\]])*\])/;

/** Whether a script is of a build by Vite, whose scripts name all styles of their lazy chunks. */
export function isOfVite(text: string): boolean {
  return text.includes('__vite__mapDeps') || text.includes('vite:preloadError');
}

/**
 * What Vite writes beside each dynamic import: `import("./a.js"),__vite__mapDeps([0,1])`, and of
 * old `import("./a.js"),["assets/a.js","assets/a.css"]`.
 * @param path of the script, in key form
 */
export function preloadedStyles(text: string, path: string, output: Output): Preloaded[] {
  const place = placeOf(path, output);
  return listsIn(text).flatMap(({ specifier, names }) => {
    const target = resolveAddress(specifier, place, output);
    const styles = names.flatMap((name) => stylesOf(name, output));
    return target.kind === 'file' ? [{ script: target.path, styles }] : [];
  });
}

/** Lists of names, each by the import that it stands behind. */
function listsIn(text: string): { specifier: string; names: string[] }[] {
  const all = namesOf(NAMES.exec(text)?.[1] ?? '[]');
  const lists: { specifier: string; names: string[] }[] = [];
  let specifier: string | undefined;
  for (const [, , imported, indexes, list = '[]'] of text.matchAll(TOKENS)) {
    if (imported === undefined && specifier !== undefined) {
      const names = indexes === undefined ? namesOf(list) : pickedOf(indexes, all);
      lists.push({ specifier, names });
    }
    specifier = imported;
  }
  return lists;
}

function pickedOf(indexes: string, names: readonly string[]): string[] {
  return indexes.split(',').flatMap((index) => names[Number(index)] ?? []);
}

/** Names that are computed when the page runs are not known: then none of the list is. */
function namesOf(list: string): string[] {
  try {
    const names: unknown = JSON.parse(list);
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

/** From the folder of the build, whatever the address is that this is served from. */
function stylesOf(name: string, { files }: Output): string[] {
  if (pageTypeOf(name) !== 'stylesheet') return [];
  const end = `/${name.replace(/^(?:\.{0,2}\/)+/, '')}`;
  return [...files.keys()].filter((path) => `/${path}`.endsWith(end));
}
