import type { Selection } from '../model/budget.ts';
import type { ModuleShare } from '../model/module.ts';
import type { Page } from '../model/page.ts';
import type { Snapshot } from '../model/snapshot.ts';

/**
 * A snapshot as it would be had its budgets file stood in another folder: the same files by their
 * paths from there.
 * @param from the folder that its paths are relative to, from the repository's root; empty for the
 * root itself
 * @param to the other one
 */
export function rekeyed(snapshot: Snapshot, from: string, to: string): Snapshot {
  const key = (path: string) => keyFrom(to, [...partsOf(from), ...partsOf(path)]);
  const pattern = (text: string) =>
    text.startsWith('!') && !text.startsWith('!(') ? `!${key(text.slice(1))}` : key(text);
  const patterns = (list: readonly string[]) => list.map(pattern);
  const { tracked, budgets, assets, measurements, pages } = snapshot;
  const keys = (list: readonly string[]) => list.map(key);
  const id = (name: string) => (/^[a-z][\w+.-]+:/i.test(name) ? name : key(name));
  const moduleOf = ({ importer, ...share }: ModuleShare) => ({
    ...share,
    id: id(share.id),
    ...(importer === undefined ? {} : { importer: id(importer) }),
  });
  return {
    ...snapshot,
    ...(pages === undefined ? {} : { pages: pages.map((page) => pageOf(page, key, keys)) }),
    tracked: {
      ...tracked,
      files: tracked.files.map(patterns),
      reports: tracked.reports.map((one) => ({ ...one, reports: patterns(one.reports) })),
    },
    budgets: budgets.map((one) => ({ ...one, selection: selectionOf(one.selection, patterns) })),
    assets: assets.map((one) => ({
      ...one,
      path: key(one.path),
      subject: key(one.subject),
      ...(one.modules === undefined ? {} : { modules: one.modules.map(moduleOf) }),
    })),
    measurements: measurements.map((one) => {
      const subject = one.reports.includes(one.subject) ? pattern(one.subject) : one.subject;
      return { ...one, subject, reports: patterns(one.reports) };
    }),
  };
}

function pageOf(
  page: Page,
  key: (path: string) => string,
  keys: (list: readonly string[]) => string[],
): Page {
  const path = page.kind === 'file' ? key(page.path) : page.path;
  return { ...page, path, initial: keys(page.initial), lazy: keys(page.lazy) };
}

/** Routes, packages and what is imported go by names that no folder is in. */
function selectionOf(
  selection: Selection,
  patterns: (list: readonly string[]) => string[],
): Selection {
  if (selection.kind === 'assets') {
    return { ...selection, patterns: patterns(selection.patterns) };
  }
  if (selection.kind === 'pages' && selection.subject === 'page') {
    return { ...selection, pages: patterns(selection.pages) };
  }
  if (selection.kind === 'measurements') {
    return { ...selection, reports: patterns(selection.reports) };
  }
  return selection;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** The path of `parts`, from the root, as seen from a folder. */
function keyFrom(folder: string, parts: readonly string[]): string {
  const path: string[] = [];
  for (const part of parts) {
    if (part === '..' && path.length > 0 && path.at(-1) !== '..') path.pop();
    else path.push(part);
  }
  const own = partsOf(folder);
  let shared = 0;
  while (shared < own.length && shared < path.length && own[shared] === path[shared]) shared += 1;
  return [...own.slice(shared).map(() => '..'), ...path.slice(shared)].join('/');
}
