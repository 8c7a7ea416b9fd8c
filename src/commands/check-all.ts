import type { BaseBuilds } from '../baseline/base-builds.ts';
import { type BaseRequest, recall } from '../baseline/recall.ts';
import { type CheckRequest, check } from '../check.ts';
import { configOfBase } from '../config/of-base.ts';
import { configOfText } from '../config/of-text.ts';
import { projectIn } from '../config/project-in.ts';
import { isGlob } from '../core/select.ts';
import type { Checked } from '../model/checked.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Report } from '../model/report.ts';
import type { SkippedProject, SnapshotSet } from '../model/snapshot.ts';

/** What checking several projects depends on. */
export interface CheckAllRequest extends Omit<CheckRequest, 'readConfig' | 'readProject'> {
  /** What several projects go by together: their comment, their check. One goes by its own name. */
  readonly name: string;
  /** They are told of together although there may be one alone. */
  readonly isSeveral: boolean;
  /** Files and globs, as the user has named them; empty: looked for. */
  readonly named: readonly string[];
}

/** A budgets file, and what came of checking it. */
export interface CheckedPart {
  readonly config: Config;
  readonly checked: Checked;
}

export interface CheckedAll {
  readonly report: Report;
  /** Head's, to keep. */
  readonly set: SnapshotSet;
  /** Nothing that waits for a baseline could have one yet. */
  readonly isAdoption: boolean;
  /** Each project that was measured: a record is one project's. */
  readonly parts: readonly CheckedPart[];
}

/**
 * One check of all projects: one report, the worst status.
 * @param configs at least one, no two of one project
 * @throws UserError `nothing-built`, and what a check of one throws
 */
export async function checkAll(
  configs: readonly Config[],
  { name, isSeveral, named, ...request }: CheckAllRequest,
  host: Host,
): Promise<CheckedAll> {
  const base = configs.length > 1 ? await readOnce(request, host) : request.base;
  const builds = await sharedBuilds(configs, host);
  const own = { ...request, base, builds };
  const { parts, skipped } = await checkEach(configs, own, host).finally(() => builds?.remove());
  const [first] = parts;
  if (first === undefined) throw (await import('../sources/unbuilt.ts')).nothingBuilt(skipped);
  const lost = await lostOf(parts, { ...request, named, configs }, host);
  const reports = [...parts.map(({ checked }) => checked.report), ...lost];
  const isJoined = isSeveral || configs.length > 1 || lost.length > 0;
  const report = isJoined ? await joined(reports, { name, skipped }) : first.checked.report;
  return {
    report,
    set: { snapshots: parts.map(({ checked }) => checked.snapshot), skipped },
    isAdoption: parts.every(({ checked }) => checked.isAdoption || !isWaiting(checked)),
    parts,
  };
}

type OneOfSeveral = Omit<CheckRequest, 'readConfig' | 'readProject'>;

/** One after the other: each takes all processors by itself, and builds of base share git's folder. */
async function checkEach(configs: readonly Config[], request: OneOfSeveral, host: Host) {
  const parts: CheckedPart[] = [];
  const skipped: SkippedProject[] = [];
  for (const config of configs) {
    const readConfig = (folder: string) => configOfBase(config, folder, host);
    const own = { ...request, readConfig, readProject: projectIn };
    const left = await skippedProject(config, own, host);
    if (left !== null) skipped.push(left);
    else {
      const checking = check(config, own, host);
      const checked = await (configs.length === 1
        ? checking
        : checking.catch((error) => raiseOfSeveral(error, config, host)));
      parts.push({ config, checked });
    }
  }
  return { parts, skipped };
}

/** One that is not built keeps all others from being judged, unless its file lets it be left out. */
async function raiseOfSeveral(error: unknown, config: Config, host: Host): Promise<never> {
  if (!(error instanceof UserError) || error.code !== 'nothing-matches') throw error;
  const { skipHint } = await import('../sources/unbuilt.ts');
  const hint = [error.hint, await skipHint(config, host)].filter((part) => part !== null).join(' ');
  throw new UserError(error.code, error.message, { hint, cause: error });
}

/** Only where there may be some to share. */
async function sharedBuilds(
  configs: readonly Config[],
  host: Host,
): Promise<BaseBuilds | undefined> {
  const building = configs.filter(({ baseline }) => baseline.build !== null);
  if (building.length < 2) return undefined;
  const { baseBuilds } = await import('../baseline/base-builds.ts');
  return baseBuilds(building, (config, folder) => configOfBase(config, folder, host), host);
}

/** Projects that base has and the change has removed. */
async function lostOf(
  parts: readonly CheckedPart[],
  request: Omit<CheckAllRequest, 'name' | 'isSeveral'> & { readonly configs: readonly Config[] },
  host: Host,
): Promise<readonly Report[]> {
  // Where no project has a baseline there is nothing to be missed.
  const isCompared = parts.some(({ checked }) => checked.baseProject !== null);
  if (!isCompared || !request.named.some(isGlob)) return [];
  const names = parts.flatMap(({ checked: { snapshot, baseProject } }) => [
    snapshot.project,
    ...(baseProject === null ? [] : [baseProject]),
  ]);
  const readText = (path: string, text: string) => configOfText(path, text, request.cwd, host);
  const { lostProjects } = await import('../baseline/lost-projects.ts');
  return lostProjects({ ...request, projects: new Set(names), readText }, host);
}

/** Loaded only here: most runs are of one project. */
async function joined(
  reports: readonly Report[],
  whole: { readonly name: string; readonly skipped: readonly SkippedProject[] },
): Promise<Report> {
  const { joinReports } = await import('../core/join.ts');
  return joinReports(reports, { ...whole, notes: [] });
}

async function readOnce(
  { base, cwd }: Pick<CheckRequest, 'base' | 'cwd'>,
  host: Host,
): Promise<BaseRequest> {
  if (base.kind !== 'file') return base;
  const { readSnapshotSet } = await import('../baseline/snapshot-file.ts');
  const { snapshots } = await readSnapshotSet(base.path, cwd, host);
  return { ...base, snapshots };
}

/**
 * A project that is not built and says that it need not be; null for one that is to be checked.
 * The rule is base's where base has a record, so that no change can leave its own project out.
 */
async function skippedProject(
  config: Config,
  request: CheckRequest,
  host: Host,
): Promise<SkippedProject | null> {
  // Loaded only here: most projects are built.
  if (config.rules.unbuilt !== 'skip') return null;
  const { unbuiltProject } = await import('../sources/unbuilt.ts');
  const left = await unbuiltProject(config, host);
  if (left === null) return null;
  const settings = { ...config.baseline, build: null };
  const recalled = await recall(request, { ...config, baseline: settings }, host);
  const { baseline, absence, isAdoption } = recalled;
  const isFree = isAdoption || request.base.kind === 'none';
  if (baseline === null ? isFree : baseline.snapshot.rules.unbuilt === 'skip') return left;
  const rule = `\`"unbuilt": "skip"\` of ${config.file} holds once the base branch has it: a change cannot leave its own project out.`;
  throw new UserError('nothing-matches', `${left.why}; build first.`, {
    hint: absence === null ? rule : `${rule} ${absence}`,
  });
}

function isWaiting({ report }: Checked): boolean {
  return report.verdict.findings.some(({ reason }) => reason === 'no-baseline');
}
