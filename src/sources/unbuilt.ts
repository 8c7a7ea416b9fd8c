import { projectOf } from '../core/project-of.ts';
import { displayPattern, isNegated } from '../core/select.ts';
import type { ImportSelection, PageSelection } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { SkippedProject } from '../model/snapshot.ts';
import { staticFolder, walk } from './walk.ts';

/**
 * A build that is not there must never look like a build that weighs nothing.
 * @throws UserError `nothing-matches`
 */
export async function refuseNothing(config: Config, host: Host): Promise<void> {
  const isRequired =
    config.budgets.length === 0 || config.budgets.some(({ optional }) => !optional);
  if (!isRequired) return;
  const patterns = patternsOf(config);
  for (const pattern of patterns) {
    const missing = await missingFolder(staticFolder(pattern), config, host);
    if (missing === null) continue;
    throw new UserError('nothing-matches', `${missing}/ does not exist; build first.`, {
      hint: `Nothing matches ${displayPattern(pattern)} in ${config.file}, whose patterns are relative to its folder.`,
    });
  }
  for (const pattern of patterns) {
    if ((await host.kind(host.resolve(config.folder, pattern))) !== 'folder') continue;
    throw new UserError('nothing-matches', `${pattern} is a folder.`, {
      hint: `Write ${pattern.replace(/\/$/, '')}/**/*.js or the like for the files in it.`,
    });
  }
  await refuseLacking(config, host);
  const meant = await (await import('./meant.ts')).meantName(config, host);
  throw new UserError(
    'nothing-matches',
    `Nothing matches ${namesOf(config).map(displayPattern).join(', ')}.`,
    {
      hint: `${meant === null ? '' : `Did you mean "${meant}"? `}Build first, or mend the patterns in ${config.file}: they are relative to its folder.`,
    },
  );
}

/** A subpath of the own package that leads to no file is there by its name, and not built. */
async function refuseLacking({ budgets, folder, file }: Config, host: Host): Promise<void> {
  const { lackingFile } = await import('./import-place.ts');
  for (const { selection } of budgets) {
    for (const place of selection.kind === 'imports' ? placesOf(selection) : []) {
      const lacking = await lackingFile(place, folder, host);
      if (lacking === null) continue;
      throw new UserError(
        'nothing-matches',
        `package.json leads ${place} to ${lacking}, which does not exist; build first.`,
        {
          hint: `It is what ${file} imports from. If the build writes another file, mend package.json.`,
        },
      );
    }
  }
}

/**
 * A project that is not built and whose budgets file says that it need not be; null for one that
 * is to be measured.
 */
export async function unbuiltProject(config: Config, host: Host): Promise<SkippedProject | null> {
  if (config.rules.unbuilt !== 'skip') return null;
  const folder = await unbuiltFolder(config, host);
  if (folder === null) return null;
  const project = projectOf(config, await host.checkout(config.folder));
  return { project, file: config.file, why: `${folder}/ does not exist` };
}

/** How a run of several projects does without one that is not built; null where it is something else. */
export async function skipHint(config: Config, host: Host): Promise<string | null> {
  if (config.rules.unbuilt === 'skip' || (await unbuiltFolder(config, host)) === null) return null;
  return `A run of several projects leaves this one out where it is not built, if ${config.file} says \`"unbuilt": "skip"\`.`;
}

/** A run that has left out all projects has looked at nothing. */
export function nothingBuilt(skipped: readonly SkippedProject[]): UserError {
  const words = skipped.map(({ why }) => why).join(', ');
  return new UserError('nothing-built', `Nothing was built: ${words}.`, {
    hint: 'Build at least one project first: a check of nothing says nothing.',
  });
}

/**
 * The first folder of build output that is not there, where nothing that the config speaks of is;
 * null where something is, or where no pattern names a folder that could be missing.
 */
async function unbuiltFolder(config: Config, host: Host): Promise<string | null> {
  const patterns = patternsOf(config);
  for (const pattern of patterns) {
    const missing = await missingFolder(staticFolder(pattern), config, host);
    if (missing !== null) return (await isAnyThere(patterns, config, host)) ? null : missing;
  }
  return null;
}

async function isAnyThere(
  patterns: readonly string[],
  config: Config,
  host: Host,
): Promise<boolean> {
  for (const pattern of patterns) {
    // Reports may be named by their folder.
    if ((await host.kind(host.resolve(config.folder, pattern))) !== null) return true;
  }
  return (await walk(patterns, config.folder, host)).length > 0;
}

function patternsOf({ track, budgets }: Config): string[] {
  const own = budgets.flatMap(({ selection }) => {
    if (selection.kind === 'assets') return selection.patterns;
    if (selection.kind === 'imports') return placesOf(selection).filter(isFile).map(filePattern);
    if (selection.kind === 'pages') return filesIn(selection);
    return selection.kind === 'measurements' ? selection.reports : [];
  });
  return [...track, ...own].filter((pattern) => !isNegated(pattern));
}

/** All that was looked for, routes and packages too. */
function namesOf({ track, budgets }: Config): string[] {
  const names = budgets.flatMap(({ selection }) => {
    if (selection.kind === 'assets') return selection.patterns;
    if (selection.kind === 'imports') return placesOf(selection);
    if (selection.kind === 'pages') return selection.pages;
    return selection.kind === 'measurements' ? selection.reports : [];
  });
  return [...new Set([...track, ...names])].filter((name) => !isNegated(name));
}

/** Routes are no files of the build: they are named by their source, or by their path. */
function filesIn({ subject, pages }: PageSelection): readonly string[] {
  return subject === 'page' ? pages.filter((page) => !page.startsWith('/')) : [];
}

function placesOf({ imports }: ImportSelection): string[] {
  return imports.map(({ from }) => from);
}

/** A place of an import that is written as a file; others may be subpaths of the package's own. */
function isFile(from: string): boolean {
  return from.startsWith('.') || /\.[cm]?[jt]sx?$/.test(from);
}

/** In key form, with nothing left in it that a glob is. */
function filePattern(from: string): string {
  return from.replace(/^(?:\.\/)+/, '').replaceAll(/[*?[\]{}()!+@]/g, '\\$&');
}

/**
 * The first part of a folder's path that is not there, as seen from where the user stands: a budgets
 * file in another folder has its own dist. Null when all of it is there.
 */
async function missingFolder(folder: string, config: Config, host: Host): Promise<string | null> {
  const prefix = config.file.slice(0, config.file.lastIndexOf('/') + 1);
  const parts = folder.split('/').filter((part) => part !== '');
  for (const [index] of parts.entries()) {
    const path = parts.slice(0, index + 1).join('/');
    if ((await host.kind(host.resolve(config.folder, path))) === null) return `${prefix}${path}`;
  }
  return null;
}
