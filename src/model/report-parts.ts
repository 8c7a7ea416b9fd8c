import type { Report, ReportProject } from './report.ts';

/**
 * A report on several projects as one report for each, as it would be of the project alone; a
 * report on one project is its own only part.
 */
export function partsOf(report: Report): readonly Report[] {
  const { projects } = report.meta;
  if (projects === undefined) return [report];
  const { verdict, comparison } = report;
  const findings = byProject(verdict.findings);
  const relaxed = byProject(verdict.relaxed);
  const changes = byProject(comparison.changes);
  const causes = byProject(report.causes);
  return projects.map(({ status, base, ...meta }: ReportProject) => {
    const own = <Item>(items: ReadonlyMap<string, readonly Item[]>) =>
      items.get(meta.project) ?? [];
    return {
      ...report,
      verdict: { status, findings: own(findings), relaxed: own(relaxed) },
      comparison: { ...comparison, base, changes: own(changes) },
      causes: own(causes),
      meta,
    };
  });
}

function byProject<Item extends { readonly project?: string | undefined }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const { project = '', ...item } of items) {
    const group = groups.get(project);
    if (group === undefined) groups.set(project, [item as Item]);
    else group.push(item as Item);
  }
  return groups;
}
