import { readSnapshotSet } from '../baseline/snapshot-file.ts';
import { formatSnapshotSet, joinSnapshotSets, type NamedSet } from '../core/snapshot-set.ts';
import { terminalText } from '../format/terminal.ts';
import { UserError } from '../model/errors.ts';
import type { Command } from './command.ts';
import { COMMON, type OptionTable, optionOf, parseOptions } from './options.ts';

export const MERGE_OPTIONS: OptionTable = {
  save: { kind: 'value', value: 'FILE', describes: 'where the snapshots go (needed)' },
  ...COMMON,
};

/** Joins the snapshots that the jobs of a matrix have written; judges nothing. */
export const merge: Command = async (args, { host, cwd, out, err }) => {
  const options = parseOptions(args, MERGE_OPTIONS);
  const paths = options.positionals;
  if (paths.length === 0) {
    throw new UserError('no-snapshots', '`merge` takes the snapshots to join.', { hint: USAGE });
  }
  const save = optionOf(options, 'save');
  if (save === null) {
    throw new UserError('no-save', '`merge` needs a file to write.', { hint: USAGE });
  }
  const files: NamedSet[] = [];
  for (const file of paths) files.push({ file, set: await readSnapshotSet(file, cwd, host) });
  const set = joinSnapshotSets(files);
  await host.write(host.resolve(cwd, save), formatSnapshotSet(set));
  for (const { project, why } of set.skipped) {
    err(`${terminalText(`${project}: left out, ${why}`)}.\n`);
  }
  const count = set.snapshots.length;
  const what = count === 1 ? 'snapshot is' : `snapshots of ${count} projects are`;
  if (!options.values.has('quiet')) out(`The ${what} in ${terminalText(save)}.\n`);
  return 0;
};

const USAGE = 'weighbridge merge a.json b.json --save all.json';
