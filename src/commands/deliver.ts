import type { Recalled } from '../baseline/recall.ts';
import { recallElsewhere } from '../baseline/recall-elsewhere.ts';
import { loadConfigs } from '../config/load.ts';
import { joinReports } from '../core/join.ts';
import { projectOf } from '../core/project-of.ts';
import { splitSnapshotText } from '../core/snapshot-set.ts';
import type { JudgingRules } from '../core/trusted-rules.ts';
import { checkUntrustedSkipped, parseUntrusted } from '../core/untrusted-snapshot.ts';
import { decodeText } from '../format/text.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import type { SkippedProject, Snapshot, SnapshotSet } from '../model/snapshot.ts';
import { baseOf } from './base-option.ts';
import type { Command, Console } from './command.ts';
import { type JudgedAgain, judgeAgain, rulesOfConfig } from './judge-again.ts';
import {
  BASE,
  COMMON,
  CONFIG,
  type OptionTable,
  optionOf,
  type Parsed,
  parseOptions,
  valuesOf,
} from './options.ts';
import { conclude, deliveriesOf, REPORTING, strictnessOf } from './reporting.ts';

export const DELIVER_OPTIONS: OptionTable = {
  from: {
    kind: 'value',
    value: 'FILE',
    describes: 'a snapshot that an untrusted run has written; repeatable',
    isRepeatable: true,
  },
  config: CONFIG,
  base: BASE,
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
  const places = await placesOf(options, terminal);
  const judge = await judgeOf(places, options, terminal);
  const judged: JudgedAgain[] = [];
  const left: SkippedProject[] = [];
  for (const file of files) {
    const { snapshots, skipped } = await readUntrusted(file, terminal);
    for (const snapshot of snapshots) judged.push(await judge(snapshot));
    left.push(...skipped);
  }
  refuseTwice(judged);
  const whole = wholeOf(judged, left, places);
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

/**
 * A project that one of the files has is not left out, whatever another says. Whether the others may
 * be is said here: a run that may leave out what it likes would leave out what is broken.
 */
function wholeOf(
  judged: readonly JudgedAgain[],
  left: readonly SkippedProject[],
  places: readonly Place[],
): Report {
  const projects = new Set(judged.map(({ snapshot }) => snapshot.project));
  const byProject = new Map(left.map((one) => [one.project, one]));
  const skipped = [...byProject.values()].filter(({ project }) => !projects.has(project));
  const reports = judged.map(({ report }) => report);
  const [only, ...others] = reports;
  if (only !== undefined && others.length === 0 && skipped.length === 0) return only;
  const ruleOf = ({ project }: SkippedProject) =>
    places.find((place) => place.project === project)?.config.rules.unbuilt ?? 'fail';
  const isExcused = skipped.every((one) => ruleOf(one) === 'skip');
  const best = isExcused ? 'pass' : 'inconclusive';
  const notes = isExcused ? [] : [NOT_EXCUSED];
  return joinReports(reports, { name: '.', skipped, notes, best });
}

const NOT_EXCUSED =
  'The run has left out projects, which the budgets here do not allow with `"unbuilt": "skip"`.';

/** Bytes: as many as an artifact of the Action may have. */
const LARGEST_FILE = 8_000_000;

/** A file of one snapshot, or of one for each project. */
async function readUntrusted(file: string, { host, cwd }: Console): Promise<SnapshotSet> {
  const bytes = await host.read(host.resolve(cwd, file));
  if (bytes === null) {
    throw new UserError('snapshot-missing', `${file} does not exist.`, {
      hint: 'It is what the untrusted run has written with `weighbridge measure --save FILE`.',
    });
  }
  if (bytes.length > LARGEST_FILE) {
    throw new UserError('snapshot-refused', `${file} has more than ${LARGEST_FILE} bytes.`);
  }
  const { texts, skipped } = splitSnapshotText(decodeText(bytes, file), file);
  checkUntrustedSkipped(skipped, file);
  return { snapshots: texts.map((text) => parseUntrusted(text, file)), skipped };
}

/** Everything that judges is of this folder: its budgets files, its stores, its history. */
async function judgeOf(places: readonly Place[], options: Parsed, terminal: Console) {
  const { host, cwd } = terminal;
  const base = await baseOf(optionOf(options, 'base'), terminal);
  return async (snapshot: Snapshot): Promise<JudgedAgain> => {
    const { project, commit: built } = snapshot;
    const own = places.find((place) => place.project === project) ?? null;
    const { config, prefix } = own ?? strangerOf(places);
    const scene = { host, folder: config.folder, run: null, connect: null };
    const request = { base, cwd, built, pull: null, project, prefix, config, scene };
    const recalled = await recallElsewhere(request, host);
    const rules =
      own === null
        ? rulesOfRecord(recalled, project, places)
        : await rulesOfConfig(config, snapshot, host);
    const shown = own === null ? null : config;
    const today = host.now().toISOString().slice(0, 10);
    const told = { pardons: { labels: [], notes: [] }, notes: [] };
    return judgeAgain({ snapshot, rules, recalled, config: shown, today, ...told });
  };
}

interface Place {
  readonly config: Config;
  readonly project: string;
  /** From the repository's root; empty for the root itself. */
  readonly prefix: string;
}

async function placesOf(options: Parsed, { host, cwd }: Console): Promise<readonly Place[]> {
  const configs = await loadConfigs(valuesOf(options, 'config'), cwd, host);
  return Promise.all(
    configs.map(async (config) => {
      const checkout = await host.checkout(config.folder);
      return { config, project: projectOf(config, checkout), prefix: checkout?.prefix ?? '' };
    }),
  );
}

/** For a project without a budgets file here: where the stores are said. */
function strangerOf([first]: readonly Place[]): Pick<Place, 'config' | 'prefix'> {
  if (first === undefined) throw new Error('there is no budgets file');
  return { config: first.config, prefix: '' };
}

/** The budgets of another project are those of its own record. */
function rulesOfRecord(
  { baseline }: Recalled,
  project: string,
  places: readonly Place[],
): JudgingRules {
  if (baseline?.snapshot.project === project) return baseline.snapshot;
  const own = places.map((place) => `"${place.project}"`).join(', ');
  const message = `The snapshot is of the project "${project}", the budgets file of ${own}.`;
  throw new UserError('other-project', message, {
    hint: 'Name the budgets file of that project with --config.',
  });
}
