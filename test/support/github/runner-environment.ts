import { join } from 'node:path';
import type { RunnerEvent } from './events.ts';
import type { Annotation, StepLog } from './step-log.ts';

export interface ActionRequest {
  /** Folder of action.yml. */
  readonly directory: string;
  readonly event: RunnerEvent;
  /** What actions/checkout has checked out, and the working directory. */
  readonly workspace: string;
  readonly token: string;
  readonly apiUrl: string;
  /** What stands under `with:`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What stands under `env:`; the runner's own variables win. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the steps can write artifacts with: `github.runtime(runId)`. Not given: they cannot. */
  readonly runtime?: Readonly<Record<string, string>>;
  /** Instead of the event's. */
  readonly sha?: string;
  readonly ref?: string;
  readonly runId?: number;
  readonly runNumber?: number;
  readonly runAttempt?: number;
  readonly job?: string;
  readonly workflow?: string;
  readonly actor?: string;
  readonly serverUrl?: string;
  /** RUNNER_TEMP; by default a new folder that goes when the test ends. Must be given outside of a test. */
  readonly temp?: string;
  /** The action is killed, and the call rejected, after this. */
  readonly timeoutMs?: number;
}

export interface ActionYml {
  readonly inputs?: Readonly<Record<string, { readonly default?: unknown } | null>>;
  readonly runs: Readonly<Record<string, string>>;
}

/** The files in which an action leaves something for the runner. */
export const FILES = ['OUTPUT', 'STATE', 'ENV', 'PATH', 'STEP_SUMMARY'] as const;

/** By the variable, without `GITHUB_`, that holds the path. */
export type Files = Readonly<Record<(typeof FILES)[number] | 'EVENT_PATH', string>>;

/** All that the action's process finds in its environment: nothing of the test's but PATH and HOME. */
export function stepEnvironment(
  action: ActionYml,
  request: ActionRequest,
  files: Files,
  temp: string,
  step: StepLog,
): Record<string, string> {
  const context = githubContext(request, files);
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    ...request.env,
    ...inputVariables(action, request, context, step),
    ...context,
    ...runnerContext(temp),
    ...request.runtime,
  };
}

/** No GITHUB_ACTION_PATH: the runner sets that for composite actions only. */
function githubContext(request: ActionRequest, files: Files): Record<string, string> {
  const { event, workspace, apiUrl, runId = 1, runNumber = 1, runAttempt = 1 } = request;
  const { owner, name, id } = event.repository;
  const ref = request.ref ?? event.ref;
  const entries = {
    ACTION: '__weighbridge_weighbridge',
    ACTION_REF: 'v1',
    ACTION_REPOSITORY: 'weighbridge/weighbridge',
    ACTOR: request.actor ?? event.actor,
    API_URL: apiUrl,
    BASE_REF: event.baseRef,
    EVENT_NAME: event.name,
    GRAPHQL_URL: `${apiUrl}/graphql`,
    HEAD_REF: event.headRef,
    JOB: request.job ?? 'budgets',
    REF: ref,
    REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    REPOSITORY: `${owner}/${name}`,
    REPOSITORY_ID: String(id),
    REPOSITORY_OWNER: owner,
    RUN_ATTEMPT: String(runAttempt),
    RUN_ID: String(runId),
    RUN_NUMBER: String(runNumber),
    SERVER_URL: request.serverUrl ?? 'https://github.com',
    SHA: request.sha ?? event.sha,
    TRIGGERING_ACTOR: request.actor ?? event.actor,
    WORKFLOW: request.workflow ?? 'Budgets',
    WORKFLOW_REF: `${owner}/${name}/.github/workflows/budgets.yml@${ref}`,
    WORKSPACE: workspace,
    ...files,
  };
  const variables = Object.entries(entries).map(([key, value]) => [`GITHUB_${key}`, value]);
  return { GITHUB_ACTIONS: 'true', CI: 'true', ...Object.fromEntries(variables) };
}

function runnerContext(temp: string): Record<string, string> {
  return {
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: join(temp, '_tool'),
  };
}

/** An input that action.yml does not know is warned of, and passed on all the same. */
function inputVariables(
  action: ActionYml,
  request: ActionRequest,
  context: Readonly<Record<string, string>>,
  step: StepLog,
): Record<string, string> {
  const given = Object.entries(request.inputs ?? {});
  const known = Object.entries(action.inputs ?? {});
  const isKnown = (name: string) => known.some(([key]) => key.toLowerCase() === name.toLowerCase());
  const unexpected = given.map(([name]) => name).filter((name) => !isKnown(name));
  if (unexpected.length > 0) step.annotate(unexpectedInputs(unexpected, known));
  const variables: Record<string, string> = {};
  for (const [name, input] of known) {
    variables[variable(name)] = defaultOf(input?.default, request.token, context);
  }
  for (const [name, value] of given) variables[variable(name)] = value;
  return variables;
}

function unexpectedInputs(
  names: readonly string[],
  known: readonly (readonly [string, unknown])[],
): Annotation {
  const valid = known.map(([name]) => name).join("', '");
  const message = `Unexpected input(s) '${names.join("', '")}', valid inputs are ['${valid}']`;
  return { level: 'warning', message };
}

function variable(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

/** Of expressions only `${{ github.KEY }}`, which is all that defaults need. */
function defaultOf(
  value: unknown,
  token: string,
  context: Readonly<Record<string, string>>,
): string {
  return String(value ?? '').replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const [, key] = /^\s*github\.(\w+)\s*$/.exec(expression) ?? [];
    const found = key === 'token' ? token : context[`GITHUB_${key?.toUpperCase()}`];
    if (found === undefined) throw new Error(`this runner cannot evaluate \${{${expression}}}`);
    return found;
  });
}
