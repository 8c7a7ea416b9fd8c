import { byHand, readSnapshotSet } from '../baseline/snapshot-file.ts';
import { why } from '../check.ts';
import { assemble } from '../core/assemble.ts';
import { compare as pair } from '../core/compare.ts';
import { joinReports } from '../core/join.ts';
import { judge } from '../core/judge.ts';
import type { NamedSet } from '../core/snapshot-set.ts';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { Snapshot, SnapshotSet } from '../model/snapshot.ts';
import type { Command } from './command.ts';
import { COMMON, type OptionTable, parseOptions } from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const COMPARE_OPTIONS: OptionTable = { ...REPORTING, ...COMMON };

/** Judges snapshots, one or several a file, by head's budgets; builds and measures nothing. */
export const compare: Command = async (args, terminal) => {
  const options = parseOptions(args, COMPARE_OPTIONS);
  const [basePath, headPath, extra] = options.positionals;
  if (basePath === undefined || headPath === undefined || extra !== undefined) {
    throw new UserError('two-snapshots', '`compare` takes two snapshots.', {
      hint: 'weighbridge compare base.json head.json',
    });
  }
  const deliveries = deliveriesOf(options, terminal);
  const { host, cwd } = terminal;
  const base = { file: basePath, set: await readSnapshotSet(basePath, cwd, host) };
  const head = { file: headPath, set: await readSnapshotSet(headPath, cwd, host) };
  const today = host.now().toISOString().slice(0, 10);
  const report = await compareSets(base, head, today);
  const strictness = strictnessOf(options);
  return conclude(report, { deliveries, strictness, options, terminal });
};

/** Judges head's snapshots by their own budgets, each beside the one of its project. */
export async function compareSets(base: NamedSet, head: NamedSet, today: string): Promise<Report> {
  const [before, after] = [base.set, head.set];
  const [only, ...others] = before.snapshots;
  const isOne = after.snapshots.length === 1 && after.skipped.length === 0;
  // A snapshot alone in its file is meant, whatever its project is called.
  const isPair = isOne && others.length === 0;
  refuseUnexcused(base, head);
  const reports: Report[] = [];
  for (const snapshot of after.snapshots) {
    const own = isPair
      ? only
      : before.snapshots.find(({ project }) => project === snapshot.project);
    reports.push(await reportOn(snapshot, own ?? null, base.file, today));
  }
  const [first] = reports;
  if (isOne && others.length === 0 && first !== undefined) return first;
  const notes = goneFrom(before.snapshots, after).map(
    (project) => `${project} is in ${base.file}, and not in ${head.file}.`,
  );
  return joinReports(reports, { name: '.', skipped: after.skipped, notes });
}

async function reportOn(
  head: Snapshot,
  base: Snapshot | null,
  file: string,
  today: string,
): Promise<Report> {
  const comparison = pair(head, base === null ? null : byHand(base, file));
  const verdict = judge(comparison, { today, isPushToBase: false, labels: [] });
  const noBaseline = base === null ? `${file} has no snapshot of ${head.project}.` : null;
  const causes = await why(comparison, null);
  return assemble({ comparison, verdict, causes, config: null, noBaseline, notes: [] });
}

/** As in a check: a project is left out by base's rules, not by its own. */
function refuseUnexcused(base: NamedSet, head: NamedSet): void {
  for (const { project, why } of head.set.skipped) {
    const before = base.set.snapshots.find((one) => one.project === project);
    if (before === undefined || before.rules.unbuilt === 'skip') continue;
    throw new UserError('nothing-matches', `${head.file} has left out ${project}: ${why}.`, {
      hint: `${base.file} does not allow it: a change cannot leave its own project out.`,
    });
  }
}

function goneFrom(before: readonly Snapshot[], { snapshots, skipped }: SnapshotSet): string[] {
  const here = new Set([...snapshots, ...skipped].map(({ project }) => project));
  return before.map(({ project }) => project).filter((project) => !here.has(project));
}
