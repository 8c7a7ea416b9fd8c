import { isOfBase } from './baseline/keeper.ts';
import { pardonsOf } from './baseline/pardons.ts';
import { type RecallRequest, recall } from './baseline/recall.ts';
import { isUnopenedNote } from './contents/unopened-note.ts';
import { assemble, encodingsOf } from './core/assemble.ts';
import { compare, hasChanged } from './core/compare.ts';
import { judge } from './core/judge.ts';
import { measure } from './measure.ts';
import type { Checked } from './model/checked.ts';
import type { Comparison } from './model/comparison.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import type { ReportCause } from './model/report.ts';
import { NOT_INSIDE_KNOWN } from './model/verdict.ts';

export type CheckRequest = RecallRequest;

/** The corridor: find the baseline, measure, compare, judge, report. */
export async function check(config: Config, request: CheckRequest, host: Host): Promise<Checked> {
  const { baseline, absence, isAdoption, ...recalled } = await recall(request, config, host);
  const { snapshot, notes } = await measure(config, host, baseline?.snapshot ?? null);
  const pardons = await pardonsOf(baseline, request.run, request.connect);
  const comparison = compare(snapshot, baseline);
  const today = host.now().toISOString().slice(0, 10);
  const isPushToBase = request.run !== null && isOfBase(request.run, config);
  const verdict = judge(comparison, { today, isPushToBase, labels: pardons.labels });
  const causes = await why(comparison, config);
  const said = [...recalled.notes, ...pardons.notes, ...notes];
  const isInsideAsked = verdict.findings.some(({ detail }) => detail?.startsWith(NOT_INSIDE_KNOWN));
  const advice = await whyNot(comparison, { folder: config.folder, notes, isInsideAsked }, host);
  const report = assemble({
    comparison,
    verdict,
    causes,
    config,
    noBaseline: absence,
    notes: [...said, ...advice],
  });
  const base = baseline?.snapshot ?? null;
  return { report, snapshot, base, isAdoption, baseProject: base?.project ?? null };
}

/**
 * Why it changed. Loaded only here: where nothing changed there is nothing to explain.
 * @param config what the report speaks of; null when two snapshots are compared
 */
export async function why(
  comparison: Comparison,
  config: Pick<Config, 'encodings'> | null,
): Promise<readonly ReportCause[]> {
  if (!hasChanged(comparison)) return [];
  const { attribute } = await import('./core/attribute.ts');
  return attribute(comparison, encodingsOf(config, comparison.head)[0] ?? 'raw');
}

interface WhyNot extends Pick<Config, 'folder'> {
  readonly notes: readonly string[];
  /** A budget asks what is inside, and nothing says it. */
  readonly isInsideAsked: boolean;
}

/** What would tell why, where nothing does; what is wrong with the maps that there are says it all. */
async function whyNot(
  comparison: Comparison,
  { folder, notes, isInsideAsked }: WhyNot,
  host: Host,
): Promise<readonly string[]> {
  if (!(hasChanged(comparison) || isInsideAsked) || notes.some(isUnopenedNote)) return [];
  const { insideAdvice, mapAdvice } = await import('./bundlers/map-advice.ts');
  const changed = await mapAdvice(comparison, folder, host);
  const advice =
    changed === null && isInsideAsked ? await insideAdvice(comparison.head, folder, host) : changed;
  return advice === null ? [] : [advice];
}
