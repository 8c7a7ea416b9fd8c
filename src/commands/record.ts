import { keep } from '../baseline/keep.ts';
import { loadConfigs } from '../config/load.ts';
import { terminalText } from '../format/terminal.ts';
import { measure } from '../measure.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Checkout, Host } from '../model/host.ts';
import { builtOf } from './built.ts';
import type { Command, Console } from './command.ts';
import {
  COMMON,
  CONFIG,
  type OptionTable,
  type Parsed,
  parseOptions,
  valuesOf,
} from './options.ts';

export const RECORD_OPTIONS: OptionTable = {
  config: CONFIG,
  ...COMMON,
};

/** Measures, and keeps the snapshot for HEAD in the store, each project by itself; judges nothing. */
export const record: Command = async (args, terminal) => {
  const options = parseOptions(args, RECORD_OPTIONS);
  const [extra] = options.positionals;
  if (extra !== undefined) {
    throw new UserError('unexpected', `"${extra}" is more than \`record\` takes.`);
  }
  const { host, cwd, err } = terminal;
  const configs = await loadConfigs(valuesOf(options, 'config'), cwd, host);
  await refuseDirty(configs, host);
  const { built, skipped } = await builtOf(configs, host);
  for (const { project, why } of skipped) err(`${terminalText(`${project}: left out, ${why}`)}.\n`);
  for (const config of built) await recordOne(config, options, terminal);
  return 0;
};

async function recordOne(
  config: Config,
  options: Parsed,
  { host, out, err }: Console,
): Promise<void> {
  const { snapshot, notes } = await measure(config, host, null);
  for (const note of notes) err(`${terminalText(note)}\n`);
  const request = { snapshot, verdict: null, config, run: null, connect: null };
  const { store, faults } = await keep(request, host);
  for (const fault of faults) err(`${terminalText(fault)}\n`);
  if (store === null) {
    throw new UserError('not-kept', 'No store took the record.', {
      hint: 'What is wrong with each is said above.',
    });
  }
  const commit = snapshot.commit?.slice(0, 7) ?? '';
  if (!options.values.has('quiet')) {
    const whose = snapshot.project === '.' ? '' : ` of ${terminalText(snapshot.project)}`;
    out(`Recorded ${commit}${whose} in the ${store} store.\n`);
  }
}

const SHOWN = 5;

/** What was built from uncommitted changes is no record of the commit. */
async function refuseDirty(configs: readonly Config[], host: Host): Promise<void> {
  const own = new Map<string, string[]>();
  for (const config of configs) {
    const checkout = await host.checkout(config.folder);
    if (checkout === null || checkout.commit === null) {
      throw new UserError('no-commit', 'A record belongs to a commit, and this folder has none.', {
        hint: 'Run `weighbridge record` in a git checkout that has a commit.',
      });
    }
    const folders = own.get(checkout.root) ?? [];
    own.set(checkout.root, [...folders, ...ownFolders(config, host, checkout)]);
  }
  for (const [root, folders] of own) await refuseDirtyTree(root, folders, host);
}

async function refuseDirtyTree(root: string, left: readonly string[], host: Host): Promise<void> {
  const { code, stdout, stderr } = await host.git(
    ['status', '--porcelain', '--untracked-files=normal', '--', '.', ...left],
    { folder: root },
  );
  if (code !== 0) throw new UserError('no-git', `git status failed: ${stderr.trim()}`);
  const lines = new TextDecoder().decode(stdout).split('\n').filter(Boolean);
  if (lines.length === 0) return;
  const more = lines.length > SHOWN ? `, and ${lines.length - SHOWN} more` : '';
  const names = lines.slice(0, SHOWN).map((line) => line.slice(3));
  throw new UserError('dirty-tree', `The tree is not clean: ${names.join(', ')}${more}.`, {
    hint: 'Commit or stash these, build, and record then: what was built must be what the commit holds.',
  });
}

/** Folders of records of our own make no tree dirty. */
function ownFolders({ baseline }: Config, host: Host, { root, prefix }: Checkout): string[] {
  return (baseline.stores ?? []).flatMap((store) => {
    if (store.kind !== 'file' || store.folder === null) return [];
    const path = host.relative(root, host.resolve(root, prefix, store.folder));
    const isInside = path !== '' && path !== '..' && !path.startsWith('../');
    return isInside ? [`:(exclude,literal)${path}`] : [];
  });
}
