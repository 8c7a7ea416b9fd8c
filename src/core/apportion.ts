/**
 * Splits a whole number by weights into whole numbers that sum to it exactly: what is left of the
 * floors goes to the largest remainders, the earlier of equal ones first (Hamilton's method).
 * @param total a safe integer of 0 or more
 * @param weights finite, 0 or more; where all are 0, the last takes everything
 */
export function apportion(total: number, weights: Float64Array): number[] {
  const sum = weights.reduce((left, right) => left + right, 0);
  if (sum === 0) return [...weights.keys()].map((at) => (at === weights.length - 1 ? total : 0));
  const exact = Array.from(weights, (weight) => (weight / sum) * total);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((one, other) => one + other, 0);
  const remainder = (at: number) => (exact[at] as number) - (shares[at] as number);
  const candidates = [...weights.keys()]
    .filter((at) => (weights[at] as number) > 0)
    .sort((one, other) => remainder(other) - remainder(one) || one - other);
  // More rounds than one only where sums of fractions are not exact.
  for (let given = 0; given < left; given += 1) {
    const at = candidates[given % candidates.length] as number;
    shares[at] = (shares[at] as number) + 1;
  }
  return shares;
}
