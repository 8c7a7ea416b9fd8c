import { isKeeper, keep } from '../baseline/keep.ts';
import type { BaseRequest } from '../baseline/recall.ts';
import { check } from '../check.ts';
import { loadConfig } from '../config/load.ts';
import { configOfBase } from '../config/of-base.ts';
import { isFailure, type Strictness } from '../core/outcome.ts';
import { verdictSentence } from '../format/sentence.ts';
import { terminalText } from '../format/terminal.ts';
import type { Client } from '../github/client.ts';
import { readRun } from '../github/context.ts';
import { type Inputs, readInputs } from '../github/inputs.ts';
import type { Checked } from '../model/checked.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import type { StepLog } from './step-log.ts';
import { wordsOf } from './step-words.ts';
import { type Told, tellAll } from './tell.ts';

/** The step of a workflow: gives the sentence it fails with, or null when it does not. */
export async function step(host: Host, log: StepLog): Promise<string | null> {
  const { environment } = host;
  const event = await host.read(environment.GITHUB_EVENT_PATH ?? '');
  const run = readRun(environment, new TextDecoder().decode(event ?? undefined));
  const inputs = readInputs(run.event);
  const workspace = environment.GITHUB_WORKSPACE ?? host.resolve('.');
  const cwd = host.resolve(workspace, inputs.workingDirectory);
  const connect = connector(inputs);
  const config = await configOf(inputs, run, cwd, host);
  const base = await baseOf(inputs, cwd, host);
  const output = silenced(log, host);
  const readConfig = (folder: string) => configOfBase(config, folder, host);
  const request = { base, cwd, run, connect, readConfig, onOutput: output.write };
  const checked = await check(config, request, host).finally(output.end);
  const { report, snapshot, isAdoption } = checked;
  const strictness: Strictness = { statuses: inputs.strict, isAdoption };
  const file = host.relative(workspace, host.resolve(cwd, config.file));
  const told: Told = { report, snapshot, strictness, file, inputs, run, connect };
  await tellAll(told, host, log);
  await keepRecord(checked, { config, run, connect }, host, log);
  return isFailure(report, strictness) ? `${verdictSentence(report, terminalText)}.` : null;
}

/** One client for all that asks GitHub, loaded when the first one does. */
function connector({ token }: Inputs): (() => Promise<Client>) | null {
  if (token === '') return null;
  let client: Promise<Client> | null = null;
  return () => {
    client ??= import('../github/client.ts').then(({ connect }) => connect(token));
    return client;
  };
}

/** In privileged events the config may be the fork's: it is read as data, never run as code. */
async function configOf(inputs: Inputs, run: Run, cwd: string, host: Host): Promise<Config> {
  const isCodeAllowed = run.event !== 'pull_request_target';
  const config = await loadConfig(inputs.config, cwd, host, { isCodeAllowed });
  const project = inputs.project ?? config.project;
  const build = inputs.build ?? config.baseline.build;
  return { ...config, project, baseline: { ...config.baseline, build } };
}

async function baseOf({ base }: Inputs, cwd: string, host: Host): Promise<BaseRequest> {
  if (base === null) return { kind: 'auto' };
  if (base === 'none') return { kind: 'none' };
  const isFile = (await host.kind(host.resolve(cwd, base))) === 'file' || base.endsWith('.json');
  return isFile ? { kind: 'file', path: base } : { kind: 'ref', ref: base };
}

/** What a build of base writes is shown, and none of it is taken for a command of the runner. */
function silenced(log: StepLog, host: Host) {
  const token = `weighbridge-${host.random().toString(36).slice(2)}${host.random().toString(36).slice(2)}`;
  let isOpen = false;
  return {
    write: (text: string) => {
      if (!isOpen) log.info(`Building base:\n::stop-commands::${token}`);
      isOpen = true;
      log.info(text.replace(/\n$/, ''));
    },
    end: () => {
      if (isOpen) log.info(`::${token}::`);
    },
  };
}

interface Place {
  readonly config: Config;
  readonly run: Run;
  readonly connect: (() => Promise<Client>) | null;
}

/** Runs of the base branch are what others are compared with, whatever their own verdict is. */
async function keepRecord(
  { report, snapshot }: Checked,
  { config, run, connect }: Place,
  host: Host,
  log: StepLog,
): Promise<void> {
  if (!isKeeper(run, config)) return;
  if (snapshot.commit !== run.sha) {
    const built = snapshot.commit?.slice(0, 7) ?? 'no commit';
    log.warning(
      `No record is kept: ${built} is checked out, and the run is of ${run.sha.slice(0, 7)}.`,
    );
    return;
  }
  const verdict = report.verdict.status;
  try {
    const { store, faults } = await keep({ snapshot, verdict, config, run, connect }, host);
    for (const fault of faults) log.warning(terminalText(fault), { title: 'Weighbridge' });
    if (store !== null) log.info(`This run's record is in the ${terminalText(store)} store.`);
  } catch (error) {
    log.warning(`The record could not be kept: ${wordsOf(error)}. The verdict stands.`);
  }
}
