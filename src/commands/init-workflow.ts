import type { Host } from '../model/host.ts';

/**
 * The workflow for a repository, with the package manager it uses.
 * @param folder the project's folder from the repository's root; empty for the root itself
 */
export async function workflowText(folder: string, root: string, host: Host): Promise<string> {
  const at = folder === '' ? '' : `\n        working-directory: ${JSON.stringify(folder)}`;
  const input = folder === '' ? '' : `\n          working-directory: ${JSON.stringify(folder)}`;
  const prefix = folder === '' ? '' : `${folder}/`;
  const { setup, run } = await packageManager([host.resolve(root, folder), root], host);
  return `name: budgets
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  pull-requests: write
jobs:
  budgets:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${setup}      - run: ${run}${at}
      # Base is the first parent of what was built: of GitHub's test merge, the base branch.
      - id: commits
        run: |
          echo "base=$(git cat-file -p HEAD | sed -n 's/^parent //p' | head -n 1)" >> "$GITHUB_OUTPUT"
          echo "head=$(git rev-parse HEAD)" >> "$GITHUB_OUTPUT"
      - id: base
        uses: actions/cache/restore@v4
        if: github.event_name == 'pull_request'
        with:
          path: ${prefix}weighbridge-snapshot.json
          key: weighbridge-\${{ steps.commits.outputs.base }}
      - run: mv weighbridge-snapshot.json weighbridge-base.json
        if: steps.base.outputs.cache-hit == 'true'${at}
      - id: weighbridge
        uses: weighbridge/weighbridge@v1
        with:
          base: \${{ steps.base.outputs.cache-hit == 'true' && 'weighbridge-base.json' || '' }}${input}
      # A push to main keeps its snapshot: it is the base of the pull requests to come.
      - run: cp "$SNAPSHOT" weighbridge-snapshot.json
        if: github.event_name == 'push' && always() && steps.weighbridge.outputs.snapshot != ''${at}
        env:
          SNAPSHOT: \${{ steps.weighbridge.outputs.snapshot }}
      - uses: actions/cache/save@v4
        if: github.event_name == 'push' && always() && steps.weighbridge.outputs.snapshot != ''
        with:
          path: ${prefix}weighbridge-snapshot.json
          key: weighbridge-\${{ steps.commits.outputs.head }}
`;
}

interface Manager {
  readonly setup: string;
  readonly run: string;
}

const NODE = '      - uses: actions/setup-node@v5\n        with:\n          node-version: 24\n';

/** The lock file nearest to the project says which package manager it is. */
async function packageManager(folders: readonly string[], host: Host): Promise<Manager> {
  const has = async (name: string) => {
    for (const folder of folders) {
      if ((await host.kind(host.resolve(folder, name))) === 'file') return true;
    }
    return false;
  };
  if (await has('pnpm-lock.yaml')) {
    const pnpm = '      - uses: pnpm/action-setup@v4\n';
    return { setup: pnpm + NODE, run: 'pnpm install --frozen-lockfile && pnpm run build' };
  }
  if (await has('yarn.lock'))
    return { setup: NODE, run: `${await yarnInstall(folders, host)} && yarn build` };
  if ((await has('bun.lock')) || (await has('bun.lockb'))) {
    const bun = '      - uses: oven-sh/setup-bun@v2\n';
    return { setup: bun, run: 'bun install --frozen-lockfile && bun run build' };
  }
  return { setup: NODE, run: 'npm ci && npm run build' };
}

/** Yarn 1 does not know the option of its successors. */
async function yarnInstall(folders: readonly string[], host: Host): Promise<string> {
  for (const folder of folders) {
    const bytes = await host.read(host.resolve(folder, 'yarn.lock'));
    const start = new TextDecoder().decode(bytes?.slice(0, 200) ?? new Uint8Array());
    if (start.includes('yarn lockfile v1')) return 'yarn install --frozen-lockfile';
  }
  return 'yarn install --immutable';
}
