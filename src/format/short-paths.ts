import type { Report } from '../model/report.ts';

/**
 * How to show paths in little room: a long one by the fewest last parts that only it has,
 * `index-[hash].js`. Texts that are not among the paths stay as they are.
 * @param whole paths of up to so many characters are shown whole
 */
export function shortPaths(paths: readonly string[], whole: number): (path: string) => string {
  const known = new Set(paths);
  const byName: { made?: ReadonlyMap<string, readonly string[]> } = {};
  return (path) => {
    if (path.length <= whole || !known.has(path)) return path;
    // Made for the first long path: most reports of a thousand files show few.
    byName.made ??= groupedByName(known);
    const others = byName.made.get(nameOf(path)) ?? [];
    const isOwn = (tail: string) =>
      others.every((other) => other === path || !(other === tail || other.endsWith(`/${tail}`)));
    return tailsOf(path).find(isOwn) ?? path;
  };
}

function groupedByName(paths: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const group = byName.get(nameOf(path));
    if (group === undefined) byName.set(nameOf(path), [path]);
    else group.push(path);
  }
  return byName;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `c`, `b/c`, `a/b/c` of `a/b/c`. */
function tailsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(parts.length - 1 - index).join('/'));
}

/** The paths that a report shows: of assets, as subjects of budgets and of changes. */
export function pathsOf({ verdict, comparison }: Report): string[] {
  const each = verdict.findings.filter(
    ({ metric, subject }) => metric.startsWith('size.') && !/[*{,]/.test(subject),
  );
  const changes = comparison.changes.filter(({ metric }) => metric.startsWith('size.'));
  return [...each, ...changes].map(({ subject }) => subject);
}
