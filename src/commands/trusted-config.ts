import { type ConfigFile, findConfigs } from '../config/find.ts';
import { loadConfig } from '../config/load.ts';
import { isGlob } from '../core/select.ts';
import type { BranchHost } from '../github/branch-host.ts';
import { DEFAULT_REF } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { isSeveral } from './is-several.ts';
import { withGlobs } from './with-globs.ts';

/** Where a branch's budgets files are looked for. */
export interface ConfigPlace {
  /** Files and globs, as the input `config` names them; empty: looked for in `cwd`. */
  readonly configs: readonly string[];
  /** The input `project`. */
  readonly project: string | null;
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

/** The budgets files of a branch. */
export interface TrustedConfigs {
  of(project: string): Promise<TrustedConfig>;
  /** Those that several are named by, each with its project; none where one alone is meant. */
  named(): Promise<ReadonlyMap<string, Config>>;
}

/** Budgets files that are read: each costs a request. */
const MOST_CONFIGS = 50;

/**
 * Reads the budgets files of the base branch from GitHub, as JSON: code is not run here, and
 * nothing that the change has brought is read. A file is a project's only where it says so.
 */
export function trustedConfigs(branch: BranchHost, place: ConfigPlace): TrustedConfigs {
  const { configs: lines, workspace, cwd } = place;
  const there = withGlobs(branch, workspace);
  const prefixOf = ({ folder }: Pick<Config, 'folder'>) => there.relative(workspace, folder);
  const nameOf = (config: Config) => config.project ?? (prefixOf(config) || '.');
  // As in a check: the input renames the only file, and of several what they go by together.
  const renamed = isSeveral(lines) ? null : place.project;
  const found = once(() => findAll(lines, cwd, there));
  const loaded = new Map<string, Promise<Loaded>>();
  const load = (file: ConfigFile) => {
    const known = loaded.get(file.path) ?? loadOrWhy(file.shown, cwd, there);
    loaded.set(file.path, known);
    return known;
  };
  return {
    async of(project) {
      const { files, whys } = await found();
      // The file of a folder is most likely that of the project named so.
      const isLikely = (file: ConfigFile) => prefixOf(file) === project;
      const inOrder = files.toSorted((left, right) => +isLikely(right) - +isLikely(left));
      const isOwn = (config: Config) => (renamed ?? nameOf(config)) === project;
      const { own, others, faults } = await search(inOrder, load, isOwn);
      const config = own ?? (await inFolder(project));
      if (config !== null) return { config, why: null, settings: config, prefix: prefixOf(config) };
      const why = [...whys, ...faults][0] ?? OTHER;
      return { config: null, why, settings: others[0] ?? unsaid(cwd), prefix: '' };
    },
    async named() {
      if (!isSeveral(lines)) return new Map();
      const { files } = await found();
      const read = await Promise.all(files.map(load));
      return new Map(read.flatMap(({ config }) => (config ? [[nameOf(config), config]] : [])));
    },
  };

  /** A project goes by the folder of its budgets file unless that says otherwise. */
  async function inFolder(project: string): Promise<Config | null> {
    const isFolder = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(project);
    const isOpen = lines.length === 0 || (lines.some(isGlob) && (await branch.files()) === null);
    if (!isFolder || !isOpen) return null;
    const { config } = await loadOrWhy(null, there.resolve(workspace, project), there);
    return config !== null && nameOf(config) === project ? config : null;
  }
}

function once<Value>(task: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | null = null;
  return () => {
    value ??= task();
    return value;
  };
}

const OTHER = 'The budgets file of the base branch is of another project.';

interface Search {
  readonly own: Config | null;
  readonly others: readonly Config[];
  readonly faults: readonly string[];
}

/** File by file, since each costs a request. */
async function search(
  files: readonly ConfigFile[],
  load: (file: ConfigFile) => Promise<Loaded>,
  isOwn: (config: Config) => boolean,
): Promise<Search> {
  const others: Config[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const { config, why } = await load(file);
    if (config === null) faults.push(why);
    else if (isOwn(config)) return { own: config, others, faults };
    else others.push(config);
  }
  return { own: null, others, faults };
}

interface Found {
  readonly files: readonly ConfigFile[];
  /** What was in the way of finding more. */
  readonly whys: readonly string[];
}

/** What each line leads to: one that leads nowhere does not spoil the others. */
async function findAll(lines: readonly string[], cwd: string, host: Host): Promise<Found> {
  const all: Found[] = [];
  for (const line of lines.length === 0 ? [[]] : lines.map((one) => [one])) {
    all.push(
      await findConfigs(line, cwd, host).then(
        (some): Found => ({ files: some, whys: [] }),
        (error): Found => ({ files: [], whys: [wordsOf(error)] }),
      ),
    );
  }
  const byPath = new Map(all.flatMap(({ files }) => files.map((file) => [file.path, file])));
  const whys = all.flatMap((one) => one.whys);
  if (byPath.size > MOST_CONFIGS) {
    whys.push(`\`config\` leads to ${byPath.size} files: only ${MOST_CONFIGS} of them are read.`);
  }
  return { files: [...byPath.values()].slice(0, MOST_CONFIGS), whys };
}

/** A mistake in a file is the file's; that GitHub cannot be asked is the run's. */
function wordsOf(error: unknown): string {
  if (!(error instanceof UserError) || error.code === 'store-unreachable') throw error;
  return error.message;
}

type Loaded =
  | { readonly config: Config; readonly why: null }
  | { readonly config: null; readonly why: string };

async function loadOrWhy(named: string | null, folder: string, host: Host): Promise<Loaded> {
  try {
    const config = await loadConfig(named, folder, host, { isCodeAllowed: false });
    return { config, why: null };
  } catch (error) {
    return { config: null, why: wordsOf(error) };
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
