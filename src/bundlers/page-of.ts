import type { Page } from '../model/page.ts';

/** What leads on from a chunk: at once, and later. */
export interface ChunkGraph {
  /** Keys of chunks that are fetched with a chunk. */
  now(key: string): readonly string[];
  /** Keys of chunks that it imports dynamically. */
  later(key: string): readonly string[];
  /** Paths of the assets that a chunk comes to. */
  files(key: string): readonly string[];
}

/** Scripts and stylesheets: whether a page needs an image or a font, no metadata says. */
export function isCode(file: string): boolean {
  return /\.(?:[cm]?js|css)(?:[?#].*)?$/s.test(file);
}

/** What some chunks pull in, as a page that is called `path`. */
export function pageOf(path: string, keys: readonly string[], graph: ChunkGraph): Page {
  const now = closure(keys, (key) => graph.now(key));
  const all = closure([...now], (key) => [...graph.now(key), ...graph.later(key)]);
  const initial = filesOf(now, graph);
  const lazy = [...filesOf(all, graph)].filter((file) => !initial.has(file));
  return { path, kind: 'route', initial: [...initial].sort(), lazy: lazy.sort(), unresolved: [] };
}

function filesOf(keys: Iterable<string>, graph: ChunkGraph): Set<string> {
  return new Set([...keys].flatMap((key) => graph.files(key)).filter(isCode));
}

/** All that is reached from some keys, these among it; round a cycle only once. */
function closure(start: readonly string[], next: (key: string) => readonly string[]): Set<string> {
  const reached = new Set(start);
  // A set is walked in the order of insertion: what is added meanwhile has its turn.
  for (const key of reached) for (const other of next(key)) reached.add(other);
  return reached;
}
