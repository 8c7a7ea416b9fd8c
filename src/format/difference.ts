import { encodingOf } from '../model/metric.ts';
import { mainMetric, type Report, type ReportCause, type ReportFinding } from '../model/report.ts';
import { NEW_SUBJECT } from '../model/verdict.ts';
import { addUp, causesOf } from './cause-lists.ts';
import { amountOf, isImport } from './changes.ts';
import type { Quote } from './quote.ts';
import { unexplainedWords } from './unexplained.ts';
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
      return ofAssets(report, false, ({ subject }) => subject === wanted.subject);
    case 'package':
      return ofAssets(report, true, (cause) => cause.package === wanted.name);
    case 'module':
      return ofAssets(report, true, ({ module }) => module === wanted.name);
  }
}

function ofBudget(report: Report, budget: string): Why[] {
  const findings = report.verdict.findings.filter((one) => one.budget === budget);
  const subjects = new Map(findings.map((finding) => [finding.subject, finding]));
  return [...subjects.values()].flatMap((finding) => {
    const { causes, kind } = changeOf(report, finding);
    if (causes.length === 0) return [];
    const subject = subjects.size > 1 ? finding.subject : null;
    return [{ budget, subject, kind, delta: sumOf(causes), causes }];
  });
}

/** Of an asset that is new, nothing is told by the budget: the asset by itself says what is in it. */
function changeOf(
  report: Report,
  finding: ReportFinding,
): Pick<Why, 'causes'> & { readonly kind: 'kept' | 'added' } {
  const { detail, subject, metric } = finding;
  const isAlike = encodingOf(metric) === report.meta.encodings[0];
  if (detail !== NEW_SUBJECT || !isAlike) {
    return { causes: causesOf(report, finding), kind: 'kept' };
  }
  const own = report.causes.filter((one) => one.budget === null && one.subject === subject);
  return { causes: addUp(own), kind: 'added' };
}

/** What a budget's subjects did that no cause tells, each in a sentence. */
export function untoldOf(report: Report, budget: string, quote: Quote): string[] {
  const findings = report.verdict.findings.filter((one) => one.budget === budget);
  const subjects = new Set(findings.map(({ subject }) => subject));
  return [...subjects].flatMap((subject) => {
    const own = findings.filter((one) => one.subject === subject);
    if (own.some((finding) => changeOf(report, finding).causes.length > 0)) return [];
    const name = quote(subjects.size > 1 ? subject : budget);
    // What could not be compared is said by the limit that needed it.
    const telling = own.find(({ detail }) => detail !== null) ?? own[0];
    return (telling && unexplainedWords(telling, name)) ?? [];
  });
}

/** Assets and imports by themselves, with those of their causes that are meant. */
function ofAssets(
  report: Report,
  isPart: boolean,
  isMeant: (cause: ReportCause) => boolean,
): Why[] {
  const causes = [
    ...report.causes.filter(({ budget }) => budget === null),
    ...causesOfImports(report),
  ].filter(isMeant);
  const subjects = [...new Set(causes.map(({ subject }) => subject))];
  // What causes of an asset are in.
  const metric = mainMetric(report);
  const changes = report.comparison.changes.filter((one) => one.metric === metric);
  return subjects.map((subject) => {
    const own = addUp(causes.filter((cause) => cause.subject === subject));
    const change = changes.find((one) => one.subject === subject);
    const isWhole = change !== undefined && sumOf(own) === amountOf(change);
    const kind = isWhole ? change.kind : 'kept';
    return {
      budget: null,
      subject,
      kind,
      delta: sumOf(own),
      causes: own,
      isPart: isPart && !isWhole,
    };
  });
}

/** An import is explained by its budgets only: by one in the main metric where there is one. */
function causesOfImports(report: Report): ReportCause[] {
  const main = mainMetric(report);
  const findings = report.verdict.findings.filter(({ subject }) => isImport(subject));
  const isMain = ({ metric }: ReportFinding) => metric === main;
  // The last one of a subject stays.
  const inOrder = [...findings.filter((one) => !isMain(one)), ...findings.filter(isMain)];
  const budgets = new Map(inOrder.map(({ subject, budget }) => [subject, budget]));
  return report.causes.filter(
    ({ budget, of }) => budget !== null && of !== null && budgets.get(of) === budget,
  );
}

function sumOf(causes: readonly ReportCause[]): number {
  return causes.reduce((sum, { bytes }) => sum + bytes, 0);
}
