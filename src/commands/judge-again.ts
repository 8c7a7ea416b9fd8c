import type { Pardons } from '../baseline/pardons.ts';
import type { Recalled } from '../baseline/recall.ts';
import { why } from '../check.ts';
import { assemble } from '../core/assemble.ts';
import { compare } from '../core/compare.ts';
import { judge } from '../core/judge.ts';
import { reportsOf } from '../core/reports-of.ts';
import { type JudgingRules, underTrustedRules } from '../core/trusted-rules.ts';
import { resolveConfig } from '../measure.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';

export interface JudgeAgainRequest {
  /** Head's, as an untrusted run has measured it. */
  readonly snapshot: Snapshot;
  readonly rules: JudgingRules;
  readonly recalled: Recalled;
  readonly pardons: Pardons;
  /** What the report says of the budgets file; null where it is not known. */
  readonly config: Config | null;
  /** YYYY-MM-DD */
  readonly today: string;
  readonly notes: readonly string[];
}

/** A report on one project, and the snapshot that it speaks of. */
export interface JudgedAgain {
  readonly report: Report;
  readonly snapshot: Snapshot;
  readonly isAdoption: boolean;
}

/** The corridor for what others have measured: theirs are the numbers, ours is all that judges. */
export async function judgeAgain(request: JudgeAgainRequest): Promise<JudgedAgain> {
  const { recalled, pardons, config, today } = request;
  const { baseline, absence, isAdoption } = recalled;
  const base = baseline?.snapshot ?? null;
  const snapshot = underTrustedRules(request.snapshot, request.rules, base);
  const comparison = compare(snapshot, baseline);
  const verdict = judge(comparison, { today, isPushToBase: false, labels: pardons.labels });
  const notes = [...request.notes, ...recalled.notes, ...pardons.notes];
  // The lines of a budgets file are not those of the change that an annotation would stand on.
  const shown = config === null ? null : { ...config, lines: new Map() };
  const causes = await why(comparison, config);
  const said = { config: shown, noBaseline: absence, notes };
  const report = assemble({ comparison, verdict, causes, ...said });
  return { report, snapshot, isAdoption };
}

/**
 * The rules of a budgets file for files that are not here.
 * @param head whose names say which brackets of a pattern are literal
 */
export async function rulesOfConfig(
  config: Config,
  head: Snapshot,
  host: Host,
): Promise<JudgingRules> {
  const paths = new Set(head.assets.map(({ path }) => host.resolve(config.folder, path)));
  const kind = async (path: string) => (paths.has(host.resolve(path)) ? ('file' as const) : null);
  const { budgets, track, encodings, rules } = await resolveConfig(config, { ...host, kind });
  const own = budgets.flatMap(({ selection }) =>
    selection.kind === 'assets' ? [selection.patterns] : [],
  );
  const reports = budgets.flatMap(({ selection }) => reportsOf(selection));
  const files = track.length === 0 ? own : [track, ...own];
  return { budgets, rules, tracked: { files, encodings, reports } };
}
