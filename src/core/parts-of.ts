import type { AssetChange } from '../model/comparison.ts';
import type { Part } from './subject.ts';

/** Each asset once, with the sides that count it. */
export function partsOf(head: readonly AssetChange[], base: readonly AssetChange[]): Part[] {
  const [inHead, inBase] = [new Set(head), new Set(base)];
  return [...new Set([...head, ...base])].map((change) => ({
    change,
    isInBase: change.base !== null && inBase.has(change),
    isInHead: change.head !== null && inHead.has(change),
  }));
}
