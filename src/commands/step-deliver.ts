import { groupBy } from '../core/group-by.ts';
import { joinReports } from '../core/join.ts';
import { terminalText } from '../format/terminal.ts';
import type { Client } from '../github/client.ts';
import { isSuperseded, pullsOfRun } from '../github/pulls-of-run.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { PullRequest, Run, TriggeringRun } from '../model/run.ts';
import type { Snapshot, SnapshotSet } from '../model/snapshot.ts';
import { STATUSES } from '../model/verdict.ts';
import { type Delivered, type DeliverRequest, deliverOne } from './deliver-one.ts';
import type { StepLog } from './step-log.ts';
import type { StepPlace } from './step-place.ts';
import { tellAll } from './tell.ts';
import { trustedConfigs } from './trusted-config.ts';
import { untrustedHeads } from './untrusted-heads.ts';

const TITLE = { title: 'Weighbridge' };

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
  const client = await place.connect();
  const pulls = await pullsOfRun(client, run, triggering, repositoryId(host));
  const why = await whyNothing(client, run, triggering, pulls);
  if (why !== null) {
    log.notice(`Nothing to deliver: ${why}`, TITLE);
    return null;
  }
  const told = await judgeAll({ ...place, client, triggering, pulls }, host, log);
  await tellEach(told, place, host, log);
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
  readonly triggering: TriggeringRun;
  readonly pulls: readonly PullRequest[];
}

/** One report for each project of each pull request; what cannot be believed is left, and said. */
async function judgeAll(scene: Scene, host: Host, log: StepLog): Promise<readonly Delivered[]> {
  const { client, run, inputs, triggering, pulls } = scene;
  const { snapshots, faults } = await untrustedHeads(client, run, triggering, inputs.project);
  for (const fault of faults) log.warning(notDelivered(fault), TITLE);
  if (snapshots.length === 0 && faults.length === 0) {
    log.notice('Nothing to deliver: the run has uploaded no snapshot.', TITLE);
  }
  const targets = pulls.map((pull) => ({
    pull,
    configOf: trustedConfigs(client, { ...scene, pull }, host),
  }));
  const all: Delivered[] = [];
  for (const snapshot of snapshots) {
    const { told, refusals } = await judgeFor(snapshot, targets, scene, host);
    all.push(...told);
    for (const refusal of refusals) log.warning(notDelivered(refusal), TITLE);
  }
  return all;
}

type Target = Pick<DeliverRequest, 'pull' | 'configOf'>;

/** Of several pull requests a snapshot may fit one alone: a test merge is of that one. */
async function judgeFor(snapshot: Snapshot, targets: readonly Target[], scene: Scene, host: Host) {
  const told: Delivered[] = [];
  const refusals: string[] = [];
  for (const target of targets) {
    const one = await deliverOne({ ...scene, ...target, snapshot }, host);
    if ('report' in one) told.push(one);
    else refusals.push(one.refused);
  }
  return { told, refusals: told.length > 0 ? [] : refusals };
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

/** A comment for each pull request. The worst comes last, as its outputs are the ones that stay. */
async function tellEach(
  all: readonly Delivered[],
  { inputs, connect }: StepPlace,
  host: Host,
  log: StepLog,
): Promise<void> {
  const rank = ({ report }: Whole) => STATUSES.indexOf(report.verdict.status);
  const wholes = [...groupBy(all, ({ run }) => `${run.pullRequest?.number}`).values()].map(
    (parts) => wholeOf(parts, inputs.project ?? '.'),
  );
  for (const one of wholes.toSorted((left, right) => rank(left) - rank(right))) {
    const { report, set, run, isAdoption } = one;
    const strictness = { statuses: inputs.strict, isAdoption };
    // Annotations would stand on the default branch, which the change is not on.
    await tellAll({ report, set, strictness, pathOf: null, inputs, run, connect }, host, log);
  }
}

/** @param name what several projects go by together; one goes by its own name */
function wholeOf(parts: readonly Delivered[], name: string): Whole {
  const [first] = parts;
  if (first === undefined) throw new Error('a pull request has at least one project');
  const reports = parts.map(({ report }) => report);
  return {
    report:
      parts.length === 1 ? first.report : joinReports(reports, { name, skipped: [], notes: [] }),
    set: { snapshots: parts.map(({ snapshot }) => snapshot), skipped: [] },
    run: first.run,
    isAdoption: parts.every(({ isAdoption }) => isAdoption),
  };
}
