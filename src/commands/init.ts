import { hasKey } from '../config/find.ts';
import { CONFIG_NAMES } from '../model/config-names.ts';
import { UserError } from '../model/errors.ts';
import type { Command, Console } from './command.ts';
import { discover } from './init-discover.ts';
import { draftBudgets } from './init-draft.ts';
import { workflowText } from './init-workflow.ts';
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
  const workflow = host.resolve(root, WORKFLOW);
  const isNew = (await host.kind(workflow)) === null;
  if (isNew) await host.write(workflow, await workflowText(checkout?.prefix ?? '', root, host));
  await host.write(host.resolve(cwd, CONFIG), text);
  const lines = [
    `Wrote ${CONFIG}: ${summary}.`,
    isNew ? `Wrote ${WORKFLOW}.` : `Left ${WORKFLOW} as it is.`,
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
