import { visible } from '../format/visible.ts';
import { measure, resolveConfig } from '../measure.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Checkout, Host } from '../model/host.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { BaseBuild, BaseBuilds, ReadConfig } from './base-builds.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { keepEnd, lastLines } from './last-lines.ts';
import { addWorktree, type Worktree } from './worktree.ts';

export interface RebuildRequest {
  /** The base commit, in full. */
  readonly commit: string;
  /** The build, as it is written in the budgets file. */
  readonly command: string;
  /** Milliseconds that the build may take. */
  readonly timeout: number;
  /** Head's: its budgets are what is measured. */
  readonly config: Config;
  /**
   * Reads base's own budgets file in a folder of it; null where it has none that can be read. Its
   * limits and rules are base's: measured by head's, a loosened limit would be base's own.
   */
  readonly readConfig: ReadConfig;
  /** Called with the build's output as it comes, raw. */
  readonly onOutput: (text: string) => void;
  /** Builds that several projects share; who has none builds for itself. */
  readonly builds?: BaseBuilds | undefined;
}

/**
 * Builds base in a worktree of its own, with its own lockfile, and measures it as head is
 * measured. Head's checkout stays as it is, and nothing stays behind.
 * @throws UserError `rebuild-failed`; `rebuild-refused` in an event that has the repository's rights
 */
export async function rebuild(request: RebuildRequest, host: Host): Promise<Snapshot> {
  refusePrivileged(host);
  const { config, commit, command, builds } = request;
  const checkout = await host.checkout(config.folder);
  if (checkout === null) {
    throw new UserError('rebuild-failed', 'Base cannot be rebuilt outside a git checkout.');
  }
  const make = () => buildBase(request, checkout, host);
  if (builds !== undefined) {
    const key = JSON.stringify([checkout.root, checkout.prefix, commit, command]);
    return measureBase(request, checkout, await builds.get(key, make), host);
  }
  const built = await make();
  try {
    return await measureBase(request, checkout, built, host);
  } finally {
    await built.remove();
  }
}

/** Nothing stays behind where that fails. */
async function buildBase(
  request: RebuildRequest,
  checkout: Checkout,
  host: Host,
): Promise<BaseBuild> {
  const { config, builds, readConfig, onOutput } = request;
  const worktree = await addWorktree(request.commit, checkout.root, host);
  const remove = async () => {
    const failure = await worktree.remove();
    if (failure !== null) onOutput(`The worktree of base stays behind: ${failure}\n`);
  };
  try {
    const folder = await baseFolder(request, { checkout, worktree }, host);
    const readers = builds?.readersIn(config.folder) ?? [[config.file, readConfig] as const];
    // Before the build: its command may be the change's own, and could write another one.
    const own = new Map<string, Config | null>();
    for (const [file, read] of readers) own.set(file, await read(folder));
    await build(request, { folder, worktree }, host);
    return { folder, own, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Events in which a change from a fork runs with the rights of the repository, or may do so. */
const PRIVILEGED = ['pull_request_target', 'workflow_run', 'workflow_call'];

/** The command may come from the change itself: with those rights it is never started. */
function refusePrivileged({ environment }: Host): void {
  const event = environment.GITHUB_EVENT_NAME ?? '';
  if (!PRIVILEGED.includes(event)) return;
  throw new UserError('rebuild-refused', `Nothing is built in the event ${event}.`, {
    hint: 'Rebuild base in `pull_request`, where the code of a fork has no rights.',
  });
}

/** Where the budgets file's folder is in base. */
async function baseFolder(
  request: RebuildRequest,
  { checkout, worktree }: { readonly checkout: Checkout; readonly worktree: Worktree },
  host: Host,
): Promise<string> {
  const folder = host.resolve(worktree.folder, checkout.prefix);
  if ((await host.kind(folder)) === 'folder') return folder;
  const what = `${nameOf(request)} has no folder ${checkout.prefix}`;
  throw new UserError('rebuild-failed', `${what}: there is nothing to build.`, {
    hint: 'Limits on changes start with the first commit of the base branch that has it.',
  });
}

/** Characters of the output that are held: more than the lines that are shown. */
const KEPT = 200_000;
const SHOWN_LINES = 40;

async function build(
  request: RebuildRequest,
  { folder, worktree }: { readonly folder: string; readonly worktree: Worktree },
  host: Host,
): Promise<void> {
  const { variables, withheld } = cleanEnvironment(host.environment);
  const isRunner = host.environment.GITHUB_WORKSPACE !== undefined;
  const output = keepEnd(KEPT);
  const { command, timeout } = request;
  const code = await host.command({
    command,
    folder,
    // Head's would lead a script that goes by it to head's files.
    environment: isRunner ? { ...variables, GITHUB_WORKSPACE: worktree.folder } : variables,
    timeout,
    onOutput: (text) => {
      output.add(text);
      request.onOutput(text);
    },
  });
  if (code === 0) return;
  const end = code === null ? `took longer than ${duration(timeout)}` : `ended with code ${code}`;
  const lines = lastLines(output.text(), SHOWN_LINES).map((line) => `  ${line}`);
  const what = `${nameOf(request)} could not be built: \`${visible(command)}\` ${end}`;
  const said = lines.length === 0 ? ' and wrote nothing.' : `:\n${lines.join('\n')}`;
  throw new UserError('rebuild-failed', what + said, { hint: buildHint(code, withheld) });
}

function buildHint(code: number | null, withheld: readonly string[]): string {
  const advice =
    code === null
      ? 'Give it more time with `buildTimeout` of `baseline`.'
      : 'The command has to work in a fresh clone of that commit: no ignored file is there.';
  if (withheld.length === 0) return advice;
  const names = withheld.slice(0, 5).join(', ') + (withheld.length > 5 ? ', …' : '');
  return `${advice} It gets no secrets; withheld were ${names}.`;
}

/** Measured as head's, from where base is; said of base, never "build first" of head. */
async function measureBase(
  request: RebuildRequest,
  { prefix }: Checkout,
  { folder, own: before }: BaseBuild,
  host: Host,
): Promise<Snapshot> {
  const { config, readConfig } = request;
  const project = config.project ?? (prefix || '.');
  // A config that is code may need what the build has installed.
  const own = before.get(config.file) ?? (await readConfig(folder));
  try {
    const there = { ...config, folder, project };
    const { snapshot } = await measure(there, host, null, { isBase: true });
    const { budgets, rules } = own === null ? NO_RULES : await resolveConfig(own, host);
    return { ...snapshot, commit: request.commit, budgets, rules };
  } catch (error) {
    throw error instanceof UserError ? unmeasured(request, error) : error;
  }
}

/** Of a base that had no budgets file yet: every limit of head's is new. */
const NO_RULES: Pick<Config, 'budgets' | 'rules'> = {
  budgets: [],
  rules: { relaxing: 'warn', waivers: [] },
};

function unmeasured(request: RebuildRequest, cause: UserError): UserError {
  const built = `${nameOf(request)} was built with \`${visible(request.command)}\``;
  const isEmpty = cause.code === 'nothing-matches';
  const what = isEmpty
    ? `no file of it matches the budgets of ${request.config.file}.`
    : `cannot be measured: ${cause.message}`;
  return new UserError('rebuild-failed', `${built}, but ${what}`, {
    hint: isEmpty
      ? 'The build of base may write to another folder than that of head, or need another command.'
      : cause.hint,
    cause,
  });
}

function nameOf({ commit }: RebuildRequest): string {
  return `Base ${commit.slice(0, 8)}`;
}

function duration(milliseconds: number): string {
  const [unit, factor] = milliseconds < 60_000 ? ['s', 1_000] : ['min', 60_000];
  return `${Number((milliseconds / factor).toFixed(1))} ${unit}`;
}
