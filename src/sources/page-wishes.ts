import { filesOf, pagesIn } from '../core/page-files.ts';
import { literalPattern } from '../core/select.ts';
import type { Budget } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import type { FoundFile, Host } from '../model/host.ts';
import { type Encoding, encodingOf } from '../model/metric.ts';
import type { Page } from '../model/page.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * The files that budgets on pages count, in the encodings that these budgets need; without a
 * `track` of its own a budgets file tracks them, in all of its encodings.
 */
export async function pageWishes(
  config: Config,
  pages: readonly Page[],
  host: Host,
): Promise<PlannedFile[]> {
  const wanted = new Map<string, Set<Encoding>>();
  for (const budget of config.budgets) {
    for (const path of countedFiles(budget, pages)) {
      const own = wanted.get(path) ?? new Set<Encoding>();
      for (const encoding of encodingsOf(budget, config)) own.add(encoding);
      wanted.set(path, own);
    }
  }
  const found = await findAll([...wanted.keys()], config.folder, host);
  return found.map((file) => ({ ...file, encodings: wanted.get(file.path) ?? new Set() }));
}

function countedFiles({ selection }: Budget, pages: readonly Page[]): Set<string> {
  if (selection.kind !== 'pages') return new Set();
  return new Set(pagesIn(selection, pages).flatMap((page) => filesOf(selection, page)));
}

function encodingsOf({ selection, metric }: Budget, config: Config): Encoding[] {
  const tracked = config.track.length > 0 ? [] : config.encodings;
  const isCount = metric === 'requests' || selection.kind !== 'pages';
  const own = isCount ? [] : [encodingOf(metric) ?? selection.encoding];
  return ['raw', ...tracked, ...own, ...encodingsOfPackages(config)];
}

/** A package may be in any of the files. */
function encodingsOfPackages({ budgets }: Config): Encoding[] {
  return budgets.flatMap(({ selection, metric }) =>
    selection.kind === 'package' ? (encodingOf(metric) ?? []) : [],
  );
}

async function findAll(paths: readonly string[], folder: string, host: Host): Promise<FoundFile[]> {
  return paths.length === 0 ? [] : host.glob(paths.map(literalPattern), folder);
}
