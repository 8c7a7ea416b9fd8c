import { movedFrom, type NamedText } from '../core/moved-file.ts';
import { CONFIG_NAMES } from '../model/config-names.ts';
import type { Host } from '../model/host.ts';
import type { BaseFiles } from './base-files.ts';
import type { HistoryContext } from './history.ts';

/** That base has some which are gone, and which of them it was cannot be told. */
export interface Unknown {
  readonly kind: 'unknown';
  /** A sentence, with what to do. */
  readonly why: string;
}

/** Files that are read: each may be a request. */
const MOST_READ = 20;

/**
 * The budgets file of base that is in another place in head.
 * @param path where it is in head, from the repository's root
 * @param files base's
 * @returns null where it is new
 */
export async function movedBudgetsFile(
  path: string,
  files: BaseFiles,
  { host, folder }: HistoryContext,
): Promise<NamedText | Unknown | null> {
  const root = (await host.checkout(folder))?.root;
  const paths = await files.paths();
  if (root === undefined || paths === null) return null;
  const names = [...new Set<string>([...CONFIG_NAMES, nameIn(path)])];
  const known = paths.filter((one) => names.includes(nameIn(one)) && !ELSEWHERE.test(one));
  const gone = await goneFrom(known, root, host);
  if (gone.length === 0 || gone.length > MOST_READ) return null;
  const walked = await host.glob([`**/{${names.join(',')}}`, '!**/node_modules/**'], root);
  const added = walked.map((one) => one.path).filter((one) => !paths.includes(one));
  const read = async (one: string) => textOf(await host.read(host.resolve(root, one)));
  const newcomers = await textsOf([...new Set([path, ...added])].slice(0, MOST_READ), read);
  const before = await textsOf(gone, files.text);
  const found = movedFrom(path, before, newcomers);
  if (found !== null) return found;
  const [only] = before;
  const isSole = known.length === 1 && newcomers.length === 1 && only !== undefined;
  return isSole ? only : { kind: 'unknown', why: unknownWords(gone) };
}

async function goneFrom(paths: readonly string[], root: string, host: Host): Promise<string[]> {
  const gone: string[] = [];
  for (const path of paths) {
    if ((await host.kind(host.resolve(root, path))) === null) gone.push(path);
  }
  return gone;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Packages of others have budgets files too, and are none of ours. */
const ELSEWHERE = /(?:^|\/)node_modules\//;

async function textsOf(
  paths: readonly string[],
  read: (path: string) => Promise<string | null>,
): Promise<NamedText[]> {
  const texts = await Promise.all(paths.map(read));
  return paths.flatMap((path, index) => {
    const text = texts[index] ?? null;
    return text === null ? [] : [{ path, text }];
  });
}

function textOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

const NAMED = 3;

function unknownWords(gone: readonly string[]): string {
  const more = gone.length > NAMED ? `, and ${gone.length - NAMED} more` : '';
  const list = `${gone.slice(0, NAMED).join(', ')}${more}`;
  const verb = gone.length === 1 ? 'is' : 'are';
  return `Base has no budgets file in this place, and ${list} ${verb} gone: if this project was one of them, write the name that it had there into its budgets file, as \`project\`.`;
}
