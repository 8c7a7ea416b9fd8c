import { channels } from '../channels/index.ts';
import { checkConclusion, type Strictness } from '../core/outcome.ts';
import { formatSnapshotSet } from '../core/snapshot-set.ts';
import { isWorthTelling } from '../core/worth-telling.ts';
import { deliver } from '../deliver.ts';
import { annotationsOf } from '../format/annotations.ts';
import { checkAnnotations, checkName, checkTitle } from '../format/check-run.ts';
import { budgetsIn } from '../format/sentence.ts';
import type { Client } from '../github/client.ts';
import type { Inputs } from '../github/inputs.ts';
import { missingPermission, whyNoCheckRun } from '../github/refusal.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { Run } from '../model/run.ts';
import type { SnapshotSet } from '../model/snapshot.ts';
import { type StepLog, TITLE } from './step-log.ts';
import { wordsOf } from './step-words.ts';

/** A report, and all that telling it depends on. */
export interface Told {
  readonly report: Report;
  /** Head's. */
  readonly set: SnapshotSet;
  readonly strictness: Strictness;
  /** A budgets file from the workspace, where annotations stand; null where none may stand. */
  readonly pathOf: ((file: string) => string) | null;
  readonly inputs: Inputs;
  readonly run: Run;
  readonly connect: (() => Promise<Client>) | null;
}

const LOOK = { width: 120, color: true };
/**
 * Log, job summary, outputs, annotations, comment, check run, notes on imports: what GitHub refuses
 * changes nothing.
 * @returns whether the comment was refused, for the token may not write it
 */
export async function tellAll(told: Told, host: Host, log: StepLog): Promise<boolean> {
  await logAndSummary(told.report, log);
  await outputs(told, host, log);
  annotate(told, log);
  const isRefused = await comment(told, log);
  await checkRun(told, log);
  // These ask GitHub first: nobody waits for the comment because of them.
  await annotateImporters(told, log);
  return isRefused;
}

async function logAndSummary(report: Report, log: StepLog): Promise<void> {
  const text = channels.stdout((words) => log.info(words.trimEnd()));
  await deliver(report, [{ form: 'terminal', channel: text }], LOOK);
  try {
    const page = channels.jobSummary((markdown) => log.summary(markdown));
    await deliver(report, [{ form: 'markdown', channel: page }], LOOK);
  } catch (error) {
    log.warning(`The job summary could not be written: ${wordsOf(error)}`);
  }
}

async function outputs({ report, set }: Told, host: Host, log: StepLog): Promise<void> {
  const folder = host.resolve(
    host.environment.RUNNER_TEMP ?? '.',
    'weighbridge',
    encodeURIComponent(report.meta.project).replaceAll('.', '%2E'),
  );
  const paths = { report: `${folder}/report.json`, snapshot: `${folder}/snapshot.json` };
  await deliver(report, [{ form: 'json', channel: channels.file(paths.report, host) }], LOOK);
  await host.write(paths.snapshot, formatSnapshotSet(set));
  log.output('verdict', report.verdict.status);
  log.output('report', paths.report);
  log.output('snapshot', paths.snapshot);
  log.output('html-report', '');
  log.output('base-commit', report.comparison.base?.commit ?? '');
  const failing = report.verdict.findings.filter(({ status }) => status === 'fail');
  log.output('failed', budgetsIn(failing));
}

function annotate({ report, pathOf }: Told, log: StepLog): void {
  if (pathOf === null) return;
  for (const { level, title, message, file, line } of annotationsOf(report)) {
    const isPlaced = file !== null && line !== null;
    const place = isPlaced ? { title, file: pathOf(file), startLine: line } : { title };
    if (level === 'error') log.error(message, place);
    else log.warning(message, place);
  }
}

/** Loaded only here: most changes bring nothing new in. */
async function annotateImporters(told: Told, log: StepLog): Promise<void> {
  const { report, run, connect, pathOf } = told;
  if (pathOf === null || !report.causes.some(({ importer }) => importer !== null)) return;
  const { tellImporters } = await import('./tell-importers.ts');
  await tellImporters({ report, run, connect, pathOf }, log);
}

/** Best effort: whatever happens to the comment, the verdict is what it is. */
async function comment({ report, inputs, run, connect }: Told, log: StepLog): Promise<boolean> {
  log.output('comment-url', '');
  if (run.pullRequest === null || inputs.comment === 'never' || connect === null) return false;
  try {
    // Loaded only here: no other run needs it.
    const { keepComment, roomFor } = await import('../github/comment.ts');
    const client = await connect();
    const { project } = report.meta;
    const channel = channels.pullRequest(roomFor(run, project), run.url, async (body) => {
      const isWanted = isWorthTelling(report, inputs.comment);
      const done = await keepComment(client, run, { project, body, isWanted });
      if (done.kind === 'written') log.output('comment-url', done.url);
      if (done.kind === 'left') log.info(`No comment: ${done.why}.`);
    });
    await deliver(report, [{ form: 'markdown', channel }], LOOK);
    return false;
  } catch (error) {
    const why = whyNoComment(error, run);
    if (why !== null) log.notice(why, TITLE);
    else log.warning(`The comment could not be written: ${wordsOf(error)}. The verdict stands.`);
    return why !== null;
  }
}

/** One sentence that names the missing permission; null for anything else. */
function whyNoComment(error: unknown, run: Run): string | null {
  const needed = missingPermission(error);
  if (needed === null) return null;
  return `No comment: the token lacks the permission ${needed}; ${whatToDo(run)}. ${COMPLETE}`;
}

function whatToDo({ event, pullRequest }: Run): string {
  const add = 'add `permissions: { pull-requests: write }` to the job';
  if (event !== 'pull_request') return add;
  const pair =
    'a second workflow, on `workflow_run` with `mode: deliver`, can judge the snapshot that this run uploads, and comment: see the README on forks';
  return pullRequest?.isFork
    ? `the token of a pull request from a fork may only read; ${pair}`
    : `${add}, or ${pair}`;
}

const COMPLETE = 'The verdict, the summary and the outputs are complete.';

/** Best effort, like the comment. */
async function checkRun(told: Told, log: StepLog): Promise<void> {
  const { report, strictness, pathOf, inputs, run, connect } = told;
  if (!inputs.checkRun || connect === null) return;
  try {
    const { keepCheckRun } = await import('../github/check-run.ts');
    const client = await connect();
    const channel = channels.checkRun(run.url, async (summary) => {
      await keepCheckRun(client, run, {
        name: checkName(report.meta.project),
        headSha: run.pullRequest?.head ?? run.triggering?.headSha ?? run.sha,
        conclusion: checkConclusion(report, strictness),
        title: checkTitle(report),
        summary,
        annotations: pathOf === null ? [] : checkAnnotations(report, pathOf),
        detailsUrl: run.url,
      });
    });
    await deliver(report, [{ form: 'markdown', channel }], LOOK);
  } catch (error) {
    const why = whyNoCheckRun(error, run);
    if (why !== null) log.notice(`${why} ${COMPLETE}`, TITLE);
    else
      log.warning(`The check run could not be completed: ${wordsOf(error)}. The verdict stands.`);
  }
}
