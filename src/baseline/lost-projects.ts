import { assemble } from '../core/assemble.ts';
import { compare } from '../core/compare.ts';
import { judge } from '../core/judge.ts';
import { isGlob, matcherOf } from '../core/select.ts';
import { resolveConfig } from '../measure.ts';
import type { Baseline } from '../model/comparison.ts';
import type { Config } from '../model/config.ts';
import { CONFIG_NAMES } from '../model/config-names.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import { SNAPSHOT_VERSION, type Snapshot } from '../model/snapshot.ts';
import type { BaseCommit } from './base-commit.ts';
import { type BaseFiles, baseFiles } from './base-files.ts';
import { climb, type Ladder } from './ladder.ts';
import { openStores } from './open-stores.ts';
import type { FileRequest, RecallRequest } from './recall.ts';
import { resolveBase } from './resolve.ts';
import { byHand, readSnapshotSet } from './snapshot-file.ts';

export interface LostRequest extends Pick<RecallRequest, 'cwd' | 'run' | 'connect'> {
  readonly base: RecallRequest['base'];
  /** Files and globs, as the user has named them. */
  readonly named: readonly string[];
  /** Head's budgets files; at least one. */
  readonly configs: readonly Config[];
  /** Projects that head has, and what they are called in base. */
  readonly projects: ReadonlySet<string>;
  /** Reads the text of a budgets file that is not there; null for one that cannot be read as data. */
  readonly readText: (path: string, text: string) => Promise<Config | null>;
}

/**
 * A report on each project whose budgets file base has and head has lost, where a glob leads to it:
 * all its limits are gone, which is a loosening like any other, judged by base's own rule.
 */
export async function lostProjects(request: LostRequest, host: Host): Promise<readonly Report[]> {
  const globs = request.named.filter(isGlob);
  if (globs.length === 0 || request.base.kind === 'none') return [];
  const lost =
    request.base.kind === 'file'
      ? await lostFromFile(request.base, globs, request, host)
      : await lostFromCommit(globs, request, host);
  const today = host.now().toISOString().slice(0, 10);
  const commit = (await host.checkout(request.cwd))?.commit ?? null;
  return lost.map((one) => reportOn(one, commit, today));
}

interface Lost {
  readonly file: string;
  readonly baseline: Baseline;
}

/** Nothing is measured any more: all that base limits is limited no longer. */
function reportOn({ file, baseline }: Lost, commit: string | null, today: string): Report {
  const { snapshot: base } = baseline;
  const unknown = { packages: undefined, pages: undefined, kept: undefined };
  const nothing = { budgets: [], assets: [], measurements: [], ...unknown };
  const tracked = { ...base.tracked, files: [], reports: [] };
  const comparison = compare({ ...base, ...nothing, tracked, commit }, baseline);
  const verdict = judge(comparison, { today, isPushToBase: false, labels: [] });
  const notes = [`Base has ${file}, which is gone: nothing limits this project any more.`];
  const report = assemble({ comparison, verdict, config: null, noBaseline: null, notes });
  return { ...report, meta: { ...report.meta, isGone: true } };
}

async function lostFromCommit(
  globs: readonly string[],
  request: LostRequest,
  host: Host,
): Promise<Lost[]> {
  const { base: asked, cwd, run, connect, configs } = request;
  const root = (await host.checkout(cwd))?.root;
  if (root === undefined) return [];
  const ref = asked.kind === 'ref' ? asked.ref : null;
  const branch = configs[0]?.baseline.branch ?? null;
  const resolved = await resolveBase({ ref, branch, run, folder: cwd, connect }, host);
  if (resolved.kind === 'absent') return [];
  const { base } = resolved;
  const files = baseFiles(base.commit, { host, folder: cwd, run, connect });
  const lost: Lost[] = [];
  for (const path of await gonePaths(globs, files, root, request, host)) {
    const one = await lostAt(path, { base, files, root }, request, host);
    if (one !== null) lost.push(one);
  }
  return lost;
}

/** From the root: what the globs find in base, and is no budgets file of head's. */
async function gonePaths(
  globs: readonly string[],
  files: BaseFiles,
  root: string,
  { cwd, configs }: LostRequest,
  host: Host,
): Promise<string[]> {
  const matches = matcherOf([...globs, '!**/node_modules/**'], () => false);
  const here = new Set(configs.map(({ file }) => host.resolve(cwd, file)));
  const paths = (await files.paths()) ?? [];
  return paths.filter((path) => {
    const at = host.resolve(root, path);
    return !here.has(at) && matches(host.relative(cwd, at));
  });
}

interface Place {
  readonly base: BaseCommit;
  readonly files: BaseFiles;
  readonly root: string;
}

/** Null where it was no budgets file, or where its project goes on under another one. */
async function lostAt(
  path: string,
  { base, files, root }: Place,
  request: LostRequest,
  host: Host,
): Promise<Lost | null> {
  const { configs, projects, readText } = request;
  const text = await files.text(path);
  const written = text === null ? null : await readText(host.resolve(root, path), text);
  // Code is not run for this: of it only the place is known, and the record.
  const config = written ?? (CODE.test(path) ? { ...first(configs), ...UNKNOWN } : null);
  if (config === null) return null;
  const prefix = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const project = config.project ?? (prefix || '.');
  if (projects.has(project)) return null;
  const file = host.relative(request.cwd, host.resolve(root, path));
  const kept = await recordOf({ project, prefix, config, base }, request, host);
  return { file, baseline: kept ?? (await fromFile(config, project, base, host)) };
}

const CODE = /\.[cm]?[jt]s$/;
const UNKNOWN = { project: null, budgets: [] };

function first([config]: readonly Config[]): Config {
  if (config === undefined) throw new Error('there is no budgets file');
  return config;
}

/** What the stores have of a project that head has not, by the settings that it had. */
async function recordOf(
  { config, ...place }: Pick<Ladder, 'project' | 'prefix' | 'config' | 'base'>,
  { cwd, run, connect }: LostRequest,
  host: Host,
): Promise<Baseline | null> {
  const scene = { host, folder: cwd, run, connect };
  const unbuilt = { ...config, folder: cwd, baseline: { ...config.baseline, build: null } };
  const stores = await openStores(unbuilt, scene);
  const building = { readConfig: async () => null, onOutput: () => {} };
  return (await climb({ ...place, stores, scene, config: unbuilt, building }, host)).baseline;
}

/** Without a record, base's own budgets file says what it limited. */
async function fromFile(
  config: Config,
  project: string,
  { commit, how }: BaseCommit,
  host: Host,
): Promise<Baseline> {
  const { budgets, rules, encodings, levels } = await resolveConfig(config, host);
  const snapshot: Snapshot = {
    schemaVersion: SNAPSHOT_VERSION,
    commit,
    project,
    takenAt: host.now().toISOString(),
    encoders: { levels, probe: {}, versions: {} },
    tracked: { files: [], encodings, reports: [] },
    budgets,
    rules,
    assets: [],
    measurements: [],
  };
  return {
    snapshot,
    provenance: 'exact',
    how,
    distance: 0,
    isUntouched: false,
    store: config.file,
  };
}

/** A snapshot does not say which file it is of: by default a project is called after its folder. */
async function lostFromFile(
  { path }: FileRequest,
  globs: readonly string[],
  { cwd, projects }: LostRequest,
  host: Host,
): Promise<Lost[]> {
  const { snapshots } = await readSnapshotSet(path, cwd, host);
  // One alone in its file is meant, whatever its project is called.
  if (snapshots.length === 1) return [];
  const matches = matcherOf(globs, () => false);
  return snapshots.flatMap((snapshot) => {
    const file = CONFIG_NAMES.map((name) => `${snapshot.project}/${name}`).find(matches);
    if (file === undefined || projects.has(snapshot.project)) return [];
    return [{ file, baseline: byHand(snapshot, path) }];
  });
}
