import type { Host } from '../model/host.ts';

export interface Workflow {
  readonly text: string;
  /** False where nothing says how to build: a line in the text is to be filled in. */
  readonly isBuilt: boolean;
}

/**
 * The workflow for a repository, with the package manager it uses.
 * @param folder the project's folder from the repository's root; empty for the root itself
 */
export async function workflowOf(folder: string, root: string, host: Host): Promise<Workflow> {
  const at = folder === '' ? '' : `\n        working-directory: ${JSON.stringify(folder)}`;
  const input =
    folder === '' ? '' : `\n        with:\n          working-directory: ${JSON.stringify(folder)}`;
  const manager = await packageManager([host.resolve(root, folder), root], host);
  const steps = buildSteps(manager, at);
  const branch = await baseBranch(root, host);
  const text = `name: budgets
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
${manager.setup}${steps}      - uses: weighbridge/weighbridge@v1${input}
`;
  return { text, isBuilt: manager.hasBuild };
}

/** What is not there is not run: without a script the step is left to whoever knows how to build. */
function buildSteps({ install, build, hasBuild }: Manager, at: string): string {
  const step = (run: string) => `      - run: ${run}${at}\n`;
  if (hasBuild) return step(`${install} && ${build}`);
  const todo = step(build).replaceAll(/^ {6}/gm, '      # ');
  return `${step(install)}      # Fill in how to build; package.json has no script "build":\n${todo}`;
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
  readonly install: string;
  readonly build: string;
  /** package.json has a script of that name. */
  readonly hasBuild: boolean;
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
  const manifest = (await read('package.json')) ?? '';
  const pinned = /"packageManager"\s*:\s*"(\w+)@/.exec(manifest)?.[1];
  return { ...(await managerOf(read, pinned)), hasBuild: hasBuildScript(manifest) };
}

async function managerOf(
  read: (name: string) => Promise<string | null>,
  pinned: string | undefined,
): Promise<Omit<Manager, 'hasBuild'>> {
  if ((await read('pnpm-lock.yaml')) !== null) {
    const version = pinned === 'pnpm' ? '' : '        with:\n          version: 10\n';
    const install = 'pnpm install --frozen-lockfile';
    return { setup: PNPM + version + NODE, install, build: 'pnpm run build' };
  }
  const yarn = await read('yarn.lock');
  if (yarn !== null) return yarnManager(yarn, pinned === 'yarn');
  if ((await read('bun.lock')) !== null || (await read('bun.lockb')) !== null) {
    return { setup: BUN, install: 'bun install --frozen-lockfile', build: 'bun run build' };
  }
  const isLocked =
    (await read('package-lock.json')) !== null || (await read('npm-shrinkwrap.json')) !== null;
  return { setup: NODE, install: isLocked ? 'npm ci' : 'npm install', build: 'npm run build' };
}

/** Yarn 1 does not know the option of its successors, which corepack brings. */
function yarnManager(lock: string, isPinned: boolean): Omit<Manager, 'hasBuild'> {
  const isFirst = lock.slice(0, 200).includes('yarn lockfile v1');
  const option = isFirst ? '--frozen-lockfile' : '--immutable';
  const setup = isPinned ? NODE + COREPACK : NODE;
  return { setup, install: `yarn install ${option}`, build: 'yarn build' };
}

function hasBuildScript(manifest: string): boolean {
  try {
    const { scripts } = JSON.parse(manifest) as { scripts?: { build?: unknown } };
    return typeof scripts?.build === 'string';
  } catch {
    return false;
  }
}
