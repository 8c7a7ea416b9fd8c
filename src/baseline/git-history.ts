import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';

/** A folder inside a checkout, and the machine that it is on. */
export interface Here {
  readonly host: Host;
  /** Absolute. */
  readonly folder: string;
}

/** What git says; a code that is neither 0 nor 1 means that it could not tell. */
interface Said {
  readonly code: number | null;
  readonly text: string;
}

/** No git at all is one more reason why it cannot tell. */
export async function askGit(args: readonly string[], { host, folder }: Here): Promise<Said> {
  try {
    const { code, stdout } = await host.git(args, { folder });
    return { code, text: new TextDecoder().decode(stdout).trim() };
  } catch (error) {
    if (error instanceof UserError && error.code === 'no-git') return { code: null, text: '' };
    throw error;
  }
}

/** For a checkout that git itself cannot look into. */
export const GIT_REFUSES =
  'Git is not installed here, or refuses the folder as somebody else’s: `git status` tells which.';

/** The commit that a name stands for; null where it stands for none that is here. */
export async function commitHere(name: string, here: Here): Promise<string | null> {
  const { code, text } = await askGit(
    ['rev-parse', '--verify', '--quiet', `${name}^{commit}`],
    here,
  );
  return code === 0 ? text : null;
}

/**
 * Parents as the commit itself names them: they are told at depth 1 too, where `HEAD^` fails.
 * Null for a commit that is not here.
 */
export async function parentsHere(commit: string, here: Here): Promise<readonly string[] | null> {
  const { code, text } = await askGit(['cat-file', '-p', commit], here);
  if (code !== 0) return null;
  const [header = ''] = text.split('\n\n');
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, parent = '']) => parent);
}

/**
 * The merge base of two commits, `none` where they have nothing in common; null where too little
 * of the history is here to know it.
 */
export async function mergeBaseHere(
  head: string,
  base: string,
  here: Here,
): Promise<string | 'none' | null> {
  const { code, text } = await askGit(['merge-base', head, base], here);
  if (code !== 0 && code !== 1) return null;
  const cut = await shallowCommits(here);
  if (code === 1) return cut.size === 0 ? 'none' : null;
  return (await isWholeAbove(text, [head, base], cut, here)) ? text : null;
}

/** Commits whose parents were left out of a shallow clone; empty where nothing was. */
export async function shallowCommits({ host, folder }: Here): Promise<ReadonlySet<string>> {
  const checkout = await host.checkout(folder);
  const bytes = checkout && (await host.read(host.resolve(checkout.gitFolder, 'shallow')));
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  return new Set(text.split(/\r?\n/).filter((line) => line !== ''));
}

/**
 * Whether nothing is cut off between a common ancestor and the tips. Where something is, git finds
 * a common ancestor all the same, which may lie far behind the best one.
 */
async function isWholeAbove(
  ancestor: string,
  tips: readonly string[],
  cut: ReadonlySet<string>,
  here: Here,
): Promise<boolean> {
  if (cut.size === 0) return true;
  const { code, text } = await askGit(['rev-list', ...tips, '--not', ancestor], here);
  return code === 0 && !text.split('\n').some((commit) => cut.has(commit));
}

/** Null where too little of the history is here to know it. */
export async function isAncestorHere(
  ancestor: string,
  commit: string,
  here: Here,
): Promise<boolean | null> {
  const { code } = await askGit(['merge-base', '--is-ancestor', ancestor, commit], here);
  if (code === 0) return true;
  if (code !== 1) return null;
  return (await shallowCommits(here)).size === 0 ? false : null;
}

/** First-parent ancestors, nearest first, and whether those are all that were asked for. */
export async function ancestorsHere(
  commit: string,
  most: number,
  here: Here,
): Promise<{ readonly commits: readonly string[]; readonly isWhole: boolean }> {
  const limit = `--max-count=${most + 1}`;
  const { code, text } = await askGit(['rev-list', '--first-parent', limit, commit], here);
  if (code !== 0) return { commits: [], isWhole: false };
  const line = text.split('\n');
  const cut = await shallowCommits(here);
  const isWhole = line.length > most || !cut.has(line.at(-1) ?? '');
  return { commits: line.slice(1), isWhole };
}

/**
 * Whether two commits are the same below a folder.
 * @param prefix from the repository's root; empty for all of it
 */
export async function isSameHere(
  from: string,
  to: string,
  prefix: string,
  here: Here,
): Promise<boolean | null> {
  const paths = prefix === '' ? [] : ['--', `:(top,literal)${prefix}`];
  // The plumbing: `git diff` heeds settings, such as diff.relative, and foreign diff programs.
  const { code } = await askGit(['diff-tree', '-r', '--quiet', from, to, ...paths], here);
  return code === 0 || code === 1 ? code === 0 : null;
}
