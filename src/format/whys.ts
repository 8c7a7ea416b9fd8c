import type { Report, ReportCause, ReportChange } from '../model/report.ts';
import { addUp, causesOf, isNamed, keyOf } from './cause-lists.ts';
import { amountOf, listChanges } from './changes.ts';
import { formatValue } from './numbers.ts';
import type { Quote } from './quote.ts';
import { type Row, rowsOf } from './rows.ts';

/** Why one finding's subject changed, or one asset that no budget speaks of. */
export interface Why {
  /** Null for an asset by itself. */
  readonly budget: string | null;
  /** Null where the budget has one subject, which its name stands for. */
  readonly subject: string | null;
  readonly kind: ReportChange['kind'];
  /** Bytes, head minus base. */
  readonly delta: number;
  /** Largest first; `other` is last. */
  readonly causes: readonly ReportCause[];
  /** Only those of a package or a module are told: they do not sum to what the subject did. */
  readonly isPart?: boolean;
}

/**
 * What there is to say of why: of budgets that need an eye in the order of their rows, of the others
 * by what changed most, then of the listed changes that no budget speaks of. What was said already is not said again, nor what is all unknown.
 * @param changes how many changed assets are listed
 */
export function whysOf(report: Report, changes: number): Why[] {
  const whys = [...whysOfBudgets(report), ...whysOfAssets(report, changes)];
  const said = new Set<string>();
  return whys.filter(({ causes }) => {
    if (!causes.some(isNamed)) return false;
    const key = JSON.stringify(causes.filter(isNamed).map((one) => [keyOf(one), one.bytes]));
    const isNews = !said.has(key);
    said.add(key);
    return isNews;
  });
}

function whysOfBudgets(report: Report): Why[] {
  const rows = rowsOf(report);
  const loud = rows.filter(({ status }) => status !== 'pass').flatMap((row) => whyOf(row, report));
  const quiet = rows.filter(({ status }) => status === 'pass').flatMap((row) => whyOf(row, report));
  return [...loud, ...quiet.sort(byDelta)];
}

function whyOf({ budget, subject, findings: [first] }: Row, report: Report): Why[] {
  if (first === undefined) return [];
  const causes = causesOf(report, first);
  const delta = causes.reduce((sum, { bytes }) => sum + bytes, 0);
  return [{ budget, subject, kind: 'kept' as const, delta, causes }];
}

function byDelta(left: Why, right: Why): number {
  return Math.abs(right.delta) - Math.abs(left.delta);
}

function whysOfAssets(report: Report, room: number): Why[] {
  const budgeted = new Set(
    report.causes.filter(({ budget }) => budget !== null).map(({ subject }) => subject),
  );
  const { listed } = listChanges(report, room);
  return listed
    .filter(({ subject }) => !budgeted.has(subject))
    .map((change) => ({
      budget: null,
      subject: change.subject,
      kind: change.kind,
      delta: amountOf(change),
      causes: addUp(
        report.causes.filter(
          ({ budget, subject }) => budget === null && subject === change.subject,
        ),
      ),
    }));
}

/** A rest of less than this share of the whole goes without saying beside a single cause. */
const WORTH_SAYING = 0.1;

/** What is told of a why; the numbers of a single cause and its little rest speak for themselves. */
export function toldCauses({ causes, delta }: Why): readonly ReportCause[] {
  const named = causes.filter(isNamed);
  const rest = causes.find((one) => !isNamed(one))?.bytes ?? 0;
  const isSlight = named.length === 1 && Math.abs(rest) < WORTH_SAYING * Math.abs(delta);
  return isSlight ? named : causes;
}

/** `Why All script grew by 4.1 kB`, without a colon. */
export function whyTitle(why: Why, quote: Quote, code: Quote): string {
  const { budget, subject, kind, delta } = why;
  const place = subject === null ? '' : code(subject);
  const name = [budget === null ? '' : quote(budget), place].filter(Boolean).join(' ');
  if (why.isPart) return `In ${name}`;
  const size = formatValue(Math.abs(delta), 'byte');
  if (kind === 'added') return `What is in ${name}, new with ${size}`;
  if (kind === 'removed') return `What went with ${name}, ${size}`;
  if (delta === 0) return `What changed in ${name}`;
  return `Why ${name} ${delta > 0 ? 'grew' : 'shrank'} by ${size}`;
}

/** How a file changed of which nothing else is known, in a sentence. */
export function unnamedWords({ subject, kind, delta }: Why, code: Quote): string {
  const name = code(subject ?? '');
  const size = formatValue(Math.abs(delta), 'byte');
  if (kind === 'added') return `${name} is new with ${size}, and nothing says what is inside.`;
  if (kind === 'removed') return `${name} is gone, with ${size} of which nothing says what it was.`;
  return `${name} ${delta > 0 ? 'grew' : 'shrank'} by ${size}, which no module explains.`;
}
