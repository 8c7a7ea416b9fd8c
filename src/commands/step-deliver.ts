import { joinReports } from '../core/join.ts';
import { terminalText } from '../format/terminal.ts';
import { branchHost } from '../github/branch-host.ts';
import type { Client } from '../github/client.ts';
import { isSuperseded, pullsOfRun } from '../github/pulls-of-run.ts';
import { type Ration, ration } from '../github/ration.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { PullRequest, Run, TriggeringRun } from '../model/run.ts';
import type { Snapshot, SnapshotSet } from '../model/snapshot.ts';
import { STATUSES } from '../model/verdict.ts';
import { type LeftOut, leftOutOf } from './deliver-left.ts';
import { type Delivered, deliverOne, type Target } from './deliver-one.ts';
import { isSeveral } from './is-several.ts';
import { connector } from './step-connect.ts';
import type { StepLog } from './step-log.ts';
import type { StepPlace } from './step-place.ts';
import { tellAll } from './tell.ts';
import { trustedConfigs } from './trusted-config.ts';
import { type UntrustedHeads, untrustedHeads } from './untrusted-heads.ts';

const TITLE = { title: 'Weighbridge' };

/**
 * Questions to GitHub for one run, whatever a stranger's run has uploaded: the token has a
 * thousand an hour for the whole repository. Twenty projects with records need some ninety.
 */
const MOST_REQUESTS = 150;

/**
 * The privileged half of the pair for forks: judges what another run has measured by rules of its
 * own, and comments. Nothing of the change is checked out, run or believed. It is never red for
 * what it finds: its run stands on the default branch, whose checks no outsider may turn red.
 */
export async function stepDeliver(place: StepPlace, host: Host, log: StepLog): Promise<null> {
  const { run } = place;
  const { triggering } = run;
  if (triggering === null || triggering.event !== 'pull_request') {
    log.notice(`Nothing to deliver: ${whyNot(triggering, run)}`, TITLE);
    return null;
  }
  if (place.connect === null) throw noToken();
  // One client judges, within bounds and from what it knows; the other one tells.
  const connect = connector(place.inputs) ?? place.connect;
  const client = await connect();
  const asking = { connect, client, ration: ration(client, MOST_REQUESTS) };
  const pulls = await pullsOfRun(client, run, triggering, repositoryId(host));
  const why = await whyNothing(client, run, triggering, pulls);
  if (why !== null) {
    log.notice(`Nothing to deliver: ${why}`, TITLE);
    return null;
  }
  const wholes = await judgeAll({ ...place, ...asking, triggering, pulls }, host, log);
  await tellEach(wholes, place, host, log);
  return null;
}

function whyNot(triggering: TriggeringRun | null, { event }: Run): string {
  if (triggering === null) {
    return `\`mode: deliver\` is for runs on \`workflow_run\`, and this one is on \`${terminalText(event)}\`.`;
  }
  return 'the run that has ended was not one on `pull_request`.';
}

function noToken(): UserError {
  return new UserError('no-token', '`mode: deliver` cannot ask GitHub without a token.', {
    hint: 'Leave out the input `token`: its default is the token of the run.',
  });
}

/** As the runner says it: the payload of the event is not asked who it belongs to. */
function repositoryId({ environment }: Host): number {
  return Number(environment.GITHUB_REPOSITORY_ID ?? 0);
}

async function whyNothing(
  client: Client,
  run: Run,
  triggering: TriggeringRun,
  pulls: readonly PullRequest[],
): Promise<string | null> {
  if (pulls.length === 0) {
    return 'no open pull request has the head that the run was of. It was pushed to since, it is closed, or its fork is gone.';
  }
  // Of several it is not known which one the run was for: a later run may be another one's.
  const isOld = pulls.length === 1 && (await isSuperseded(client, run, triggering));
  return isOld ? 'a later run of the same head takes its place.' : null;
}

interface Scene extends StepPlace {
  readonly client: Client;
  readonly ration: Ration;
  readonly triggering: TriggeringRun;
  readonly pulls: readonly PullRequest[];
}

/** What is told of one pull request. */
interface ToldOf extends Target {
  readonly parts: readonly Delivered[];
}

/** One report for each project of each pull request; what cannot be believed is left, and said. */
async function judgeAll(scene: Scene, host: Host, log: StepLog): Promise<readonly Whole[]> {
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

/**
 * Of several pull requests a snapshot may fit one alone: a test merge is of that one.
 * @returns why it was told of none
 */
async function judgeFor(
  snapshot: Snapshot,
  told: ReadonlyMap<Target, Delivered[]>,
  scene: Scene,
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

/** What is told of one pull request: all its projects in one comment. */
interface Whole {
  readonly report: Report;
  readonly set: SnapshotSet;
  readonly run: Run;
  readonly isAdoption: boolean;
}

/**
 * All projects of a pull request under one name, where the input names several or the run has
 * spoken of several, whatever has become of them: the comment does not move.
 */
async function wholeOf(
  { parts, ...target }: ToldOf,
  heads: UntrustedHeads,
  scene: Scene,
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

/** A comment for each pull request. The worst comes last, as its outputs are the ones that stay. */
async function tellEach(
  wholes: readonly Whole[],
  { inputs, connect }: StepPlace,
  host: Host,
  log: StepLog,
): Promise<void> {
  const rank = ({ report }: Whole) => STATUSES.indexOf(report.verdict.status);
  for (const one of wholes.toSorted((left, right) => rank(left) - rank(right))) {
    const { report, set, run, isAdoption } = one;
    const strictness = { statuses: inputs.strict, isAdoption };
    // Annotations would stand on the default branch, which the change is not on.
    await tellAll({ report, set, strictness, pathOf: null, inputs, run, connect }, host, log);
  }
}
