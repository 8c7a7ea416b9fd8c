import { projectOf } from '../core/project-of.ts';
import type { StoreChoice } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import { NO_BASELINE_YET } from '../model/report.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ownFolder } from '../stores/file.ts';
import type { Store } from '../stores/store.ts';
import { BUILD_BASE } from './absence.ts';
import { type Former, formerProject } from './former-project.ts';
import { shallowCommits } from './git-history.ts';
import type { HistoryContext } from './history.ts';
import { climb, type Ladder } from './ladder.ts';
import { type OpenStore, openStores } from './open-stores.ts';
import type { Recalled, RecallRequest } from './recall.ts';
import { resolveBase } from './resolve.ts';

/** From the stores: the record of the commit that is base, or the next best. */
export async function recallCommit(
  ref: string | null,
  request: RecallRequest,
  config: Config,
  host: Host,
): Promise<Recalled> {
  const { run, connect } = request;
  const checkout = await host.checkout(config.folder);
  const project = projectOf(config, checkout);
  const scene = { host, folder: config.folder, run, connect };
  const { build, stores: said } = config.baseline;
  const isBlank = ref === null && run === null && build === null && said === null;
  // In a clone without any record, which commit is base would be asked for nothing.
  if (isBlank && checkout?.commit && (await host.list(ownFolder(checkout, host))).length === 0) {
    return nothing(await firstWords(config.baseline.branch, scene), true);
  }
  const { branch } = config.baseline;
  const resolved = await resolveBase({ ref, branch, run, folder: config.folder, connect }, host);
  if (resolved.kind === 'absent') {
    return nothing(resolved.why, await hasNoRecord(await openStores(config, scene), project));
  }
  // Records of a branch that was asked for are of that branch's runs.
  const asked = ref === null ? null : resolved.base.branch;
  const stores = await withLocalMemory(await openStores(config, scene, asked), config, scene);
  const prefix = checkout?.prefix ?? '';
  const ladder = { base: resolved.base, project, prefix, stores, scene, config, building: request };
  const recalled = await climb(ladder, host);
  if (recalled.baseline !== null) return recalled;
  const former = await formerProject(ladder, request.readProject);
  if (former === null) return recalled;
  if (former.kind === 'known') return underFormerName(former, ladder, recalled, host);
  return { ...recalled, absence: `${recalled.absence} ${former.why}` };
}

/** What was built anew on somebody's machine is remembered there, wherever records are kept. */
async function withLocalMemory(
  stores: readonly OpenStore[],
  config: Config,
  scene: HistoryContext,
): Promise<readonly OpenStore[]> {
  if (scene.run !== null || stores.some(({ kind }) => kind === 'file')) return stores;
  const own: StoreChoice = { kind: 'file', folder: null };
  const baseline = { ...config.baseline, stores: [own] };
  return [...stores, ...(await openStores({ ...config, baseline }, scene))];
}

/** A project that goes by another name has a baseline all the same: no change can shake it off. */
async function underFormerName(
  former: Former,
  ladder: Ladder,
  recalled: Recalled,
  host: Host,
): Promise<Recalled> {
  const { config } = ladder;
  const { project, prefix, movedFrom } = former;
  const unbuilt = { ...config, baseline: { ...config.baseline, build: null } };
  const found = await climb({ ...ladder, project, prefix, config: unbuilt }, host);
  if (found.baseline === null) return { ...recalled, isAdoption: found.isAdoption };
  const note =
    movedFrom === null
      ? `Base has the records of this project as "${project}".`
      : `Base has the records of this project as "${project}", whose budgets file was ${movedFrom}.`;
  const snapshot = await asSeenFrom(found.baseline.snapshot, former, ladder);
  return { ...found, baseline: { ...found.baseline, snapshot }, notes: [note, ...found.notes] };
}

/** Where the budgets file has moved alone, what it speaks of has other paths from there. */
async function asSeenFrom(
  snapshot: Snapshot,
  { prefix, movedFrom }: Former,
  ladder: Ladder,
): Promise<Snapshot> {
  if (movedFrom === null || prefix === ladder.prefix) return snapshot;
  const { track, budgets } = ladder.config;
  const own = budgets.flatMap(({ selection }) => {
    if (selection.kind === 'assets') return selection.patterns;
    return selection.kind === 'measurements' ? selection.reports : [];
  });
  const before = new Set([
    ...snapshot.tracked.files.flat(),
    ...snapshot.tracked.reports.flatMap(({ reports }) => reports),
  ]);
  const isWhole = [...track, ...own].some((pattern) => before.has(pattern));
  if (isWhole) return snapshot;
  const { rekeyed } = await import('../core/rekeyed.ts');
  return rekeyed(snapshot, prefix, ladder.prefix);
}

const FIRST_LOCAL = `${NO_BASELINE_YET}: make one with \`${BUILD_BASE}\`, which builds base once, or with \`npx weighbridge record\` on a clean, built checkout of base.`;

/** Where history was left out, no build of base would help: that comes first. */
async function firstWords(branch: string | null, scene: HistoryContext): Promise<string> {
  if ((await shallowCommits(scene)).size === 0) return FIRST_LOCAL;
  const { host, folder } = scene;
  const request = { ref: null, branch, run: null, folder, connect: null };
  const resolved = await resolveBase(request, host);
  return resolved.kind === 'found'
    ? FIRST_LOCAL
    : `${resolved.why} Then make a baseline with \`${BUILD_BASE}\`.`;
}

async function hasNoRecord(stores: readonly Store[], project: string): Promise<boolean> {
  for (const store of stores) {
    const commits = await store.commits(project).catch((error: unknown) => {
      if (error instanceof UserError) return null;
      throw error;
    });
    if (commits === null || commits.length > 0) return false;
  }
  return true;
}

function nothing(absence: string, isAdoption: boolean): Recalled {
  return { baseline: null, absence, notes: [], isAdoption };
}
