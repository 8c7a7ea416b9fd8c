import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { node24Path } from '../node24.ts';
import { type Pairs, readPairs } from './file-commands.ts';
import {
  type ActionRequest,
  type ActionYml,
  FILES,
  type Files,
  stepEnvironment,
} from './runner-environment.ts';
import { type Annotation, StepLog } from './step-log.ts';

export type { ActionRequest };

export interface ActionResult {
  readonly exitCode: number;
  /** As the runner judges: a failing exit code, or a command that it could not carry out. */
  readonly outcome: 'success' | 'failure';
  readonly stdout: string;
  readonly stderr: string;
  /** Both together as the log shows them: commands carried out, secrets replaced. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Variables and folders for later steps. */
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  /** `null` when GitHub refuses it, for it is over 1 MiB. */
  readonly summary: string | null;
  /** At most ten of a level, as GitHub shows them. */
  readonly annotations: readonly Annotation[];
  readonly droppedAnnotations: readonly Annotation[];
  readonly masks: readonly string[];
  readonly debug: readonly string[];
  readonly temp: string;
  readonly durationMs: number;
}

const MAX_SUMMARY = 1024 * 1024;

/** Runs a JavaScript action as one step of a job on a hosted runner. */
export async function runAction(request: ActionRequest): Promise<ActionResult> {
  const action: ActionYml = parse(readFileSync(join(request.directory, 'action.yml'), 'utf8'));
  const main = mainOf(action, request.directory);
  const temp = request.temp ?? temporary();
  const step = new StepLog(request.workspace, secretsOf(request));
  const files = prepareFiles(temp, request.event.payload);
  const env = stepEnvironment(action, request, files, temp, step);
  const start = performance.now();
  const child = spawn(node24Path(), [main], {
    cwd: request.workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { exitCode, stdout, stderr } = await finish(child, step, request.timeoutMs ?? 120_000);
  const durationMs = performance.now() - start;
  return { exitCode, stdout, stderr, temp, durationMs, ...conclude(exitCode, step, files) };
}

function secretsOf({ token, runtime }: ActionRequest): string[] {
  const runtimeToken = runtime?.ACTIONS_RUNTIME_TOKEN;
  return runtimeToken === undefined ? [token] : [token, runtimeToken];
}

function mainOf({ runs }: ActionYml, directory: string): string {
  if (runs.using !== 'node24') throw new Error(`this runner has node24 only, not ${runs.using}`);
  if (runs.pre ?? runs.post) throw new Error('this runner knows no pre and no post step yet');
  const main = join(directory, runs.main ?? '');
  if (!statSync(main, { throwIfNoEntry: false })?.isFile())
    throw new Error(`there is no file ${main}`);
  return main;
}

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'runner-temp-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A fresh file for each file command, and one with the event. */
function prepareFiles(temp: string, payload: object): Files {
  const commands = join(temp, '_runner_file_commands');
  mkdirSync(commands, { recursive: true });
  const directory = mkdtempSync(join(commands, 'step-'));
  const paths = FILES.map((name) => [name, join(directory, name.toLowerCase())] as const);
  for (const [, path] of paths) writeFileSync(path, '');
  // Its name matters: actions have been seen to `require` it.
  const event = join(directory, 'event.json');
  writeFileSync(event, JSON.stringify(payload));
  return { ...(Object.fromEntries(paths) as Files), EVENT_PATH: event };
}

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Feeds both streams to the log as they come, for a command on one may stop those on the other. */
function finish(child: ChildProcess, step: StepLog, timeoutMs: number): Promise<Finished> {
  const [stdout, stderr] = [collect(child.stdout, step), collect(child.stderr, step)];
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const exitCode = code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
      const texts = { stdout: stdout(), stderr: stderr() };
      if (!late) resolve({ exitCode, ...texts });
      else
        reject(new Error(`the action took over ${timeoutMs} ms\n${texts.stdout}${texts.stderr}`));
    });
  });
}

/** Splits at LF, CRLF and a lone CR, as .NET reads lines. Returns the way to all that came. */
function collect(stream: ChildProcess['stdout'], step: StepLog): () => string {
  const decoder = new StringDecoder('utf8');
  let all = '';
  let rest = '';
  const take = (text: string) => {
    all += text;
    const lines = (rest + text).split(/\r\n|\n|\r(?!\n|$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) step.read(line);
  };
  stream?.on('data', (chunk: Buffer) => take(decoder.write(chunk)));
  stream?.on('end', () => {
    take(decoder.end());
    if (rest !== '') step.read(rest.replace(/\r$/, ''));
  });
  return () => all;
}

/** What the runner does when the process has ended: it reads the files, and judges. */
function conclude(exitCode: number, step: StepLog, files: Files) {
  const path = readFileSync(files.PATH, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const env = { ...filePairs(step, 'env', files.ENV) };
  if ('NODE_OPTIONS' in env) {
    delete env.NODE_OPTIONS;
    const message = "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.";
    step.annotate({ level: 'error', message });
  }
  const summary = readSummary(step, files.STEP_SUMMARY);
  const state = { ...step.state, ...filePairs(step, 'state', files.STATE) };
  const outputs = { ...step.outputs, ...filePairs(step, 'output', files.OUTPUT) };
  const { annotations, droppedAnnotations, masks, debug } = step;
  const outcome: ActionResult['outcome'] = exitCode === 0 && !step.failed ? 'success' : 'failure';
  const log = step.lines.join('\n');
  return {
    outcome,
    log,
    outputs,
    state,
    env,
    path,
    summary,
    annotations,
    droppedAnnotations,
    masks,
    debug,
  };
}

function filePairs(step: StepLog, name: string, path: string): Pairs['values'] {
  const { values, error } = readPairs(readFileSync(path, 'utf8'));
  if (error !== null) step.fail(`Unable to process file command '${name}' successfully.`, error);
  return values;
}

/** Too big a summary is an error to see, though it does not fail the step. */
function readSummary(step: StepLog, path: string): string | null {
  const { size } = statSync(path);
  if (size <= MAX_SUMMARY) return step.mask(readFileSync(path, 'utf8'));
  const sizes = `supports content up to a size of 1024k, got ${Math.floor(size / 1024)}k`;
  step.annotate({ level: 'error', message: `$GITHUB_STEP_SUMMARY upload aborted, ${sizes}.` });
  return null;
}
