export type LinearScale = ((value: number) => number) & { readonly ticks: readonly number[] };

/** Maps a domain widened to round numbers onto a range, and names the round numbers. */
export function linearScale(
  values: readonly number[],
  [from, to]: readonly [number, number],
  tickCount = 4,
): LinearScale {
  const step = roundStep((Math.max(...values) - Math.min(...values) || 1) / tickCount);
  const low = Math.floor(Math.min(...values) / step) * step;
  const high = Math.ceil(Math.max(...values) / step) * step;
  const span = high - low || step;
  const ticks = Array.from(
    { length: Math.round(span / step) + 1 },
    (_, index) => low + index * step,
  );
  return Object.assign((value: number) => from + ((value - low) / span) * (to - from), { ticks });
}

/** The next of 1, 2, 5, 10, 20, 50 and so on. */
function roundStep(raw: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= raw) ?? 10;
  return factor * magnitude;
}
