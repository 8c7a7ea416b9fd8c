import { unitWords } from '../format/units.ts';
import { type Amount, type Budget, isPercent } from '../model/budget.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Measurement } from '../model/snapshot.ts';

/**
 * Metrics whose unit and direction only their report knows: the limits are held against them now.
 * @throws UserError `limit-unit`, `limit-range`, `limit-direction`
 */
export function checkOpenLimits(config: Config, measurements: readonly Measurement[]): void {
  for (const budget of config.budgets) {
    const item = measurements.find((one) => isOf(one, budget));
    if (item === undefined) continue;
    for (const amount of amountsOf(budget, config)) checkAmount(budget, amount, item);
    checkDirection(budget, item);
  }
}

function isOf(
  { source, metric, reports }: Measurement,
  { selection, metric: asked }: Budget,
): boolean {
  if (selection.kind !== 'measurements') return false;
  return (
    source === selection.source &&
    metric === asked &&
    JSON.stringify(reports) === JSON.stringify(selection.reports)
  );
}

function amountsOf(budget: Budget, { rules }: Config): Amount[] {
  const { max, min, maxIncrease = [], maxDecrease = [] } = budget.limits;
  const waivers = rules.waivers.filter(({ budget: name }) => name === budget.name);
  const relative = [...maxIncrease, ...maxDecrease];
  return [max, min, budget.ignoreBelow, ...waivers.map(({ upTo }) => upTo)]
    .concat(relative.filter((limit) => !isPercent(limit)) as Amount[])
    .filter((amount) => amount !== undefined && amount !== null);
}

function checkAmount({ name }: Budget, amount: Amount, item: Measurement): void {
  const { unit, text, value } = amount;
  const { metric, reports, scale } = item;
  const isShare = unit === 'ratio' && item.unit === 'score';
  if (unit !== null && unit !== item.unit && !isShare) {
    const words = `"${text}" is ${unitWords(unit)}, but ${metric} is ${unitWords(item.unit)}`;
    throw new UserError('limit-unit', `Budget "${name}": ${words}.`, {
      hint: `Write the limit in the unit of ${reports.join(', ')}.`,
    });
  }
  const isPart = item.unit === 'ratio' || item.unit === 'score';
  if (isPart && value * (unit === null ? scale : 1) > 1) {
    throw new UserError(
      'limit-range',
      `Budget "${name}": ${text} is outside 0 to 1, which ${unitWords(item.unit)} is measured in.`,
      {
        hint: value <= 100 ? `Write ${value / 100}.` : 'Write at most 1.',
      },
    );
  }
}

function checkDirection({ name, limits }: Budget, item: Measurement): void {
  const isHigher = item.better === 'higher';
  if ((isHigher ? limits.maxIncrease : limits.maxDecrease) === undefined) return;
  const [wrong, right] = isHigher ? ['maxIncrease', 'maxDecrease'] : ['maxDecrease', 'maxIncrease'];
  throw new UserError(
    'limit-direction',
    `Budget "${name}": ${wrong}, but ${item.better} is better for ${item.metric}.`,
    { hint: `Use ${right}.` },
  );
}
