import { keep } from '../baseline/keep.ts';
import { isKeeper } from '../baseline/keeper.ts';
import { loadConfigs } from '../config/load.ts';
import { isFailure, type Strictness } from '../core/outcome.ts';
import { verdictSentence } from '../format/sentence.ts';
import { terminalText } from '../format/terminal.ts';
import type { Client } from '../github/client.ts';
import { readRun } from '../github/context.ts';
import { type Inputs, readInputs } from '../github/inputs.ts';
import type { BaselineSettings } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import type { Host } from '../model/host.ts';
import type { Run } from '../model/run.ts';
import { type CheckedPart, checkAll } from './check-all.ts';
import { isSeveral } from './is-several.ts';
import { isPrivileged, withoutPackages } from './privileged.ts';
import { baseOf } from './step-base.ts';
import { connector } from './step-connect.ts';
import type { StepLog } from './step-log.ts';
import { isForDelivery, uploadHeads } from './step-upload.ts';
import { wordsOf } from './step-words.ts';
import { type Told, tellAll } from './tell.ts';

/** The step of a workflow: gives the sentence it fails with, or null when it does not. */
export async function step(machine: Host, log: StepLog): Promise<string | null> {
  const { environment } = machine;
  const event = await machine.read(environment.GITHUB_EVENT_PATH ?? '');
  const run = readRun(environment, new TextDecoder().decode(event ?? undefined));
  const inputs = readInputs(run.event);
  const host = isPrivileged(run) ? withoutPackages(machine) : machine;
  const workspace = environment.GITHUB_WORKSPACE ?? host.resolve('.');
  const cwd = host.resolve(workspace, inputs.workingDirectory);
  const connect = connector(inputs);
  if (inputs.mode === 'deliver') {
    // Loaded only here: a check has no use for it.
    const { stepDeliver } = await import('./step-deliver.ts');
    return stepDeliver({ inputs, run, workspace, cwd, connect }, host, log);
  }
  const configs = await configsOf(inputs, run, cwd, host);
  const base = await baseOf(inputs, cwd, host);
  const output = silenced(log, host);
  const name = inputs.project ?? '.';
  const told = { name, isSeveral: isSeveral(inputs.configs), named: inputs.configs };
  const request = { ...told, base, cwd, run, connect, onOutput: output.write };
  const { report, set, isAdoption, parts } = await checkAll(configs, request, host).finally(
    output.end,
  );
  const strictness: Strictness = { statuses: inputs.strict, isAdoption };
  const pathOf = (file: string) => host.relative(workspace, host.resolve(cwd, file));
  const whole: Told = { report, set, strictness, pathOf, inputs, run, connect };
  const isRefused = await tellAll(whole, host, log);
  if (isForDelivery(run, isRefused)) await uploadHeads(set, run, host, log);
  for (const part of parts) await keepRecord(part, { run, connect }, host, log);
  return isFailure(report, strictness) ? `${verdictSentence(report, terminalText)}.` : null;
}

/** In privileged events a config is read as data: it is never run, and names nothing to run. */
async function configsOf(
  inputs: Inputs,
  run: Run,
  cwd: string,
  host: Host,
): Promise<readonly Config[]> {
  const isCodeAllowed = !isPrivileged(run);
  const configs = await loadConfigs(inputs.configs, cwd, host, { isCodeAllowed });
  // Of several, the input names what they go by together: each keeps its own.
  const named = isSeveral(inputs.configs) ? null : inputs.project;
  return configs.map((config) => {
    const project = named ?? config.project;
    if (!isCodeAllowed) return { ...config, project, baseline: UNSAID };
    return {
      ...config,
      project,
      baseline: { ...config.baseline, build: inputs.build ?? config.baseline.build },
    };
  });
}

/** What a stranger's budgets file says of the baseline is not obeyed where the token may write. */
const UNSAID: BaselineSettings = { branch: null, stores: null, build: null, buildTimeout: 0 };

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
  readonly run: Run;
  readonly connect: (() => Promise<Client>) | null;
}

/** Runs of the base branch are what others are compared with, whatever their own verdict is. */
async function keepRecord(
  { config, checked: { report, snapshot } }: CheckedPart,
  { run, connect }: Place,
  host: Host,
  log: StepLog,
): Promise<void> {
  if (!isKeeper(run, config)) return;
  // Without a checkout the files come from another job, which had the run's commit.
  const commit = snapshot.commit ?? run.sha;
  if (commit !== run.sha) {
    log.warning(
      `No record is kept: ${commit.slice(0, 7)} is checked out, and the run is of ${run.sha.slice(0, 7)}.`,
    );
    return;
  }
  const verdict = report.verdict.status;
  try {
    const request = { snapshot: { ...snapshot, commit }, verdict, config, run, connect };
    const { store, faults } = await keep(request, host);
    for (const fault of faults) log.warning(terminalText(fault), { title: 'Weighbridge' });
    if (store !== null) log.info(`This run's record is in the ${terminalText(store)} store.`);
  } catch (error) {
    log.warning(`The record could not be kept: ${wordsOf(error)}. The verdict stands.`);
  }
}
