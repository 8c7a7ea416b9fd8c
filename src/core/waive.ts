import type { Budget, Waiver } from '../model/budget.ts';
import type { Finding } from '../model/verdict.ts';
import { tidy } from './statistics.ts';

/**
 * A broken finding that a waiver pardons becomes a warning that says who answers for it. What
 * matched nothing is never pardoned, and one that has ended is named but pardons nothing.
 */
export function waive(
  finding: Finding,
  budget: Budget,
  waivers: readonly Waiver[],
  today: string,
  scale = 1,
): Finding {
  if (finding.status !== 'fail' || finding.reason !== null) return finding;
  const own = waivers.filter(
    (waiver) => waiver.budget === budget.name || waiver.budget === budget.entry,
  );
  const valid = own.find((waiver) => !isExpired(waiver, today) && covers(waiver, finding, scale));
  if (valid !== undefined) {
    return { ...finding, status: 'warn', reason: 'waived', detail: wordsOf(valid) };
  }
  const [ended] = own;
  if (ended === undefined) return finding;
  const end = isExpired(ended, today) ? `on ${ended.until}` : `at ${ended.upTo?.text}`;
  return { ...finding, detail: `its waiver ended ${end}` };
}

function isExpired(waiver: Waiver, today: string): boolean {
  return waiver.until !== null && today > waiver.until;
}

/** `upTo` is not exceeded, and base has not reached it yet: by then the pardon is used up. */
function covers({ upTo }: Waiver, { rule, actual, base }: Finding, scale: number): boolean {
  if (upTo === null) return true;
  if (actual === null) return false;
  const limit = tidy(upTo.value * (upTo.unit === null ? scale : 1));
  const isUpper = rule === 'max' || rule === 'max-increase';
  const isBeyond = (value: number) => (isUpper ? value > limit : value < limit);
  return !isBeyond(actual) && (base === null || !(isBeyond(base) || base === limit));
}

function wordsOf({ reason, by, until, upTo }: Waiver): string {
  const parts = [
    reason,
    by,
    upTo === null ? null : `up to ${upTo.text}`,
    until === null ? null : `until ${until}`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
