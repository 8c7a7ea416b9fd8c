import { pardonsOf } from '../baseline/pardons.ts';
import type { Recalled } from '../baseline/recall.ts';
import { recallElsewhere } from '../baseline/recall-elsewhere.ts';
import type { JudgingRules } from '../core/trusted-rules.ts';
import type { BranchHost } from '../github/branch-host.ts';
import type { StoreChoice } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { PullRequest, Run, TriggeringRun } from '../model/run.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type JudgedAgain, judgeAgain, rulesOfConfig } from './judge-again.ts';
import { baseOf } from './step-base.ts';
import type { StepPlace } from './step-place.ts';
import type { TrustedConfig, TrustedConfigs } from './trusted-config.ts';

/** A pull request, and what the branch has that it is to be merged into. */
export interface Target {
  readonly pull: PullRequest;
  readonly branch: BranchHost;
  readonly configs: TrustedConfigs;
}

export interface DeliverRequest extends StepPlace, Target {
  readonly triggering: TriggeringRun;
  readonly snapshot: Snapshot;
}

/** A report that may be told, with the run that it is told for. */
export interface Delivered extends JudgedAgain {
  readonly run: Run;
}

/** Judges what a stranger's run has measured of one project of a pull request. */
export async function deliverOne(
  request: DeliverRequest,
  host: Host,
): Promise<Delivered | { readonly refused: string }> {
  const { snapshot, pull, configs } = request;
  const trusted = await configs.of(snapshot.project);
  const run = runFor(request);
  try {
    const recalled = await recallFor(request, trusted, host);
    const rules = await rulesFor(recalled, trusted, snapshot, host);
    if (rules === null) return { refused: unknownProject(snapshot, recalled, trusted) };
    const pardons = await pardonsOf(recalled.baseline, run, request.connect);
    const today = host.now().toISOString().slice(0, 10);
    const notes = [words(pull)];
    const { config } = trusted;
    const judged = await judgeAgain({ snapshot, rules, recalled, pardons, config, today, notes });
    return { ...judged, run };
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'other-commit') throw error;
    return { refused: `The snapshot of ${snapshot.project} is not the run's. ${error.message}` };
  }
}

/** Comments are in the order of the runs that were judged, not of those that tell of them. */
function runFor({ run, triggering, pull }: Omit<DeliverRequest, 'snapshot'>): Run {
  const { number, attempt } = triggering;
  return { ...run, number, attempt, pullRequest: pull };
}

/** Base of a project, as far as the base branch's own runs have kept a record of it. */
export async function recallFor(
  request: Omit<DeliverRequest, 'snapshot'> & {
    readonly snapshot: Pick<Snapshot, 'commit' | 'project'>;
  },
  { settings, prefix }: TrustedConfig,
  host: Host,
): Promise<Recalled> {
  const { inputs, workspace, cwd, connect, branch, pull, snapshot } = request;
  const scene = { host: branch, folder: settings.folder, run: runFor(request), connect };
  const { commit: built, project } = snapshot;
  const config = withoutWorkspace(settings, workspace, host);
  const base = await baseOf(inputs, cwd, host);
  return recallElsewhere({ base, cwd, built, pull, project, prefix, config, scene }, host);
}

/** Files in the workspace may be what somebody has checked out: no record of ours is there. */
function withoutWorkspace(config: Config, workspace: string, host: Host): Config {
  const isOutside = (store: StoreChoice) =>
    store.kind !== 'file' ||
    (store.folder !== null &&
      host.relative(workspace, host.resolve(config.folder, store.folder)).startsWith('../'));
  const stores = config.baseline.stores?.filter(isOutside) ?? null;
  return { ...config, baseline: { ...config.baseline, stores } };
}

/** Those of base's record, which no change has written; else those of the base branch's file. */
async function rulesFor(
  { baseline }: Recalled,
  { config }: TrustedConfig,
  head: Snapshot,
  host: Host,
): Promise<JudgingRules | null> {
  if (baseline !== null) {
    // A file that was named by hand may be of any project.
    return baseline.snapshot.project === head.project ? baseline.snapshot : null;
  }
  return config === null ? null : rulesOfConfig(config, head, host);
}

/** Otherwise a change could name projects as it likes, and have a comment on each. */
function unknownProject(
  { project }: Snapshot,
  { absence }: Recalled,
  { why }: TrustedConfig,
): string {
  return `The base branch has neither a record nor JSON budgets of ${project}. ${why ?? ''} ${absence ?? ''}`;
}

function words({ baseBranch }: PullRequest): string {
  return `Measured by the pull request's own run; judged by the budgets of ${baseBranch}.`;
}
