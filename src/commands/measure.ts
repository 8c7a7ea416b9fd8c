import { loadConfigs } from '../config/load.ts';
import { formatSnapshotSet } from '../core/snapshot-set.ts';
import { formatValue } from '../format/numbers.ts';
import { terminalText } from '../format/terminal.ts';
import { measure as take } from '../measure.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { builtOf } from './built.ts';
import type { Command } from './command.ts';
import { COMMON, CONFIG, type OptionTable, optionOf, parseOptions, valuesOf } from './options.ts';

export const MEASURE_OPTIONS: OptionTable = {
  config: CONFIG,
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
  const configs = await loadConfigs(valuesOf(options, 'config'), cwd, host);
  const { built, skipped } = await builtOf(configs, host);
  const snapshots: Snapshot[] = [];
  for (const config of built) {
    const { snapshot, notes } = await take(config, host, null);
    for (const note of notes) err(`${terminalText(note)}\n`);
    snapshots.push(snapshot);
  }
  for (const { project, why } of skipped) err(`${terminalText(`${project}: left out, ${why}`)}.\n`);
  await host.write(host.resolve(cwd, save), formatSnapshotSet({ snapshots, skipped }));
  if (!options.values.has('quiet')) out(`${words(snapshots, skipped)} in ${terminalText(save)}.\n`);
  return 0;
};

function words(snapshots: readonly Snapshot[], skipped: readonly unknown[]): string {
  const assets = snapshots.flatMap((snapshot) => snapshot.assets);
  const raw = assets.reduce((sum, asset) => sum + asset.raw, 0);
  const files = `${assets.length} ${assets.length === 1 ? 'file' : 'files'} (${formatValue(raw, 'byte')} raw)`;
  const count = snapshots.flatMap(({ measurements }) => measurements).length;
  const metrics = `${count} ${count === 1 ? 'metric' : 'metrics'}`;
  const isOne = snapshots.length === 1 && skipped.length === 0;
  if (isOne) return `Measured ${files} and ${metrics}; the snapshot is`;
  const projects = `${snapshots.length} ${snapshots.length === 1 ? 'project' : 'projects'}`;
  return `Measured ${files} and ${metrics} of ${projects}; the snapshots are`;
}
