import { loadConfig } from '../config/load.ts';
import { formatSnapshot } from '../core/snapshot-text.ts';
import { formatValue } from '../format/numbers.ts';
import { terminalText } from '../format/terminal.ts';
import { measure as take } from '../measure.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Command } from './command.ts';
import { COMMON, type OptionTable, optionOf, parseOptions } from './options.ts';

export const MEASURE_OPTIONS: OptionTable = {
  config: { kind: 'value', value: 'FILE', describes: 'the budgets file; default: looked for here' },
  save: { kind: 'value', value: 'FILE', describes: 'where the snapshot goes (needed)' },
  ...COMMON,
};

/** Measures, and writes a snapshot; judges nothing. */
export const measure: Command = async (args, { host, cwd, out, err }) => {
  const options = parseOptions(args, MEASURE_OPTIONS);
  const [extra] = options.positionals;
  if (extra !== undefined) {
    throw new UserError('unexpected', `"${extra}" is more than \`measure\` takes.`);
  }
  const save = optionOf(options, 'save');
  if (save === null) {
    throw new UserError('no-save', '`measure` needs a file to write.', {
      hint: 'weighbridge measure --save head.json',
    });
  }
  const config = await loadConfig(optionOf(options, 'config'), cwd, host);
  const { snapshot, notes } = await take(config, host, null);
  for (const note of notes) err(`${terminalText(note)}\n`);
  await host.write(host.resolve(cwd, save), formatSnapshot(snapshot));
  if (!options.values.has('quiet')) out(`${words(snapshot)} in ${terminalText(save)}.\n`);
  return 0;
};

function words({ assets, measurements }: Snapshot): string {
  const raw = assets.reduce((sum, asset) => sum + asset.raw, 0);
  const files = `${assets.length} ${assets.length === 1 ? 'file' : 'files'} (${formatValue(raw, 'byte')} raw)`;
  const metrics = `${measurements.length} ${measurements.length === 1 ? 'metric' : 'metrics'}`;
  return `Measured ${files} and ${metrics}; the snapshot is`;
}
