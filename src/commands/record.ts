import { keep } from '../baseline/keep.ts';
import { loadConfig } from '../config/load.ts';
import { terminalText } from '../format/terminal.ts';
import { measure } from '../measure.ts';
import type { Config } from '../model/config.ts';
import { UserError } from '../model/errors.ts';
import type { Checkout, Host } from '../model/host.ts';
import type { Command } from './command.ts';
import { COMMON, type OptionTable, optionOf, parseOptions } from './options.ts';

export const RECORD_OPTIONS: OptionTable = {
  config: { kind: 'value', value: 'FILE', describes: 'the budgets file; default: looked for here' },
  ...COMMON,
};

/** Measures, and keeps the snapshot for HEAD in the store; judges nothing. */
export const record: Command = async (args, { host, cwd, out, err }) => {
  const options = parseOptions(args, RECORD_OPTIONS);
  const [extra] = options.positionals;
  if (extra !== undefined) {
    throw new UserError('unexpected', `"${extra}" is more than \`record\` takes.`);
  }
  const config = await loadConfig(optionOf(options, 'config'), cwd, host);
  await refuseDirty(config, host);
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
    out(`Recorded ${commit} of ${terminalText(snapshot.project)} in the ${store} store.\n`);
  }
  return 0;
};

const SHOWN = 5;

/** What was built from uncommitted changes is no record of the commit. */
async function refuseDirty(config: Config, host: Host): Promise<void> {
  const checkout = await host.checkout(config.folder);
  if (checkout === null || checkout.commit === null) {
    throw new UserError('no-commit', 'A record belongs to a commit, and this folder has none.', {
      hint: 'Run `weighbridge record` in a git checkout that has a commit.',
    });
  }
  const { code, stdout, stderr } = await host.git(
    [
      'status',
      '--porcelain',
      '--untracked-files=normal',
      '--',
      '.',
      ...ownFolders(config, host, checkout),
    ],
    { folder: checkout.root },
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
