import { projectOf } from '../core/project-of.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Store } from '../stores/store.ts';
import { climb } from './ladder.ts';
import { openStores } from './open-stores.ts';
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
  const isBlank = ref === null && run === null && config.baseline.build === null;
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
  const stores = await openStores(config, scene, asked);
  const prefix = checkout?.prefix ?? '';
  const ladder = { base: resolved.base, project, prefix, stores, scene, config, building: request };
  return climb(ladder, host);
}

const FIRST_LOCAL =
  'No baseline yet: make one with `weighbridge check --build "npm run build"`, which builds base once, or with `weighbridge record` on a clean checkout of it.';

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
