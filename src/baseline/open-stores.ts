import type { StoreChoice } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import type { Run } from '../model/run.ts';
import { openStore } from '../stores/index.ts';
import type { Store } from '../stores/store.ts';
import type { HistoryContext } from './history.ts';

/** A store with the choice that it was opened by. */
export interface OpenStore extends Store {
  readonly kind: StoreChoice['kind'];
}

/**
 * The stores of a budgets file, in its order.
 * @param branch whose runs may have written a record; null: the base branch
 */
export async function openStores(
  config: Config,
  scene: HistoryContext,
  branch: string | null = null,
): Promise<OpenStore[]> {
  const context = { ...scene, branch: branch ?? baseBranchOf(config, scene.run) };
  return Promise.all(
    choicesOf(config, scene.run).map(async (choice) => ({
      ...(await openStore(choice, context)),
      kind: choice.kind,
    })),
  );
}

function choicesOf({ baseline }: Config, run: Run | null): readonly StoreChoice[] {
  if (run !== null) return baseline.stores ?? [{ kind: 'artifact' }];
  const stores = baseline.stores ?? [{ kind: 'file', folder: null }];
  // Artifacts are for runs alone: beside another store it is that one that serves elsewhere.
  const others = stores.filter(({ kind }) => kind !== 'artifact');
  return others.length === 0 ? stores : others;
}

/** The base branch by its short name; null where nothing tells. */
export function baseBranchOf({ baseline }: Config, run: Run | null): string | null {
  const told = run?.pullRequest?.baseBranch ?? run?.mergeGroup?.baseBranch ?? run?.defaultBranch;
  return baseline.branch ?? told ?? null;
}
