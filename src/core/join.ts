import type {
  Report,
  ReportBase,
  ReportMeta,
  ReportProject,
  TrackedTotal,
} from '../model/report.ts';
import type { SkippedProject } from '../model/snapshot.ts';
import { type Status, worst } from '../model/verdict.ts';

/** What the whole says beside its projects. */
export interface JoinRequest {
  /** What the whole goes by: the comment, the check. */
  readonly name: string;
  readonly skipped: readonly SkippedProject[];
  /** What concerns none of the projects alone. */
  readonly notes: readonly string[];
  /** No better status than this: what was not looked at is not known to hold. */
  readonly best?: Status | undefined;
}

/**
 * One report from one for each project: the worst status, all findings, and what is said of each
 * project beside them. `partsOf` takes it apart again.
 * @param reports at least one, each on one project, no two on the same
 */
export function joinReports(
  reports: readonly Report[],
  { name, skipped, notes, best = 'pass' }: JoinRequest,
): Report {
  const [first, ...others] = reports;
  if (first === undefined) throw new Error('there is no report to join');
  const verdicts = reports.map(({ verdict }) => verdict);
  return {
    ...first,
    verdict: {
      status: verdicts.map(({ status }) => status).reduce(worst, best),
      findings: ofAll(reports, ({ verdict }) => verdict.findings),
      relaxed: ofAll(reports, ({ verdict }) => verdict.relaxed),
    },
    comparison: {
      head: { commit: shared(reports, ({ comparison }) => comparison.head.commit) },
      base: sharedBase(first.comparison.base, others),
      changes: ofAll(reports, ({ comparison }) => comparison.changes),
    },
    causes: ofAll(reports, ({ causes }) => causes),
    meta: {
      ...joinedMeta(reports, first.meta, name),
      notes: [...notes],
      projects: reports.map(projectOf),
      ...(skipped.length === 0 ? {} : { skipped: skipped.map((one) => ({ ...one })) }),
    },
  };
}

function ofAll<Item>(
  reports: readonly Report[],
  items: (report: Report) => readonly Item[],
): (Item & { readonly project: string })[] {
  return reports.flatMap((report) =>
    items(report).map((item) => ({ project: report.meta.project, ...item })),
  );
}

/** What all of them say; null where they differ. */
function shared<Value>(
  reports: readonly Report[],
  read: (report: Report) => Value | null,
): Value | null {
  const [first = null, ...others] = reports.map(read);
  return others.every((other) => other === first) ? first : null;
}

/** The base of the first, where all were compared with that commit. */
function sharedBase(first: ReportBase | null, others: readonly Report[]): ReportBase | null {
  const isSame = (base: ReportBase | null) =>
    base !== null &&
    base.commit === first?.commit &&
    (base.commit !== null || base.store === first.store);
  return others.every(({ comparison }) => isSame(comparison.base)) ? first : null;
}

function projectOf({ verdict, comparison, meta }: Report): ReportProject {
  const { projects: _, skipped: __, ...about } = meta;
  return { ...about, status: verdict.status, base: comparison.base };
}

function joinedMeta(reports: readonly Report[], first: ReportMeta, project: string): ReportMeta {
  const metas = reports.map(({ meta }) => meta);
  return {
    project,
    noBaseline: shared(reports, ({ meta }) => meta.noBaseline),
    budgets: metas.flatMap(({ budgets }) => budgets),
    // Each project has a file of its own.
    config: null,
    encoders: first.encoders,
    encodings: [...new Set(metas.flatMap(({ encodings }) => encodings))],
    tracked: totalOf(metas.map(({ tracked }) => tracked).filter((total) => total !== null)),
    ignoreBelow: Math.min(...metas.map(({ ignoreBelow }) => ignoreBelow)),
    notes: [],
  };
}

/** Null where there are none, and where some are in another encoding: these have no sum. */
function totalOf(totals: readonly TrackedTotal[]): TrackedTotal | null {
  const [first] = totals;
  if (first === undefined || totals.some(({ encoding }) => encoding !== first.encoding))
    return null;
  const sum = (key: 'head' | 'assets' | 'changed' | 'added' | 'removed' | 'unchanged') =>
    totals.reduce((total, one) => total + one[key], 0);
  return {
    encoding: first.encoding,
    head: sum('head'),
    base: totals.reduce<number | null>(
      (total, { base }) => (total === null || base === null ? null : total + base),
      0,
    ),
    assets: sum('assets'),
    changed: sum('changed'),
    added: sum('added'),
    removed: sum('removed'),
    unchanged: sum('unchanged'),
  };
}
