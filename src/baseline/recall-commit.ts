import { projectOf } from '../core/project-of.ts';
import type { StoreChoice } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Store } from '../stores/store.ts';
import { BUILD_BASE } from './absence.ts';
import { formerProject } from './former-project.ts';
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
  const hasCommit = checkout !== null && checkout.commit !== null;
  // In a clone without a record, which commit is base would be asked for nothing.
  if (isBlank && hasCommit && (await hasNoRecord(await openStores(config, scene), project))) {
    return nothing(FIRST_LOCAL, true);
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
  return former === null ? recalled : underFormerName(former, ladder, recalled, host);
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
  former: string,
  ladder: Ladder,
  recalled: Recalled,
  host: Host,
): Promise<Recalled> {
  const { config } = ladder;
  const unbuilt = { ...config, baseline: { ...config.baseline, build: null } };
  const found = await climb({ ...ladder, project: former, config: unbuilt }, host);
  if (found.baseline === null) return { ...recalled, isAdoption: found.isAdoption };
  return {
    ...found,
    notes: [`Base has the records of this project as "${former}".`, ...found.notes],
  };
}

const FIRST_LOCAL = `No baseline yet: make one with \`${BUILD_BASE}\`, which builds base once, or with \`npx weighbridge record\` on a clean, built checkout of base.`;

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
