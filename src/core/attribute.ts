import type { AssetChange, Comparison } from '../model/comparison.ts';
import { type Encoding, encodingOf } from '../model/metric.ts';
import type { ReportCause } from '../model/report.ts';
import { accountOf, packageOnly } from './account.ts';
import { type Builds, type Cause, explainAccount } from './cause-account.ts';
import { type World, worldOf } from './cause-builds.ts';
import type { Subject } from './subject.ts';
import { subjectsOf } from './subjects.ts';

/**
 * The only explanation: why each subject of a budget changed, and each asset by itself, whether or
 * not a budget speaks of it. Modules are told apart by their ids and by when they are loaded,
 * never by the names of files.
 * @param encoding what assets without a budget are explained in: the first of the report's
 */
export function attribute(comparison: Comparison, encoding: Encoding): ReportCause[] {
  const { head, base } = comparison;
  if (base === null) return [];
  const world = worldOf(base.snapshot, head);
  const ofBudgets = head.budgets.flatMap((budget) =>
    subjectsOf(budget, comparison)
      .filter(hasChanged)
      .flatMap((subject) => {
        const causes = explainSubject(subject, budget.metric, world);
        return causes.map((cause) => ({ budget: budget.name, of: subject.subject, ...cause }));
      }),
  );
  const ofAssets = comparison.assets
    .filter((change) => isTold(change, encoding))
    .flatMap((change) => explainAsset(change, encoding, world.ofAssets(undefined)))
    .map((cause) => ({ budget: null, of: null, ...cause }));
  return [...ofBudgets, ...ofAssets];
}

function hasChanged({ actual, base, unit }: Subject): boolean {
  return unit === 'byte' && actual !== null && base.kind === 'known' && actual !== base.value;
}

function explainSubject({ subject, covers }: Subject, metric: string, world: World): Cause[] {
  const account = accountOf(covers, encodingOf(metric) ?? 'raw');
  if (account === null) return [];
  switch (covers.kind) {
    case 'measurement':
      return explainAccount(account, world.ofMeasurement(covers.change), subject);
    case 'package':
      return explainAccount(
        packageOnly(account, covers.name, world.ownerOf),
        world.ofAssets(undefined),
        subject,
      );
    case 'assets':
      return explainAccount(account, world.ofAssets(covers.loads), subject);
    case 'nothing':
      return [];
  }
}

/** Not looked for is neither new nor gone; encoders that differ make no delta. */
function isTold(
  { sizes, isSame, isLookedFor, base, head }: AssetChange,
  encoding: Encoding,
): boolean {
  // Of a thousand files a few have changed.
  if (isSame) return false;
  const { comparable } = sizes[encoding];
  return isLookedFor && comparable && (base === null || head === null || comparable);
}

function explainAsset(change: AssetChange, encoding: Encoding, builds: Builds): Cause[] {
  const parts = [{ change, isInBase: change.base !== null, isInHead: change.head !== null }];
  const account = accountOf({ kind: 'assets', parts }, encoding);
  return account === null ? [] : explainAccount(account, builds, change.subject);
}
