import { UserError } from '../model/errors.ts';
import { checkHere } from './check-here.ts';
import type { Command } from './command.ts';
import {
  BASE,
  BUILD,
  COMMON,
  CONFIG,
  type OptionTable,
  optionOf,
  type Parsed,
  parseOptions,
  valuesOf,
} from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const CHECK_OPTIONS: OptionTable = {
  config: CONFIG,
  base: BASE,
  build: BUILD,
  ...REPORTING,
  save: { kind: 'value', value: 'FILE', describes: "write head's snapshot" },
  ...COMMON,
};

/** Measure, find the baseline, compare, judge, report. */
export const check: Command = async (args, terminal) => {
  const options = parseOptions(args, CHECK_OPTIONS);
  const [extra] = options.positionals;
  if (extra !== undefined) {
    throw new UserError('unexpected', `"${extra}" is more than \`check\` takes.`, {
      hint: hintFor(extra, options),
    });
  }
  const deliveries = deliveriesOf(options, terminal);
  const strictness = strictnessOf(options);
  const named = valuesOf(options, 'config');
  const { report, set, isAdoption } = await checkHere(options, named, terminal);
  const save = optionOf(options, 'save');
  if (save !== null) {
    const { formatSnapshotSet } = await import('../core/snapshot-set.ts');
    const { host, cwd } = terminal;
    await host.write(host.resolve(cwd, save), formatSnapshotSet(set));
  }
  return conclude(report, {
    deliveries,
    strictness: { ...strictness, isAdoption },
    options,
    terminal,
  });
};

function hintFor(extra: string, options: Parsed): string {
  if (['init', 'measure', 'compare', 'explain'].includes(extra))
    return `Put the command first: weighbridge ${extra} ...`;
  if (/^(warn|inconclusive)/.test(extra)) return `Write --strict=${extra}.`;
  if (options.values.has('config'))
    return 'Put a glob in quotes: --config "packages/*/budgets.json".';
  return 'Name the budgets file with --config.';
}
