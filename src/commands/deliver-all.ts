import { joinReports } from '../core/join.ts';
import { terminalText } from '../format/terminal.ts';
import { branchHost } from '../github/branch-host.ts';
import type { Client } from '../github/client.ts';
import type { Ration } from '../github/ration.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { PullRequest, Run, TriggeringRun } from '../model/run.ts';
import type { Snapshot, SnapshotSet } from '../model/snapshot.ts';
import { type LeftOut, leftOutOf } from './deliver-left.ts';
import { type Delivered, deliverOne, type Target } from './deliver-one.ts';
import { isSeveral } from './is-several.ts';
import { type StepLog, TITLE } from './step-log.ts';
import type { StepPlace } from './step-place.ts';
import { trustedConfigs } from './trusted-config.ts';
import { type UntrustedHeads, untrustedHeads } from './untrusted-heads.ts';

/**
 * Questions to GitHub for one run, whatever a stranger's run has uploaded: the token has a
 * thousand an hour for the whole repository. Twenty projects with records need some ninety.
 */
export const MOST_REQUESTS = 150;

/** What is asked, of whom, and how often. */
export interface DeliverScene extends StepPlace {
  readonly client: Client;
  readonly ration: Ration;
  readonly triggering: TriggeringRun;
  readonly pulls: readonly PullRequest[];
}

/** What is told of one pull request: all its projects in one comment. */
export interface Whole {
  readonly report: Report;
  readonly set: SnapshotSet;
  readonly run: Run;
  readonly isAdoption: boolean;
}

/** One report for each project of each pull request; what cannot be believed is left, and said. */
export async function deliverAll(
  scene: DeliverScene,
  host: Host,
  log: StepLog,
): Promise<readonly Whole[]> {
  const { client, run, inputs, triggering, pulls, workspace, cwd } = scene;
  const heads = await untrustedHeads(client, run, triggering, inputs.project);
  for (const fault of heads.faults) log.warning(notDelivered(fault), TITLE);
  if (heads.count === 0) {
    log.notice('Nothing to deliver: the run has uploaded no snapshot.', TITLE);
  }
  const targets = pulls.map((pull): Target => {
    const branch = branchHost(host, client, run, { root: workspace, branch: pull.baseBranch });
    const { configs, project } = inputs;
    return { pull, branch, configs: trustedConfigs(branch, { configs, project, workspace, cwd }) };
  });
  const told = new Map(targets.map((target) => [target, [] as Delivered[]]));
  for (const snapshot of heads.snapshots) {
    const refusals = await judgeFor(snapshot, told, scene, host);
    for (const refusal of refusals) log.warning(notDelivered(refusal), TITLE);
  }
  const wholes: Whole[] = [];
  for (const [target, parts] of told) {
    if (parts.length === 0) continue;
    const { whole, faults } = await wholeOf({ ...target, parts }, heads, scene, host);
    for (const fault of faults) log.warning(notDelivered(fault), TITLE);
    wholes.push(whole);
  }
  return wholes;
}

/** What is told of one pull request. */
interface ToldOf extends Target {
  readonly parts: readonly Delivered[];
}

/**
 * Of several pull requests a snapshot may fit one alone: a test merge is of that one.
 * @returns why it was told of none
 */
async function judgeFor(
  snapshot: Snapshot,
  told: ReadonlyMap<Target, Delivered[]>,
  scene: DeliverScene,
  host: Host,
): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const [target, parts] of told) {
    const one = await withinRation(scene.ration, snapshot.project, () =>
      deliverOne({ ...scene, ...target, snapshot }, host),
    );
    if ('report' in one) parts.push(one);
    else refusals.push(one.refused);
  }
  return refusals.length === told.size ? refusals : [];
}

/** What came of questions that were not answered for want of requests is no verdict. */
async function withinRation<Answer>(
  ration: Ration,
  project: string,
  task: () => Promise<Answer>,
): Promise<Answer | { readonly refused: string }> {
  const refused = `${project} is not judged: GitHub was asked ${MOST_REQUESTS} times for this run already, which is the most.`;
  if (ration.isSpent()) return { refused };
  try {
    const answer = await task();
    return ration.isSpent() ? { refused } : answer;
  } catch (error) {
    if (ration.isSpent()) return { refused };
    throw error;
  }
}

function notDelivered(why: string): string {
  return `Not delivered: ${terminalText(why)}`;
}

/**
 * All projects of a pull request under one name, where the input names several or the run has
 * spoken of several, whatever has become of them: the comment does not move.
 */
async function wholeOf(
  { parts, ...target }: ToldOf,
  heads: UntrustedHeads,
  scene: DeliverScene,
  host: Host,
): Promise<{ readonly whole: Whole; readonly faults: readonly string[] }> {
  const [first] = parts;
  if (first === undefined) throw new Error('a pull request has at least one project');
  const { configs, project } = scene.inputs;
  const snapshots = parts.map(({ snapshot }) => snapshot);
  const whole = {
    run: first.run,
    isAdoption: parts.every(({ isAdoption }) => isAdoption),
  };
  if (!isSeveral(configs) && heads.count < 2) {
    const set = { snapshots, skipped: [] };
    return { whole: { ...whole, report: first.report, set }, faults: [] };
  }
  const request = { ...scene, ...target, heads, told: snapshots };
  const left = await withinRation(scene.ration, 'What the run has left out', () =>
    leftOutOf(request, host),
  );
  const { skipped, isExcused, faults } = 'refused' in left ? unknown(left.refused) : left;
  const reports = parts.map(({ report }) => report);
  const best = isExcused ? 'pass' : 'inconclusive';
  const report = joinReports(reports, { name: project ?? '.', skipped, notes: [], best });
  return { whole: { ...whole, report, set: { snapshots, skipped } }, faults };
}

function unknown(why: string): LeftOut {
  return { skipped: [], isExcused: false, faults: [why] };
}
