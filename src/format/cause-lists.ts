import type { Report, ReportCause, ReportFinding } from '../model/report.ts';

/**
 * The causes of a finding, those of several assets added up. None where all there is to say is that
 * the package that is judged grew: its number says so.
 */
export function causesOf({ causes }: Report, finding: ReportFinding): ReportCause[] {
  const { project, budget, subject } = finding;
  const own = addUp(
    causes.filter((one) => one.budget === budget && one.of === subject && one.project === project),
  );
  return own.every((one) => isItself(one, subject)) ? [] : own;
}

function isItself({ kind, package: name }: ReportCause, subject: string): boolean {
  return kind === 'other' || ((kind === 'grown' || kind === 'shrunk') && name === subject);
}

/** What is one cause, in however many assets. */
export function keyOf({ kind, package: name, module, from, to }: ReportCause): string {
  return JSON.stringify([kind, name, module, from, to]);
}

/** Causes in several assets as one each; largest first, `other` last. */
export function addUp(causes: readonly ReportCause[]): ReportCause[] {
  const sums = new Map<string, ReportCause>();
  for (const cause of causes) {
    const key = keyOf(cause);
    const known = sums.get(key);
    const load = known === undefined || known.load === cause.load ? cause.load : null;
    sums.set(key, { ...cause, load, bytes: cause.bytes + (known?.bytes ?? 0) });
  }
  const isTold = ({ bytes, kind }: ReportCause) => bytes !== 0 || kind === 'version';
  return [...sums.values()].filter(isTold).sort(byBytes);
}

function byBytes(left: ReportCause, right: ReportCause): number {
  const rank = Number(isNamed(right)) - Number(isNamed(left));
  return rank === 0 ? Math.abs(right.bytes) - Math.abs(left.bytes) : rank;
}

export function isNamed({ kind }: ReportCause): boolean {
  return kind !== 'other';
}

/**
 * The one that a reader should look at: the largest that went the way of the whole. Null where the
 * change did not break the limit: what it did then explains nothing of that.
 */
export function firstCause(report: Report, finding: ReportFinding): ReportCause | null {
  const { rule, over } = finding;
  const causes = causesOf(report, finding);
  const delta = causes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (rule === 'max' && delta < (over ?? 0)) return null;
  const isOfIt = (one: ReportCause) => isNamed(one) && Math.sign(one.bytes) === Math.sign(delta);
  return causes.find(isOfIt) ?? null;
}
