import type { Measurement, Snapshot } from '../model/snapshot.ts';
import { measurementKey } from './compare.ts';

/** All of a snapshot that judges it. */
export type JudgingRules = Pick<Snapshot, 'budgets' | 'rules' | 'tracked'>;

/**
 * Head's measured facts under the rules of somebody who is trusted: its own budgets, pardons and
 * patterns are gone.
 * @param base whose word counts for the unit that bare numbers of a limit are in; null for none
 */
export function underTrustedRules(
  head: Snapshot,
  { budgets, rules, tracked }: JudgingRules,
  base: Snapshot | null,
): Snapshot {
  const { kept: _, ...facts } = head;
  const scales = new Map(
    (base?.measurements ?? []).map((item) => [measurementKey(item), item.scale]),
  );
  const scaled = (item: Measurement) => ({
    ...item,
    scale: scales.get(measurementKey(item)) ?? item.scale,
  });
  return { ...facts, budgets, rules, tracked, measurements: head.measurements.map(scaled) };
}
