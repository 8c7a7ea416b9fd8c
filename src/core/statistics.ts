/**
 * The middle value; of an even number of values the mean of the two in the middle.
 * @throws RangeError for no values
 */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('the median of no values');
  if (sorted.length % 2 === 1) return upper;
  return tidy(((sorted[middle - 1] ?? upper) + upper) / 2);
}

/** Removes the dust of binary fractions: 0.4 - 0.3 is 0.1, as the files that hold them say. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
