import { type BaseRequest, recall } from './baseline/recall.ts';
import { assemble } from './core/assemble.ts';
import { compare } from './core/compare.ts';
import { judge } from './core/judge.ts';
import { measure } from './measure.ts';
import type { Config } from './model/config.ts';
import type { Host } from './model/host.ts';
import type { Report } from './model/report.ts';
import type { Snapshot } from './model/snapshot.ts';

export interface CheckRequest {
  readonly base: BaseRequest;
  /** Absolute; relative paths of the request are seen from here. */
  readonly cwd: string;
  readonly isPushToBase: boolean;
}

export interface Checked {
  readonly report: Report;
  readonly snapshot: Snapshot;
}

/** The corridor: measure, find the baseline, compare, judge, report. */
export async function check(config: Config, request: CheckRequest, host: Host): Promise<Checked> {
  const { baseline, absence } = await recall(request.base, request.cwd, host);
  const { snapshot, notes } = await measure(config, host, baseline?.snapshot ?? null);
  const comparison = compare(snapshot, baseline);
  const today = host.now().toISOString().slice(0, 10);
  const verdict = judge(comparison, { today, isPushToBase: request.isPushToBase });
  const report = assemble({ comparison, verdict, config, noBaseline: absence, notes });
  return { report, snapshot };
}
