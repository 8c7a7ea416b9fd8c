import type { Report, ReportCause } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import { addUp, keyOf } from './cause-lists.ts';
import { causeWords } from './causes.ts';
import { terminalText } from './terminal.ts';
import { shorten } from './visible.ts';

/** What is new, and the own module that brought it in. */
export interface Newcomer {
  readonly cause: ReportCause;
  /** The budgets file of its project, as the report names it: the importer is seen from its folder. */
  readonly config: string;
  readonly importer: string;
}

/** As many as a reader looks at. */
const MOST = 10;

/** What came in by a module that can be named, the largest first. */
export function newcomersOf(report: Report): Newcomer[] {
  const all = partsOf(report).flatMap(({ causes, meta }) => {
    const config = meta.config?.file;
    if (config === undefined) return [];
    // Of an asset by itself: budgets say the same things again.
    const own = addUp(causes.filter(({ budget }) => budget === null));
    return own.flatMap((cause) =>
      cause.importer === null ? [] : [{ cause, config, importer: cause.importer }],
    );
  });
  const unique = new Map(all.map((one) => [JSON.stringify([one.config, keyOf(one.cause)]), one]));
  return [...unique.values()]
    .sort((left, right) => right.cause.bytes - left.cause.bytes)
    .slice(0, MOST);
}

/** What a note on the line of the import says. */
export function newcomerWords({ cause }: Newcomer): string {
  return shorten(
    `${causeWords({ ...cause, importer: null }, terminalText)}: it comes in here`,
    500,
  );
}
