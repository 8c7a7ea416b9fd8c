import { readSnapshotSet } from '../baseline/snapshot-file.ts';
import { UserError } from '../model/errors.ts';
import type { Encoding } from '../model/metric.ts';
import type { Report } from '../model/report.ts';
import { partsOf } from '../model/report-parts.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { checkHere } from './check-here.ts';
import type { Command, Console } from './command.ts';
import { compareSets } from './compare.ts';
import { answer, meaningOf, type Question } from './explained.ts';
import {
  BASE,
  BUILD,
  COMMON,
  CONFIG,
  type OptionTable,
  optionOf,
  type Parsed,
  parseOptions,
} from './options.ts';
import { unknownName } from './unknown-name.ts';

export const EXPLAIN_OPTIONS: OptionTable = {
  config: CONFIG,
  base: BASE,
  build: BUILD,
  from: { kind: 'value', value: 'FILE', describes: 'explain a snapshot instead of measuring' },
  ...COMMON,
};

/** What is inside a build, or why it changed where there is a base; judges nothing. */
export const explain: Command = async (args, terminal) => {
  const options = parseOptions(args, EXPLAIN_OPTIONS);
  const [name = null, extra] = options.positionals;
  if (extra !== undefined) {
    throw new UserError('unexpected', `"${extra}" is more than \`explain\` takes.`, {
      hint: 'Put a name with spaces in quotes: weighbridge explain "All script".',
    });
  }
  const builds = await buildsOf(options, terminal);
  const questions = questionsOf(name, builds);
  if (questions.length === 0) throw await unknownName(name ?? '', builds, terminal.host);
  const isNamed = builds.length > 1;
  const texts = questions.map((one) => answer(one, { width: terminal.width, isNamed }));
  terminal.out(`${texts.join('\n\n')}\n`);
  return 0;
};

/** A build to explain; its report where it was compared with another one. */
interface Build {
  readonly snapshot: Snapshot;
  readonly base: Snapshot | null;
  readonly report: Report | null;
  /** What sizes are in. */
  readonly encoding: Encoding;
  /** Absolute: where its paths are seen from; of a saved one the working directory, as a guess. */
  readonly folder: string;
}

async function buildsOf(options: Parsed, terminal: Console): Promise<Build[]> {
  const from = optionOf(options, 'from');
  if (from !== null) return savedBuilds(from, options, terminal);
  // What is gone has nothing inside: it is not looked for.
  const { report, parts } = await checkHere(options, [], terminal);
  const pairs = parts.map(({ checked: { snapshot, base }, config: { folder } }) => ({
    snapshot,
    base,
    folder,
  }));
  return paired(pairs, report);
}

/** Snapshots that were saved: nothing is measured. */
async function savedBuilds(
  file: string,
  options: Parsed,
  { host, cwd }: Console,
): Promise<Build[]> {
  const misplaced = ['config', 'build'].find((one) => options.values.has(one));
  if (misplaced !== undefined) {
    throw new UserError('unexpected', `--${misplaced} means nothing beside --from.`, {
      hint: 'A saved snapshot brings its budgets along.',
    });
  }
  const head = { file, set: await readSnapshotSet(file, cwd, host) };
  const base = optionOf(options, 'base');
  if (base === null || base === 'none') return paired(besides(head.set.snapshots, [], cwd), null);
  const before = { file: base, set: await readSnapshotSet(base, cwd, host) };
  const today = host.now().toISOString().slice(0, 10);
  const pairs = besides(head.set.snapshots, before.set.snapshots, cwd);
  return paired(pairs, await compareSets(before, head, today));
}

type Pair = Pick<Build, 'snapshot' | 'base' | 'folder'>;

/** Each beside the one of its project; two that are alone belong together, as in a comparison. */
function besides(heads: readonly Snapshot[], bases: readonly Snapshot[], folder: string): Pair[] {
  const [only, ...others] = bases;
  const isPair = heads.length === 1 && others.length === 0;
  return heads.map((snapshot) => {
    const own = isPair ? only : bases.find(({ project }) => project === snapshot.project);
    return { snapshot, base: own ?? null, folder };
  });
}

function paired(pairs: readonly Pair[], report: Report | null): Build[] {
  const parts = report === null ? [] : partsOf(report);
  return pairs.map(({ snapshot, base, folder }) => {
    const [only, ...others] = parts;
    const own =
      others.length === 0 ? only : parts.find(({ meta }) => meta.project === snapshot.project);
    const encoding = own?.meta.encodings[0] ?? snapshot.tracked.encodings[0] ?? 'raw';
    return { snapshot, base, folder, report: own ?? null, encoding };
  });
}

function questionsOf(name: string | null, builds: readonly Build[]): Question[] {
  return builds.flatMap((build) => {
    const meaning = meaningOf(name, build.snapshot, build.report);
    return meaning === null ? [] : [{ ...build, ...meaning }];
  });
}
