import type { StoreChoice } from '../model/baseline.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Run } from '../model/run.ts';
import { openStore } from '../stores/index.ts';
import type { Store } from '../stores/store.ts';
import { baseBranchOf } from './base-branch.ts';
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
    choicesOf(config, scene.run).map(async (choice) => {
      const isForged = await isPartOfChange(choice, scene);
      const store = isForged ? DISTRUSTED : await openStore(choice, context);
      return { ...store, kind: choice.kind };
    }),
  );
}

/** A folder of records that the checkout of a pull request brings along may be of its own making. */
async function isPartOfChange(choice: StoreChoice, scene: HistoryContext): Promise<boolean> {
  const { host, folder, run } = scene;
  if (run === null || run.pullRequest === null) return false;
  if (choice.kind !== 'file' || choice.folder === null) return false;
  const listed = await host
    .git(['ls-files', '--', host.resolve(folder, choice.folder)], { folder })
    .catch(() => null);
  return listed !== null && listed.stdout.length > 0;
}

async function distrust(): Promise<never> {
  throw new UserError('store-unreachable', 'Its folder is part of what is checked out.', {
    hint: 'A change could write its own baseline there: keep records in `artifact` or `git`, or restore the folder from a cache.',
  });
}

const DISTRUSTED: Store = { name: 'file', load: distrust, commits: distrust, save: distrust };

function choicesOf({ baseline }: Config, run: Run | null): readonly StoreChoice[] {
  if (run !== null) return baseline.stores ?? [{ kind: 'artifact' }];
  const stores = baseline.stores ?? [{ kind: 'file', folder: null }];
  // Artifacts are for runs alone: beside another store it is that one that serves elsewhere.
  const others = stores.filter(({ kind }) => kind !== 'artifact');
  return others.length === 0 ? stores : others;
}
