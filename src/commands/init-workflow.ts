import type { Host } from '../model/host.ts';

/**
 * The workflow for a repository, with the package manager it uses.
 * @param folder the project's folder from the repository's root; empty for the root itself
 */
export async function workflowText(folder: string, root: string, host: Host): Promise<string> {
  const at = folder === '' ? '' : `\n        working-directory: ${JSON.stringify(folder)}`;
  const input =
    folder === '' ? '' : `\n        with:\n          working-directory: ${JSON.stringify(folder)}`;
  const { setup, run } = await packageManager([host.resolve(root, folder), root], host);
  const branch = await baseBranch(root, host);
  return `name: budgets
on:
  pull_request:
  # Runs on ${branch} keep the records that pull requests are compared with.
  push:
    branches: [${branch}]
  merge_group:
permissions:
  contents: read
  actions: read
  pull-requests: write
jobs:
  budgets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${setup}      - run: ${run}${at}
      - uses: weighbridge/weighbridge@v1${input}
`;
}

/** The branch that origin calls its default; else the one that is checked out, if it looks like it. */
async function baseBranch(root: string, host: Host): Promise<string> {
  const read = async (path: string, prefix: string) => {
    const bytes = await host.read(host.resolve(root, '.git', path));
    const text = new TextDecoder().decode(bytes ?? new Uint8Array()).trim();
    return text.startsWith(prefix) ? text.slice(prefix.length) : null;
  };
  const origin = await read('refs/remotes/origin/HEAD', 'ref: refs/remotes/origin/');
  if (origin !== null) return origin;
  const current = await read('HEAD', 'ref: refs/heads/');
  return current !== null && ['master', 'trunk', 'develop'].includes(current) ? current : 'main';
}

interface Manager {
  readonly setup: string;
  readonly run: string;
}

const NODE = '      - uses: actions/setup-node@v5\n        with:\n          node-version: 24\n';
const COREPACK = '      - run: corepack enable\n';
const PNPM = '      - uses: pnpm/action-setup@v4\n';
const BUN = '      - uses: oven-sh/setup-bun@v2\n';

/** The lock file nearest to the project says which package manager it is. */
async function packageManager(folders: readonly string[], host: Host): Promise<Manager> {
  const read = async (name: string) => {
    for (const folder of folders) {
      const bytes = await host.read(host.resolve(folder, name));
      if (bytes !== null) return new TextDecoder().decode(bytes);
    }
    return null;
  };
  const pinned = /"packageManager"\s*:\s*"(\w+)@/.exec((await read('package.json')) ?? '')?.[1];
  if ((await read('pnpm-lock.yaml')) !== null) {
    const version = pinned === 'pnpm' ? '' : '        with:\n          version: 10\n';
    const run = 'pnpm install --frozen-lockfile && pnpm run build';
    return { setup: PNPM + version + NODE, run };
  }
  const yarn = await read('yarn.lock');
  if (yarn !== null) return yarnManager(yarn, pinned === 'yarn');
  if ((await read('bun.lock')) !== null || (await read('bun.lockb')) !== null) {
    return { setup: BUN, run: 'bun install --frozen-lockfile && bun run build' };
  }
  return { setup: NODE, run: 'npm ci && npm run build' };
}

/** Yarn 1 does not know the option of its successors, which corepack brings. */
function yarnManager(lock: string, isPinned: boolean): Manager {
  const isFirst = lock.slice(0, 200).includes('yarn lockfile v1');
  const option = isFirst ? '--frozen-lockfile' : '--immutable';
  return { setup: isPinned ? NODE + COREPACK : NODE, run: `yarn install ${option} && yarn build` };
}
