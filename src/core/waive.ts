import type { Amount, Budget, Waiver } from '../model/budget.ts';
import type { Finding } from '../model/verdict.ts';

/**
 * A broken finding that a waiver pardons becomes a warning that says who answers for it. What
 * matched nothing is never pardoned, and an expired waiver is named but pardons nothing.
 */
export function waive(
  finding: Finding,
  budget: Budget,
  waivers: readonly Waiver[],
  today: string,
): Finding {
  if (finding.status !== 'fail' || finding.reason !== null) return finding;
  const own = waivers.filter(
    (waiver) => waiver.budget === budget.name || waiver.budget === budget.entry,
  );
  const valid = own.find((waiver) => !isExpired(waiver, today) && covers(waiver, finding));
  if (valid !== undefined) {
    return { ...finding, status: 'warn', reason: 'waived', detail: wordsOf(valid) };
  }
  const expired = own.find((waiver) => isExpired(waiver, today));
  return expired === undefined
    ? finding
    : { ...finding, detail: `its waiver ended on ${expired.until}` };
}

function isExpired(waiver: Waiver, today: string): boolean {
  return waiver.until !== null && today > waiver.until;
}

/** `upTo` is not exceeded, and base has not reached it yet: by then the pardon is used up. */
function covers({ upTo }: Waiver, { rule, actual, base }: Finding): boolean {
  if (upTo === null) return true;
  if (actual === null) return false;
  const isUpper = rule === 'max' || rule === 'max-increase';
  const exceeds = (value: number, limit: Amount) =>
    isUpper ? value > limit.value : value < limit.value;
  const reached = (value: number, limit: Amount) => exceeds(value, limit) || value === limit.value;
  return !exceeds(actual, upTo) && (base === null || !reached(base, upTo));
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
