import { loadConfigs } from '../config/load.ts';
import type { Config } from '../model/config.ts';
import { baseOf } from './base-option.ts';
import { type CheckedAll, checkAll } from './check-all.ts';
import type { Console } from './command.ts';
import { optionOf, type Parsed, valuesOf } from './options.ts';

/**
 * The check that `--config`, `--base` and `--build` ask for.
 * @param named files and globs: of these, what is gone is told of as well
 */
export async function checkHere(
  options: Parsed,
  named: readonly string[],
  terminal: Console,
): Promise<CheckedAll> {
  const { host, cwd } = terminal;
  const base = await baseOf(optionOf(options, 'base'), terminal);
  const configs = await configsOf(options, terminal);
  const onOutput = buildOutput(options, terminal);
  // Nothing here is found again by a name: one project is told of as one, however it was named.
  const told = { name: '.', isSeveral: false, named };
  return checkAll(configs, { ...told, base, cwd, run: null, connect: null, onOutput }, host);
}

/** The budgets files, with the build that the command line names in place of their own. */
async function configsOf(options: Parsed, { host, cwd }: Console): Promise<readonly Config[]> {
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
