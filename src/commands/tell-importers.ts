import { addedImportLine, isOfModule, isOfPackage } from '../core/added-import.ts';
import { type Newcomer, newcomersOf, newcomerWords } from '../format/importers.ts';
import type { Client } from '../github/client.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import type { StepLog } from './step-log.ts';
import { wordsOf } from './step-words.ts';

export interface ImportersRequest {
  readonly report: Report;
  readonly run: Run;
  readonly connect: (() => Promise<Client>) | null;
  /** From a budgets file as the report names it to its path from the repository's root. */
  readonly pathOf: (file: string) => string;
}

/**
 * Notes what is new on the line that imports it, where that line is one that the pull request
 * adds. Best effort: it judges nothing, and what GitHub refuses changes nothing.
 */
export async function tellImporters(
  { report, run, connect, pathOf }: ImportersRequest,
  log: StepLog,
): Promise<void> {
  const newcomers = newcomersOf(report).map((one) => ({ ...one, path: pathIn(one, pathOf) }));
  if (newcomers.length === 0 || run.pullRequest === null || connect === null) return;
  try {
    const { patchesOf } = await import('../github/pull-request-files.ts');
    const wanted = new Set(newcomers.map(({ path }) => path));
    const patches = await patchesOf(await connect(), run, wanted);
    for (const one of newcomers) {
      const startLine = addedImportLine(patches.get(one.path) ?? '', isMeantBy(one));
      const place = { title: 'Weighbridge', file: one.path };
      if (startLine !== null) log.notice(newcomerWords(one), { ...place, startLine });
    }
  } catch (error) {
    log.info(`Nothing is noted on the lines that import what is new: ${wordsOf(error)}.`);
  }
}

/** Modules are named from the folder of the budgets file. */
function pathIn({ config, importer }: Newcomer, pathOf: (file: string) => string): string {
  const folder = pathOf(config).split('/').slice(0, -1);
  const parts = importer.split('/');
  while (parts[0] === '..' && folder.length > 0) {
    parts.shift();
    folder.pop();
  }
  return [...folder, ...parts].join('/');
}

function isMeantBy({ cause }: Newcomer): (specifier: string) => boolean {
  const { package: name, module } = cause;
  if (name !== null) return (specifier) => isOfPackage(specifier, name);
  return (specifier) => module !== null && isOfModule(specifier, module);
}
