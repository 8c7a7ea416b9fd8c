import { hasKey } from '../config/find.ts';
import { CONFIG_NAMES } from '../model/config-names.ts';
import { UserError } from '../model/errors.ts';
import type { Host } from '../model/host.ts';
import type { Command, Console } from './command.ts';
import { discover } from './init-discover.ts';
import { draftBudgets } from './init-draft.ts';
import { workflowOf } from './init-workflow.ts';
import { COMMON, type OptionTable, parseOptions } from './options.ts';

export const INIT_OPTIONS: OptionTable = { ...COMMON };

const CONFIG = 'budgets.json';
const WORKFLOW = '.github/workflows/budgets.yml';

/** Writes a first budgets file and the workflow; what is there already stays as it is. */
export const init: Command = async (args, terminal) => {
  const { positionals } = parseOptions(args, INIT_OPTIONS);
  if (positionals.length > 0) {
    throw new UserError('unexpected', `"${positionals[0]}" is more than \`init\` takes.`);
  }
  await refuseExisting(terminal);
  const { host, cwd, out } = terminal;
  const found = await discover(cwd, host);
  const { text, summary } = await draftBudgets(found, cwd, host);
  const checkout = await host.checkout(cwd);
  const root = checkout?.root ?? cwd;
  const told = await writeWorkflow(checkout?.prefix ?? '', root, host);
  await host.write(host.resolve(cwd, CONFIG), text);
  const lines = [
    `Wrote ${CONFIG}: ${summary}.`,
    ...told,
    ...(found.lighthouse === null
      ? []
      : [
          'The Lighthouse budgets are optional: take `optional` out once your workflow runs Lighthouse.',
        ]),
    'Next: `npx weighbridge` checks it; commit both.',
  ];
  out(`${lines.join('\n')}\n`);
  return 0;
};

/** @returns what was done, and what is left to do */
async function writeWorkflow(folder: string, root: string, host: Host): Promise<string[]> {
  const path = host.resolve(root, WORKFLOW);
  const there = await host.read(path);
  if (there !== null) {
    const left = `Left ${WORKFLOW} as it is.`;
    return isNamed(folder, new TextDecoder().decode(there)) ? [left] : [left, alsoWords(folder)];
  }
  const { text, isBuilt } = await workflowOf(folder, root, host);
  await host.write(path, text);
  const wrote = `Wrote ${WORKFLOW}.`;
  if (isBuilt) return [wrote];
  return [wrote, 'package.json has no script "build": fill in there how to build.'];
}

/** Whether a workflow speaks of a folder, or of all that are beside it. */
function isNamed(folder: string, workflow: string): boolean {
  if (folder === '' || workflow.includes(besideIt(folder))) return true;
  // `packages/a` is not named where `packages/app` is.
  const [, ...after] = workflow.split(folder);
  return after.some((rest) => !/^[\w.-]/.test(rest));
}

function alsoWords(folder: string): string {
  return `It does not check ${folder} yet: build that there too, and give the action \`config: ${besideIt(folder)}\` in place of \`working-directory\`.`;
}

/** The budgets files of all packages in the folder that a package is in. */
function besideIt(folder: string): string {
  return `${folder.slice(0, folder.lastIndexOf('/') + 1)}*/${CONFIG}`;
}

async function refuseExisting({ host, cwd }: Console): Promise<void> {
  for (const name of CONFIG_NAMES) {
    if ((await host.kind(host.resolve(cwd, name))) === null) continue;
    throw new UserError('config-exists', `${name} is there already; init never overwrites.`, {
      hint: 'Run `npx weighbridge` to check it, or move it away first.',
    });
  }
  if (await hasKey(host.resolve(cwd, 'package.json'), host)) {
    throw new UserError(
      'config-exists',
      'package.json has budgets already; init never overwrites.',
    );
  }
}
