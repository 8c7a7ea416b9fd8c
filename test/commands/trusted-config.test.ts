import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConfigPlace, trustedConfigs } from '../../src/commands/trusted-config.ts';
import { branchHost } from '../../src/github/branch-host.ts';
import type { Client } from '../../src/github/client.ts';
import { readRun } from '../../src/github/context.ts';
import { type Github, READ, startGithub } from '../support/github/github.ts';
import { quietHost } from '../support/measured.ts';
import { git, temporaryFolder, writeFiles } from '../support/temporary.ts';

let github: Github;
let connect: (token: string) => Client;

beforeAll(async () => {
  github = await startGithub();
  // Read when the client's module is loaded, as in a run.
  vi.stubEnv('GITHUB_API_URL', github.apiUrl);
  ({ connect } = await import('../../src/github/client.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await github.close();
});
beforeEach(async () => {
  await github.reset();
});
afterEach(async () => {
  expect(await github.violations()).toEqual([]);
});

const RUN = readRun(
  { GITHUB_REPOSITORY: 'acme/shop', GITHUB_EVENT_NAME: 'schedule', GITHUB_RUN_ID: '1' },
  '{}',
);
const budgets = (project?: string) => ({
  ...(project === undefined ? {} : { project }),
  budgets: [{ files: 'dist/*.js', max: '3 kB' }],
});

/** The budgets of a project, as main has them; nothing is checked out. */
async function configOf(
  project: string,
  files: Readonly<Record<string, unknown>>,
  given: Partial<Pick<ConfigPlace, 'configs' | 'project'>> = {},
) {
  const folder = await temporaryFolder({});
  await git(folder, 'init', '--quiet');
  await writeFiles(folder, files);
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '-m', 'budgets');
  await github.push(folder);
  const workspace = await temporaryFolder({});
  const place = { configs: [], project: null, workspace, cwd: workspace, ...given };
  const client = connect(await github.mintToken(READ));
  const branch = branchHost(quietHost(), client, RUN, { root: workspace, branch: 'main' });
  const { config, why, prefix, settings } = await trustedConfigs(branch, place).of(project);
  return { found: config !== null, why, prefix, project: settings.project };
}

const none = (why: RegExp) => ({ found: false, why: expect.stringMatching(why), prefix: '' });

describe('the only budgets file', () => {
  const files = { 'budgets.json': budgets() };

  it('is the one of the root project', async () => {
    expect(await configOf('.', files)).toMatchObject({ found: true, why: null, prefix: '' });
  });

  it.each([[[]], [['budgets.json']]])(
    'goes by the input `project`, and by nothing else: %j',
    async (configs) => {
      const given = { project: 'shop', configs };
      expect(await configOf('shop', files, given)).toMatchObject({ found: true });
      expect(await configOf('.', files, given)).toMatchObject(none(/another project/));
      expect(await configOf('docs', files, given)).toMatchObject(none(/another project/));
    },
  );

  it('is not the one of a folder that it does not name', async () => {
    const both = { ...files, 'docs/budgets.json': budgets() };
    expect(await configOf('docs', both)).toMatchObject({ found: true, prefix: 'docs' });
    const given = { configs: ['budgets.json'] };
    expect(await configOf('docs', both, given)).toMatchObject(none(/another project/));
  });
});

describe('several budgets files', () => {
  const files = {
    'a/budgets.json': budgets(),
    'b/limits.json': budgets('web'),
    'c/budgets.json': budgets(),
    'd/budgets.json': '{',
  };
  const configs = ['a/budgets.json', 'b/limits.json'];

  it('are all looked at, each under its own name', async () => {
    expect(await configOf('a', files, { configs })).toMatchObject({ found: true, prefix: 'a' });
    expect(await configOf('web', files, { configs })).toMatchObject({ found: true, prefix: 'b' });
    expect(await configOf('c', files, { configs })).toMatchObject(none(/another project/));
  });

  it('keep their names where the input `project` names them together', async () => {
    const given = { configs, project: 'all' };
    expect(await configOf('web', files, given)).toMatchObject({ found: true, prefix: 'b' });
    expect(await configOf('all', files, given)).toMatchObject(none(/another project/));
  });

  it('say which of them cannot be used', async () => {
    const given = { configs: ['a/budgets.json', 'd/budgets.json'] };
    expect(await configOf('d', files, given)).toMatchObject(none(/d\/budgets\.json/));
  });

  it('by a glob are found in what main has, whatever they are called', async () => {
    const given = { configs: ['*/{budgets,limits}.json'], project: 'all' };
    expect(await configOf('c', files, given)).toMatchObject({ found: true, prefix: 'c' });
    expect(await configOf('web', files, given)).toMatchObject({ found: true, prefix: 'b' });
    expect(await configOf('all', files, given)).toMatchObject(none(/d\/budgets\.json/));
    const sound = { ...files, 'd/budgets.json': budgets('dee') };
    expect(await configOf('all', sound, given)).toMatchObject(none(/another project/));
    const other = { ...given, configs: ['*/none.json'] };
    expect(await configOf('c', files, other)).toMatchObject(none(/none\.json matches no file/));
  });

  it('a name that only looks like a glob is a name', async () => {
    const scoped = { '@acme/web/budgets.json': budgets('web') };
    const given = { configs: ['@acme/web/budgets.json'] };
    expect(await configOf('web', scoped, given)).toMatchObject({ prefix: '@acme/web' });
  });
});
