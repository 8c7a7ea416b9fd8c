import { terminalText } from '../format/terminal.ts';
import type { Client } from '../github/client.ts';
import { isSuperseded, pullsOfRun } from '../github/pulls-of-run.ts';
import { ration } from '../github/ration.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { PullRequest, Run, TriggeringRun } from '../model/run.ts';
import { STATUSES } from '../model/verdict.ts';
import { deliverAll, MOST_REQUESTS, type Whole } from './deliver-all.ts';
import { connector } from './step-connect.ts';
import { type StepLog, TITLE } from './step-log.ts';
import type { StepPlace } from './step-place.ts';
import { tellAll } from './tell.ts';

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
  const wholes = await deliverAll({ ...place, ...asking, triggering, pulls }, host, log);
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
