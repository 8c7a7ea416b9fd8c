import type { Report, ReportCause } from '../model/report.ts';
import { addUp, causesOf } from './cause-lists.ts';
import { amountOf } from './changes.ts';
import { type Why, whysOf } from './whys.ts';

/** Whose change is asked about, by the names that a report knows. */
export type Wanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'budget'; readonly budget: string }
  | { readonly kind: 'asset'; readonly subject: string }
  | { readonly kind: 'package' | 'module'; readonly name: string };

/** Why what is asked about changed, in full; nothing where it did not. */
export function differenceOf(report: Report, wanted: Wanted): Why[] {
  switch (wanted.kind) {
    case 'all':
      return whysOf(report, Number.POSITIVE_INFINITY);
    case 'budget':
      return ofBudget(report, wanted.budget);
    case 'asset':
      return ofAssets(report, ({ subject }) => subject === wanted.subject);
    case 'package':
      return ofAssets(report, (cause) => cause.package === wanted.name);
    case 'module':
      return ofAssets(report, ({ module }) => module === wanted.name);
  }
}

function ofBudget(report: Report, budget: string): Why[] {
  const findings = report.verdict.findings.filter((one) => one.budget === budget);
  const subjects = new Map(findings.map((finding) => [finding.subject, finding]));
  return [...subjects.values()].flatMap((finding) => {
    const causes = causesOf(report, finding);
    if (causes.length === 0) return [];
    const subject = subjects.size > 1 ? finding.subject : null;
    return [{ budget, subject, kind: 'kept' as const, delta: sumOf(causes), causes }];
  });
}

/** Assets by themselves, with those of their causes that are meant. */
function ofAssets(report: Report, isMeant: (cause: ReportCause) => boolean): Why[] {
  const causes = report.causes.filter((cause) => cause.budget === null && isMeant(cause));
  const subjects = [...new Set(causes.map(({ subject }) => subject))];
  return subjects.map((subject) => {
    const own = addUp(causes.filter((cause) => cause.subject === subject));
    const change = report.comparison.changes.find((one) => one.subject === subject);
    const isWhole = change !== undefined && sumOf(own) === amountOf(change);
    const kind = isWhole ? change.kind : 'kept';
    return { budget: null, subject, kind, delta: sumOf(own), causes: own };
  });
}

function sumOf(causes: readonly ReportCause[]): number {
  return causes.reduce((sum, { bytes }) => sum + bytes, 0);
}
