import { pardonsOf } from './baseline/pardons.ts';
import { type RecallRequest, recall } from './baseline/recall.ts';
import { assemble } from './core/assemble.ts';
import { compare } from './core/compare.ts';
import { judge } from './core/judge.ts';
import { measure } from './measure.ts';
import type { Checked } from './model/checked.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import { isPushTo } from './model/run.ts';

export type CheckRequest = RecallRequest;

/** The corridor: find the baseline, measure, compare, judge, report. */
export async function check(config: Config, request: CheckRequest, host: Host): Promise<Checked> {
  const { baseline, absence, isAdoption, ...recalled } = await recall(request, config, host);
  const { snapshot, notes } = await measure(config, host, baseline?.snapshot ?? null);
  const pardons = await pardonsOf(baseline, request.run, request.connect);
  const comparison = compare(snapshot, baseline);
  const today = host.now().toISOString().slice(0, 10);
  const isPushToBase = request.run !== null && isPushTo(request.run, config.baseline.branch);
  const verdict = judge(comparison, { today, isPushToBase, labels: pardons.labels });
  const said = [...recalled.notes, ...pardons.notes, ...notes];
  const report = assemble({ comparison, verdict, config, noBaseline: absence, notes: said });
  return { report, snapshot, isAdoption };
}
