import { importResolver } from './import-resolver.ts';
import { packageOf } from './package-of.ts';
import type { Touched } from './touched-modules.ts';

/** Modules of a build, and what is known of their imports. */
export interface ImportFacts {
  /** Ids of all modules. */
  readonly ids: readonly string[];
  /** What modules import, as written in them, by id. */
  readonly specifiers: ReadonlyMap<string, readonly string[]>;
  /** What a bundler says: the ids of the modules that import a module, by its id. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** Importers that are known from before, by the package's instance. */
  readonly known: ReadonlyMap<string, string>;
  /** Own modules that the change has touched go before others that import the same. */
  readonly touched?: Touched | undefined;
}

/** Who imports what: ids of own modules. */
export interface Importers {
  /** By the id of an own module. */
  readonly modules: ReadonlyMap<string, string>;
  /** The first own module on the shortest way to it, by a package's instance. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * Finds the own modules by which others come into a build. The modules of a package are one node:
 * what matters is who brought it in. Of equally short ways the one from the module counts that the change
 * has touched most, and else the one from the first id.
 */
export function findImporters(facts: ImportFacts): Importers {
  const own = facts.ids.filter((id) => packageOf(id) === null).sort();
  const edges = edgesOf(facts, own);
  return {
    modules: changedFirst(moduleImporters(own, edges), edges, facts),
    packages: packageImporters(touchedFirst(own, facts), edges, facts),
  };
}

function touchedFirst(own: readonly string[], { touched }: ImportFacts): string[] {
  const by = (id: string) => touched?.changed.get(id) ?? touched?.added.get(id) ?? 0;
  return own.toSorted((left, right) => by(right) - by(left));
}

/**
 * What is new was hardly brought in by what is as it was. Other new modules do not take the place:
 * they may import each other in a circle.
 */
function changedFirst(
  importers: ReadonlyMap<string, string>,
  edges: Edges,
  { touched }: ImportFacts,
): ReadonlyMap<string, string> {
  if (touched === undefined || touched.added.size === 0) return importers;
  const { added, changed } = touched;
  const isUntouched = (id: string | undefined) =>
    id !== undefined && !added.has(id) && !changed.has(id);
  // The last word is that of the one that changed most.
  const replaced = [...changed]
    .sort(([, left], [, right]) => left - right)
    .flatMap(([from]) => [...(edges.get(from) ?? [])].map((to) => [to, from] as const))
    .filter(([to]) => added.has(to) && isUntouched(importers.get(to)));
  return new Map([...importers, ...replaced]);
}

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Own modules, and instances of packages. */
function nodeOf(id: string): string {
  return packageOf(id)?.instance ?? id;
}

function edgesOf(facts: ImportFacts, own: readonly string[]): Edges {
  const edges = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    const targets = edges.get(from) ?? new Set();
    if (from !== to) edges.set(from, targets.add(to));
  };
  const nodes = new Set(facts.ids.map(nodeOf));
  for (const [id, others] of facts.importers) {
    const to = nodeOf(id);
    for (const from of nodes.has(to) ? others : []) add(nodeOf(from), to);
  }
  const resolve = importResolver(own, nodes);
  for (const [id, specifiers] of facts.specifiers) {
    for (const to of specifiers.flatMap((one) => resolve(one, id))) add(nodeOf(id), to);
  }
  return edges;
}

/** The way there from what nobody imports, which is where a page starts. */
function moduleImporters(own: readonly string[], edges: Edges): Map<string, string> {
  const isOwn = new Set(own);
  const imported = new Set([...edges].flatMap(([, targets]) => [...targets]));
  const importers = new Map<string, string>();
  const reached = new Set<string>();
  // Those that only import each other in a circle are started from as well, but last.
  const starts = [...own.filter((id) => !imported.has(id)), ...own];
  for (const start of starts) {
    if (reached.has(start)) continue;
    reached.add(start);
    walk([start], edges, (from, to) => {
      if (reached.has(to) || !isOwn.has(to)) return false;
      importers.set(to, from);
      reached.add(to);
      return true;
    });
  }
  return importers;
}

function packageImporters(
  own: readonly string[],
  edges: Edges,
  { known }: ImportFacts,
): Map<string, string> {
  const isOwn = new Set(own);
  const importers = new Map<string, string>();
  const enter = (from: string, to: string) => {
    if (isOwn.has(to) || importers.has(to)) return false;
    const importer = isOwn.has(from) ? from : importers.get(from);
    if (importer !== undefined) importers.set(to, importer);
    return importer !== undefined;
  };
  walk(own, edges, enter);
  // What is only reached by way of files that were not looked into anew.
  const others = [...known].filter(([instance]) => !importers.has(instance));
  for (const [instance, importer] of others) importers.set(instance, importer);
  walk(
    others.map(([instance]) => instance),
    edges,
    enter,
  );
  return importers;
}

/** Breadth first; `enter` says whether an edge leads on. */
function walk(
  starts: readonly string[],
  edges: Edges,
  enter: (from: string, to: string) => boolean,
): void {
  const queue = [...starts];
  for (const from of queue) {
    for (const to of edges.get(from) ?? []) if (enter(from, to)) queue.push(to);
  }
}
