import type { BlankPart } from '../model/blank-chunk.ts';

/**
 * A text that two chunks share only where one becomes the other when ids are changed one for one
 * and modules change places. Modules that are equal but for their ids may keep them apart
 * nevertheless.
 * @param frame what stands around the modules
 * @param isId says whether a module or chunk of the build goes by it: anything else stays
 */
export function labelIds(
  frame: readonly BlankPart[],
  modules: readonly BlankPart[],
  isId: (id: string) => boolean,
): string {
  const labels = new Map<string, string>();
  const labelled = (id: string) => {
    if (!isId(id)) return id;
    const label = labels.get(id) ?? `#${labels.size}`;
    labels.set(id, label);
    return label;
  };
  const said = ({ text, key, references }: BlankPart) =>
    JSON.stringify([text, references.map(labelled), key === null ? null : labelled(key)]);
  // Modules of a text of their own come first: what they refer to tells equal ones apart.
  const { alone, alike } = byText(modules, isId);
  const first = [...alone, ...frame].map(said);
  const known = (id: string) => (isId(id) ? (labels.get(id) ?? '') : id);
  const rest = alike
    .map((part) => ({ part, order: orderOf(part, known) }))
    .sort((left, right) => (left.order < right.order ? -1 : 1))
    .map(({ part }) => said(part));
  return [...first, ...rest].join('\n');
}

/** In an order that no id has a part in. */
function byText(
  modules: readonly BlankPart[],
  isId: (id: string) => boolean,
): { alone: BlankPart[]; alike: BlankPart[] } {
  const sorted = modules
    .map((part) => ({ part, order: orderOf(part, (id) => (isId(id) ? '' : id)) }))
    .sort((left, right) => (left.order < right.order ? -1 : 1));
  const isAlone = (index: number) =>
    [index - 1, index + 1].every((beside) => sorted[beside]?.order !== sorted[index]?.order);
  const partsThat = (isWanted: (index: number) => boolean) =>
    sorted.filter((_, index) => isWanted(index)).map(({ part }) => part);
  return { alone: partsThat(isAlone), alike: partsThat((index) => !isAlone(index)) };
}

function orderOf({ text, key, references }: BlankPart, nameOf: (id: string) => string): string {
  return JSON.stringify([text, references.map(nameOf), key === null ? null : nameOf(key)]);
}
