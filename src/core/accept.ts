import { type GivenLabel, isSameLabel } from '../model/label.ts';
import type { Finding } from '../model/verdict.ts';

/**
 * A broken finding becomes a warning that says who accepted it, where the label that base's rules
 * name is given. What matched nothing is no decision about a budget, and is never pardoned.
 * @param acceptLabel base's, never head's: a change cannot name its own pardon; null for none
 */
export function accept(
  finding: Finding,
  acceptLabel: string | null,
  labels: readonly GivenLabel[],
): Finding {
  if (finding.status !== 'fail' || finding.reason !== null || acceptLabel === null) return finding;
  const own = labels.filter(({ name }) => isSameLabel(name, acceptLabel));
  const [first] = own;
  if (first === undefined) return finding;
  const givers = [...new Set(own.map(({ by }) => `@${by}`))].join(', ');
  const words = `accepted by label "${first.name}", set by ${givers}`;
  // A waiver that has ended is still worth knowing.
  const detail = finding.detail === null ? words : `${words}; ${finding.detail}`;
  return { ...finding, status: 'warn', reason: 'accepted', detail };
}
