import type { BaseRequest } from '../baseline/recall.ts';
import { loadConfigs } from '../config/load.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import { checkAll } from './check-all.ts';
import type { Command, Console } from './command.ts';
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
  const { host, cwd } = terminal;
  const base = await baseOf(optionOf(options, 'base'), terminal);
  const strictness = strictnessOf(options);
  const configs = await configsOf(options, terminal);
  const onOutput = buildOutput(options, terminal);
  // Nothing here is found again by a name: one project is told of as one, however it was named.
  const told = { name: '.', isSeveral: false, named: valuesOf(options, 'config') };
  const request = { ...told, base, cwd, run: null, connect: null, onOutput };
  const { report, set, isAdoption } = await checkAll(configs, request, host);
  const save = optionOf(options, 'save');
  if (save !== null) {
    const { formatSnapshotSet } = await import('../core/snapshot-set.ts');
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

/** What `--base` asks for. */
export async function baseOf(text: string | null, { host, cwd }: Console): Promise<BaseRequest> {
  if (text === null) return { kind: 'auto' };
  if (text === 'none') return { kind: 'none' };
  const kind = await host.kind(host.resolve(cwd, text));
  // A pipe too: `--base <(...)`.
  if (kind === 'file' || kind === 'other') return { kind: 'file', path: text };
  if (!text.endsWith('.json')) return { kind: 'ref', ref: text };
  throw new UserError('base-missing', `--base ${text}: there is no such file.`, {
    hint: 'Write it with `weighbridge measure --save FILE` where base is built.',
  });
}

/** The budgets files, with the build that the command line names in place of their own. */
export async function configsOf(
  options: Parsed,
  { host, cwd }: Console,
): Promise<readonly Config[]> {
  const configs = await loadConfigs(valuesOf(options, 'config'), cwd, host);
  const build = optionOf(options, 'build');
  if (build === null) return configs;
  return configs.map((config) => ({
    ...config,
    baseline: { ...config.baseline, build, isAlways: true },
  }));
}

/** What a build of base writes is a diagnostic: on a pipe, stdout is for the report alone. */
function buildOutput(options: Parsed, { err }: Console): (text: string) => void {
  return options.values.has('quiet') ? () => {} : err;
}
