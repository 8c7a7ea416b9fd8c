import type { BaseRequest } from '../baseline/recall.ts';
import { check as walk } from '../check.ts';
import { loadConfig } from '../config/load.ts';
import { formatSnapshot } from '../core/snapshot-text.ts';
import { UserError } from '../model/errors.ts';
import type { Command, Console } from './command.ts';
import { COMMON, type OptionTable, optionOf, parseOptions } from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const CHECK_OPTIONS: OptionTable = {
  config: { kind: 'value', value: 'FILE', describes: 'the budgets file; default: looked for here' },
  base: {
    kind: 'value',
    value: 'FILE|none',
    describes: 'the snapshot to compare with, or none',
  },
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
      hint: hintFor(extra),
    });
  }
  const deliveries = deliveriesOf(options, terminal);
  const { host, cwd } = terminal;
  const base = await baseOf(optionOf(options, 'base'), terminal);
  const strictness = strictnessOf(options, base.kind === 'unsaid');
  const config = await loadConfig(optionOf(options, 'config'), cwd, host);
  const { report, snapshot } = await walk(config, { base, cwd, isPushToBase: false }, host);
  const save = optionOf(options, 'save');
  if (save !== null) await host.write(host.resolve(cwd, save), formatSnapshot(snapshot));
  return conclude(report, { deliveries, strictness, options, terminal });
};

function hintFor(extra: string): string {
  if (['init', 'measure', 'compare'].includes(extra))
    return `Put the command first: weighbridge ${extra} ...`;
  if (/^(warn|inconclusive)/.test(extra)) return `Write --strict=${extra}.`;
  return 'Name the budgets file with --config.';
}

const ADVICE =
  'No baseline: run weighbridge measure --save base.json where base is built, and give --base base.json here.';

async function baseOf(text: string | null, { host, cwd }: Console): Promise<BaseRequest> {
  if (text === null) return { kind: 'unsaid', advice: ADVICE };
  if (text === 'none') return { kind: 'none' };
  if ((await host.kind(host.resolve(cwd, text))) === 'file') return { kind: 'file', path: text };
  const isFile = text.endsWith('.json');
  throw new UserError('base-missing', `--base ${text}: there is no such file.`, {
    hint: isFile
      ? 'Write it with `weighbridge measure --save FILE` where base is built.'
      : 'A git ref as base is reserved: this version of Weighbridge cannot do it yet. Name a snapshot file, or `none`.',
  });
}
