import { loadConfig } from '../config/load.ts';
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
 * nothing that the change has brought is read.
 */
export function trustedConfigs(client: Client, place: ConfigPlace, host: Host) {
  const { inputs, run, pull, workspace, cwd } = place;
  const there = branchHost(host, client, run, { root: workspace, branch: pull.baseBranch });
  const prefixOf = (config: Config) => host.relative(workspace, config.folder);
  const nameOf = (config: Config) => config.project ?? (prefixOf(config) || '.');
  const found = (config: Config) => {
    return { config, why: null, settings: config, prefix: prefixOf(config) };
  };
  return async (project: string): Promise<TrustedConfig> => {
    const first = await loadOrWhy(inputs.configs[0] ?? null, cwd, there);
    // The input `project` renames the step's own budgets file, and leaves no other to look for.
    const isFirst = (config: Config) => inputs.project !== null || nameOf(config) === project;
    if (first.config !== null && isFirst(first.config)) return found(first.config);
    const other = await inFolder(project);
    if (other !== null && nameOf(other) === project) return found(other);
    const settings = first.config ?? unsaid(cwd);
    return { config: null, why: first.why ?? OTHER, settings, prefix: '' };
  };

  /** A project goes by the folder of its budgets file unless that says otherwise. */
  async function inFolder(project: string): Promise<Config | null> {
    const isFolder = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(project);
    if (inputs.configs.length > 0 || !isFolder) return null;
    return (await loadOrWhy(null, host.resolve(workspace, project), there)).config;
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
    return { config: null, why: error.message };
  }
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
