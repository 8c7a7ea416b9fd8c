import { mainMetric, type Report, type ReportChange } from '../model/report.ts';

export interface ListedChanges {
  /** Largest first. */
  readonly listed: readonly ReportChange[];
  /** How many more there are: past the room for them, or below what is worth a line. */
  readonly others: number;
}

/** Files whose size changed, in the main encoding; at most `room` of them. */
export function listChanges(report: Report, room: number): ListedChanges {
  const metric = mainMetric(report);
  const told = importsIn(report);
  const changed = report.comparison.changes.filter(
    (change) => change.metric === metric && amountOf(change) !== 0 && !told.has(change.subject),
  );
  const worth = changed
    .filter((change) => Math.abs(amountOf(change)) >= report.meta.ignoreBelow)
    .sort(
      (left, right) =>
        Math.abs(amountOf(right)) - Math.abs(amountOf(left)) || bySubject(left, right),
    );
  const listed = worth.slice(0, room);
  return { listed, others: changed.length - listed.length };
}

/** An import is measured because a budget speaks of it, which has a row of its own. */
function importsIn({ verdict }: Report): ReadonlySet<string> {
  const subjects = verdict.findings.map(({ subject }) => subject);
  return new Set(subjects.filter(isImport));
}

/** True for the subject of a budget on an import. */
export function isImport(subject: string): boolean {
  return subject.startsWith('import ');
}

/** Bytes that a change adds to the whole; of an added or removed file, all of it. */
export function amountOf({ kind, base, head, delta }: ReportChange): number {
  if (kind === 'added') return head ?? 0;
  if (kind === 'removed') return -(base ?? 0);
  return delta ?? 0;
}

function bySubject(left: ReportChange, right: ReportChange): number {
  return left.subject < right.subject ? -1 : 1;
}
