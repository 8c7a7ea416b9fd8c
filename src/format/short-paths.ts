import type { Report } from '../model/report.ts';

/**
 * How to show paths in little room: a long one by the fewest last parts that only it has,
 * `index-[hash].js`. Texts that are not among the paths stay as they are.
 * @param whole paths of up to so many characters are shown whole
 */
export function shortPaths(paths: readonly string[], whole: number): (path: string) => string {
  const all = [...new Set(paths)];
  const holders = new Map<string, number>();
  for (const tail of all.flatMap(tailsOf)) holders.set(tail, (holders.get(tail) ?? 0) + 1);
  const known = new Set(all);
  return (path) => {
    if (path.length <= whole || !known.has(path)) return path;
    return tailsOf(path).find((tail) => holders.get(tail) === 1) ?? path;
  };
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
