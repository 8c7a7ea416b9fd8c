import { loadConfig } from '../config/load.ts';
import { isGlob } from '../core/select.ts';
import { branchHost } from '../github/branch-host.ts';
import type { Client } from '../github/client.ts';
import type { Inputs } from '../github/inputs.ts';
import { DEFAULT_REF } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { PullRequest, Run } from '../model/run.ts';

/** Where a branch's budgets files are looked for. */
export interface ConfigPlace {
  readonly inputs: Inputs;
  readonly run: Run;
  readonly pull: PullRequest;
  /** Absolute; stands for the repository's root. */
  readonly workspace: string;
  /** Absolute; the working directory of the step. */
  readonly cwd: string;
}

/** The budgets file of a project on the base branch. */
export interface TrustedConfig {
  /** Null where there is none that is JSON; `why` then says what is in the way. */
  readonly config: Config | null;
  readonly why: string | null;
  /** Which stores are read: the project's own say, or else that of the step's budgets file. */
  readonly settings: Config;
  /** From the repository's root; empty for the root itself. */
  readonly prefix: string;
}

/**
 * Reads the budgets files of the base branch from GitHub, as JSON: code is not run here, and
 * nothing that the change has brought is read. A file is a project's only where it says so.
 */
export function trustedConfigs(client: Client, place: ConfigPlace, host: Host) {
  const { inputs, run, pull, workspace, cwd } = place;
  const there = branchHost(host, client, run, { root: workspace, branch: pull.baseBranch });
  const prefixOf = (config: Config) => host.relative(workspace, config.folder);
  const nameOf = (config: Config) => config.project ?? (prefixOf(config) || '.');
  const found = (config: Config) => {
    return { config, why: null, settings: config, prefix: prefixOf(config) };
  };
  const lines = inputs.configs;
  const hasGlobs = lines.some(isGlob);
  // As in a check: the input renames the only file, and of several what they go by together.
  const renamed = lines.length < 2 && !hasGlobs ? inputs.project : null;
  return async (project: string): Promise<TrustedConfig> => {
    const loaded = await Promise.all(
      (lines.length === 0 ? [null] : lines).map((line) => loadOrWhy(line, cwd, there)),
    );
    const configs = loaded.flatMap(({ config }) => config ?? []);
    const own = configs.find((config) => (renamed ?? nameOf(config)) === project);
    const trusted = own ?? (await inFolder(project));
    if (trusted !== null) return found(trusted);
    const why = loaded.find(({ config }) => config === null)?.why ?? OTHER;
    return { config: null, why, settings: configs[0] ?? unsaid(cwd), prefix: '' };
  };

  /** A project goes by the folder of its budgets file unless that says otherwise. */
  async function inFolder(project: string): Promise<Config | null> {
    const isFolder = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(project);
    if (!isFolder || (lines.length > 0 && !hasGlobs)) return null;
    const { config } = await loadOrWhy(null, host.resolve(workspace, project), there);
    return config !== null && nameOf(config) === project ? config : null;
  }
}

const OTHER = 'The budgets file of the base branch is of another project.';

type Loaded =
  | { readonly config: Config; readonly why: null }
  | { readonly config: null; readonly why: string };

async function loadOrWhy(named: string | null, folder: string, host: Host): Promise<Loaded> {
  try {
    const config = await loadConfig(named, folder, host, { isCodeAllowed: false });
    return { config, why: null };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'store-unreachable') throw error;
    const isGlobbed = named !== null && isGlob(named) && error.code === 'no-config';
    return { config: null, why: isGlobbed ? unresolved(named) : error.message };
  }
}

function unresolved(glob: string): string {
  return `The glob \`${glob}\` is not resolved where nothing is checked out: budgets are looked for in files that \`config\` names in full, and in the folder that a project is named after.`;
}

/** Without a budgets file that can be read: the stores that need none to be found. */
function unsaid(folder: string): Config {
  return {
    file: 'budgets.json',
    folder,
    project: null,
    track: [],
    encodings: [],
    levels: { gzip: 9, brotli: 11 },
    budgets: [],
    rules: { relaxing: 'fail', waivers: [], acceptLabel: null },
    baseline: {
      branch: null,
      stores: [{ kind: 'artifact' }, { kind: 'git', ref: DEFAULT_REF }],
      build: null,
      buildTimeout: 0,
    },
    ignoreBelow: 0,
    lines: new Map(),
  };
}
