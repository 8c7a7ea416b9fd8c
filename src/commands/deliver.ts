import type { Recalled } from '../baseline/recall.ts';
import { recallElsewhere } from '../baseline/recall-elsewhere.ts';
import { loadConfig } from '../config/load.ts';
import { joinReports } from '../core/join.ts';
import { projectOf } from '../core/project-of.ts';
import { splitSnapshotText } from '../core/snapshot-set.ts';
import type { JudgingRules } from '../core/trusted-rules.ts';
import { parseUntrusted } from '../core/untrusted-snapshot.ts';
import { decodeText } from '../format/text.ts';
import { UserError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { baseOf } from './check.ts';
import type { Command, Console } from './command.ts';
import { type JudgedAgain, judgeAgain, rulesOfConfig } from './judge-again.ts';
import { COMMON, type OptionTable, optionOf, type Parsed, parseOptions } from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const DELIVER_OPTIONS: OptionTable = {
  from: {
    kind: 'value',
    value: 'FILE',
    describes: 'a snapshot that an untrusted run has written; repeatable',
    isRepeatable: true,
  },
  config: { kind: 'value', value: 'FILE', describes: 'the budgets file; default: looked for here' },
  base: {
    kind: 'value',
    value: 'REF|FILE|none',
    describes: 'the commit or snapshot to compare with; default: the merge base',
  },
  ...REPORTING,
  ...COMMON,
};

/** Judges what an untrusted run has measured, by the budgets and records that are here. */
export const deliver: Command = async (args, terminal) => {
  const options = parseOptions(args, DELIVER_OPTIONS);
  const files = options.values.get('from') ?? [];
  const [extra] = options.positionals;
  if (files.length === 0 || extra !== undefined) throw noFile(files, extra);
  const deliveries = deliveriesOf(options, terminal);
  const judge = await judgeOf(options, terminal);
  const judged: JudgedAgain[] = [];
  for (const file of files) {
    for (const snapshot of await readUntrusted(file, terminal)) judged.push(await judge(snapshot));
  }
  refuseTwice(judged);
  const reports = judged.map(({ report }) => report);
  const [report] = reports;
  if (report === undefined) throw noFile([], undefined);
  const whole =
    reports.length === 1 ? report : joinReports(reports, { name: '.', skipped: [], notes: [] });
  const isAdoption = judged.every((one) => one.isAdoption);
  const strictness = { ...strictnessOf(options), isAdoption };
  return conclude(whole, { deliveries, strictness, options, terminal });
};

function noFile(files: readonly string[], extra: string | undefined): UserError {
  const message =
    files.length === 0
      ? '`deliver` needs a snapshot to judge.'
      : `"${extra}" is more than \`deliver\` takes.`;
  return new UserError('no-snapshot', message, { hint: 'weighbridge deliver --from head.json' });
}

/** A project has one head: of two nobody could say which one the verdict is about. */
function refuseTwice(judged: readonly JudgedAgain[]): void {
  const projects = judged.map(({ snapshot }) => snapshot.project);
  const twice = projects.find((project, index) => projects.indexOf(project) !== index);
  if (twice === undefined) return;
  throw new UserError('same-project', `Two snapshots are of the project "${twice}".`, {
    hint: 'Give each project once with --from.',
  });
}

/** Bytes: as many as an artifact of the Action may have. */
const LARGEST_FILE = 8_000_000;

/** A file of one snapshot, or of one for each project. */
async function readUntrusted(file: string, { host, cwd }: Console): Promise<readonly Snapshot[]> {
  const bytes = await host.read(host.resolve(cwd, file));
  if (bytes === null) {
    throw new UserError('snapshot-missing', `${file} does not exist.`, {
      hint: 'It is what the untrusted run has written with `weighbridge measure --save FILE`.',
    });
  }
  if (bytes.length > LARGEST_FILE) {
    throw new UserError('snapshot-refused', `${file} has more than ${LARGEST_FILE} bytes.`);
  }
  const { texts } = splitSnapshotText(decodeText(bytes, file), file);
  return texts.map((text) => parseUntrusted(text, file));
}

/** Everything that judges is of this folder: its budgets file, its stores, its history. */
async function judgeOf(options: Parsed, terminal: Console) {
  const { host, cwd } = terminal;
  const base = await baseOf(optionOf(options, 'base'), terminal);
  const config = await loadConfig(optionOf(options, 'config'), cwd, host);
  const checkout = await host.checkout(config.folder);
  const own = projectOf(config, checkout);
  const scene = { host, folder: config.folder, run: null, connect: null };
  return async (snapshot: Snapshot): Promise<JudgedAgain> => {
    const { project, commit: built } = snapshot;
    const isOwn = project === own;
    const prefix = isOwn ? (checkout?.prefix ?? '') : '';
    const request = { base, cwd, built, pull: null, project, prefix, config, scene };
    const recalled = await recallElsewhere(request, host);
    const rules = isOwn
      ? await rulesOfConfig(config, snapshot, host)
      : rulesOfRecord(recalled, project, own);
    const shown = isOwn ? config : null;
    const today = host.now().toISOString().slice(0, 10);
    const told = { pardons: { labels: [], notes: [] }, notes: [] };
    return judgeAgain({ snapshot, rules, recalled, config: shown, today, ...told });
  };
}

/** The budgets of another project are those of its own record. */
function rulesOfRecord({ baseline }: Recalled, project: string, own: string): JudgingRules {
  if (baseline?.snapshot.project === project) return baseline.snapshot;
  const message = `The snapshot is of the project "${project}", the budgets file of "${own}".`;
  throw new UserError('other-project', message, {
    hint: 'Name the budgets file of that project with --config.',
  });
}
