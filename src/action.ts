import {
  error as annotateError,
  warning as annotateWarning,
  info,
  notice,
  setFailed,
  setOutput,
  summary,
} from '@actions/core';
import type { BaseRequest } from './baseline/recall.ts';
import { channels } from './channels/index.ts';
import { check } from './check.ts';
import { loadConfig } from './config/load.ts';
import { isFailure } from './core/outcome.ts';
import { formatSnapshot } from './core/snapshot-text.ts';
import { isWorthTelling } from './core/worth-telling.ts';
import { deliver } from './deliver.ts';
import { annotationsOf } from './format/annotations.ts';
import { verdictSentence } from './format/sentence.ts';
import { terminalText } from './format/terminal.ts';
import { readRun } from './github/context.ts';
import { type Inputs, readInputs } from './github/inputs.ts';
import { missingPermission } from './github/refusal.ts';
import { nodeHost } from './host/node.ts';
import type { Config } from './model/config.ts';
import { UserError } from './model/errors.ts';
import type { Host } from './model/host.ts';
import type { Report } from './model/report.ts';
import type { Run } from './model/run.ts';
import type { Snapshot } from './model/snapshot.ts';
import { TOOL } from './model/tool.ts';

const LOOK = { width: 120, color: true };

/** The step: verdict, summary, outputs, annotations, comment, and red only as the last word. */
async function main(): Promise<void> {
  const { env } = process;
  const host = nodeHost({ progress: () => {} });
  const run = readRun(
    env,
    new TextDecoder().decode((await host.read(env.GITHUB_EVENT_PATH ?? '')) ?? undefined),
  );
  const inputs = readInputs(run.event);
  const workspace = env.GITHUB_WORKSPACE ?? host.resolve('.');
  const cwd = host.resolve(workspace, inputs.workingDirectory);
  const config = await configOf(inputs, run, cwd, host);
  const base = await baseOf(inputs, cwd, host);
  const request = { base, cwd, isPushToBase: run.isPushToBase };
  const { report, snapshot } = await check(config, request, host);
  await tell(report);
  await writeOutputs(report, snapshot, host);
  annotate(report, host.relative(workspace, host.resolve(cwd, config.file)));
  await comment(report, inputs, run);
  const strictness = { statuses: inputs.strict, isAdoption: base.kind === 'unsaid' };
  if (isFailure(report, strictness)) setFailed(`${verdictSentence(report, terminalText)}.`);
}

/** In privileged events the config may be the fork's: it is read as data, never run as code. */
async function configOf(inputs: Inputs, run: Run, cwd: string, host: Host): Promise<Config> {
  const config = await loadConfig(inputs.config, cwd, host, {
    isCodeAllowed: run.event !== 'pull_request_target',
  });
  return inputs.project === null ? config : { ...config, project: inputs.project };
}

const ADVICE =
  'No baseline: give the input base the snapshot that a run of the base branch kept; the README shows how.';

async function baseOf({ base }: Inputs, cwd: string, host: Host): Promise<BaseRequest> {
  if (base === null) return { kind: 'unsaid', advice: ADVICE };
  if (base === 'none') return { kind: 'none' };
  if ((await host.kind(host.resolve(cwd, base))) === 'file') return { kind: 'file', path: base };
  throw new UserError('base-missing', `Input \`base\`: there is no file ${base}.`, {
    hint: 'Leave `base` empty where there is no snapshot yet. A git ref as base is reserved: this version cannot do it yet.',
  });
}

async function tell(report: Report): Promise<void> {
  const log = channels.stdout((text) => info(text.trimEnd()));
  const page = channels.jobSummary(async (text) => {
    await summary.addRaw(text, true).write();
  });
  await deliver(report, [{ form: 'terminal', channel: log }], LOOK);
  try {
    await deliver(report, [{ form: 'markdown', channel: page }], LOOK);
  } catch (error) {
    annotateWarning(`The job summary could not be written: ${wordsOf(error)}`);
  }
}

async function writeOutputs(report: Report, snapshot: Snapshot, host: Host): Promise<void> {
  const folder = host.resolve(
    process.env.RUNNER_TEMP ?? '.',
    'weighbridge',
    encodeURIComponent(report.meta.project).replaceAll('.', '%2E'),
  );
  const paths = { report: `${folder}/report.json`, snapshot: `${folder}/snapshot.json` };
  await deliver(report, [{ form: 'json', channel: channels.file(paths.report, host) }], LOOK);
  await host.write(paths.snapshot, formatSnapshot(snapshot));
  setOutput('verdict', report.verdict.status);
  setOutput('report', paths.report);
  setOutput('snapshot', paths.snapshot);
  setOutput('html-report', '');
  setOutput('base-commit', report.comparison.base?.commit ?? '');
  const failing = report.verdict.findings.filter(({ status }) => status === 'fail');
  setOutput('failed', new Set(failing.map(({ budget }) => budget)).size);
}

function annotate(report: Report, file: string): void {
  for (const { level, title, message, line } of annotationsOf(report)) {
    const place = line === null ? { title } : { title, file, startLine: line };
    (level === 'error' ? annotateError : annotateWarning)(message, place);
  }
}

/** Best effort: whatever happens to the comment, the verdict is what it is. */
async function comment(report: Report, inputs: Inputs, run: Run): Promise<void> {
  setOutput('comment-url', '');
  if (run.pullRequest === null || inputs.comment === 'never') return;
  try {
    // Loaded only here: no other run needs a client.
    const [{ connect }, { keepComment, roomFor }] = await Promise.all([
      import('./github/client.ts'),
      import('./github/comment.ts'),
    ]);
    const client = connect(inputs.token);
    const { project } = report.meta;
    const channel = channels.pullRequest(roomFor(run, project), run.url, async (body) => {
      const isWanted = isWorthTelling(report, inputs.comment);
      const done = await keepComment(client, run, { project, body, isWanted });
      if (done.kind === 'written') setOutput('comment-url', done.url);
      if (done.kind === 'left') info(`No comment: ${done.why}.`);
    });
    await deliver(report, [{ form: 'markdown', channel }], LOOK);
  } catch (error) {
    sayWhyNot(error, run);
  }
}

/** One notice that names the missing permission; anything else is a warning with its words. */
function sayWhyNot(error: unknown, { pullRequest }: Run): void {
  const needed = missingPermission(error);
  if (needed === null) {
    annotateWarning(`The comment could not be written: ${wordsOf(error)}. The verdict stands.`);
    return;
  }
  const why = pullRequest?.isFork
    ? 'the token of a pull request from a fork may only read'
    : 'add `permissions: { pull-requests: write }` to the job';
  notice(
    `No comment: the token lacks the permission ${needed}; ${why}. The verdict, the summary and the outputs are complete.`,
    { title: 'Weighbridge' },
  );
}

function wordsOf(error: unknown): string {
  return terminalText(error instanceof Error ? error.message : String(error));
}

main().catch((error: unknown) => {
  if (error instanceof UserError) {
    setFailed([error.message, error.hint].filter((part) => part !== null).join('\n'));
    return;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  setFailed(`Weighbridge ${TOOL.version} has a bug: no report could be made.\n${stack}`);
});
