import type { NamedText } from '../core/moved-file.ts';
import { projectOf } from '../core/project-of.ts';
import { type BaseFiles, baseFiles } from './base-files.ts';
import type { Ladder } from './ladder.ts';
import type { ReadProject } from './recall.ts';

/** What base has in place of head's project. */
export interface Former {
  readonly kind: 'known';
  readonly project: string;
  /** The folder of base's budgets file from the repository's root; empty for the root itself. */
  readonly prefix: string;
  /** Where that file was, if it is in another place now. */
  readonly movedFrom: string | null;
}

/**
 * What the project is in base, where that is another one by its name: base's own budgets file says
 * another, or it was in another folder.
 * @returns null where base has no such file, or it says the same; `unknown` where it has some that
 * are gone, and none of them is surely this one
 */
export async function formerProject(
  { config, prefix, project, base, scene }: Ladder,
  readProject: ReadProject,
): Promise<Former | { readonly kind: 'unknown'; readonly why: string } | null> {
  const name = nameIn(config.file);
  const path = prefix === '' ? name : `${prefix}/${name}`;
  const files = baseFiles(base.commit, scene);
  const text = await files.text(path);
  const formerOf = (file: NamedText, from: string | null): Former | null => {
    const written = readProject(file.text, nameIn(file.path));
    // Of what is code only the place is known.
    if (written === undefined && from === null) return null;
    const folder = folderOf(file.path);
    const former = projectOf({ project: written ?? null }, { prefix: folder });
    return { kind: 'known', project: former, prefix: folder, movedFrom: from };
  };
  const found = text === null ? await elsewhere(path, files, scene) : { path, text };
  if (found === null) return null;
  if ('why' in found) return found;
  const former = formerOf(found, text === null ? found.path : null);
  return former === null || former.project === project ? null : former;
}

/** Loaded only here: hardly any change moves its budgets file. */
async function elsewhere(path: string, files: BaseFiles, scene: Ladder['scene']) {
  const { movedBudgetsFile } = await import('./moved-budgets-file.ts');
  return movedBudgetsFile(path, files, scene);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
