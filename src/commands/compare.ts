import { byHand, readSnapshot } from '../baseline/snapshot-file.ts';
import { assemble } from '../core/assemble.ts';
import { compare as pair } from '../core/compare.ts';
import { judge } from '../core/judge.ts';
import { UserError } from '../model/errors.ts';
import type { Command } from './command.ts';
import { COMMON, type OptionTable, parseOptions } from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const COMPARE_OPTIONS: OptionTable = { ...REPORTING, ...COMMON };

/** Judges two snapshots by head's budgets; builds and measures nothing. */
export const compare: Command = async (args, terminal) => {
  const options = parseOptions(args, COMPARE_OPTIONS);
  const [basePath, headPath, extra] = options.positionals;
  if (basePath === undefined || headPath === undefined || extra !== undefined) {
    throw new UserError('two-snapshots', '`compare` takes two snapshots.', {
      hint: 'weighbridge compare base.json head.json',
    });
  }
  const deliveries = deliveriesOf(options, terminal);
  const { host, cwd } = terminal;
  const base = await readSnapshot(basePath, cwd, host);
  const head = await readSnapshot(headPath, cwd, host);
  const baseline = byHand(base, basePath);
  const comparison = pair(head, baseline);
  const today = host.now().toISOString().slice(0, 10);
  const verdict = judge(comparison, { today, isPushToBase: false, labels: [] });
  const report = assemble({ comparison, verdict, config: null, noBaseline: null, notes: [] });
  const strictness = strictnessOf(options);
  return conclude(report, { deliveries, strictness, options, terminal });
};
