import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type RebuildRequest, rebuild } from '../../src/baseline/rebuild.ts';
import { loadConfig } from '../../src/config/load.ts';
import { configOfBase } from '../../src/config/of-base.ts';
import type { Host } from '../../src/model/host.ts';
import { quietHost } from '../support/measured.ts';
import { endOf, ends, startProgram, written } from '../support/program.ts';
import { type Files, git, temporaryFolder, writeFiles } from '../support/temporary.ts';

const BUDGETS = { budgets: [{ files: 'dist/*.js', max: '10 kB' }], encodings: ['gzip'] };

/** A build without packages: what it writes tells which sources and which lockfile it has read. */
const BUILD = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
mkdirSync('dist', { recursive: true });
const { size } = JSON.parse(readFileSync('lock.json', 'utf8'));
writeFileSync('dist/app.js', readFileSync('source.txt', 'utf8') + 'x'.repeat(size));
`;
const COMMAND = 'node build.mjs';

let tmp = '';

// The system's temporary folder of this test: at its end nothing may be left in it.
beforeEach(async () => {
  tmp = await temporaryFolder();
  vi.stubEnv('TMPDIR', tmp);
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  return () => vi.unstubAllEnvs();
});

interface Repository {
  readonly root: string;
  readonly base: string;
}

/** Base with a lockfile of 100; head with one of 2,000 and a build of its own that git ignores. */
async function repository(files: Files = {}, prefix = ''): Promise<Repository> {
  const home = await realTemporaryFolder();
  const root = join(home, 'shop');
  const at = (path: string) => join(prefix, path);
  await writeFiles(root, {
    '.gitignore': 'dist/\n',
    [at('budgets.json')]: { budgets: [{ files: 'dist/*.js', max: '1 kB' }] },
    [at('build.mjs')]: BUILD,
    [at('lock.json')]: { size: 100 },
    [at('source.txt')]: 'base:',
    ...files,
  });
  await git(root, 'init', '-q');
  const base = await commitAll(root, 'base');
  await writeFiles(root, {
    [at('budgets.json')]: BUDGETS,
    [at('lock.json')]: { size: 2_000 },
    [at('source.txt')]: 'head:',
  });
  await commitAll(root, 'head');
  await writeFiles(root, { [at('dist/app.js')]: 'head', [at('dist/only-in-head.js')]: 'head' });
  return { root, base };
}

/** Beside the stubbed temporary folder, whose content is looked at. */
async function realTemporaryFolder(): Promise<string> {
  vi.stubEnv('TMPDIR', '/tmp');
  const folder = await temporaryFolder();
  vi.stubEnv('TMPDIR', tmp);
  return folder;
}

async function commitAll(root: string, message: string): Promise<string> {
  await git(root, 'add', '.');
  await git(root, 'commit', '-qm', message);
  return git(root, 'rev-parse', 'HEAD');
}

async function run(
  { root, base }: Repository,
  given: Partial<RebuildRequest> & { folder?: string; host?: Host } = {},
) {
  const { host = quietHost(), folder = root, ...rest } = given;
  const output: string[] = [];
  const config = await loadConfig(null, folder, host);
  const request: RebuildRequest = {
    commit: base,
    command: COMMAND,
    timeout: 60_000,
    config,
    readConfig: (at) => configOfBase(config, at, host),
    onOutput: (text) => output.push(text),
    ...rest,
  };
  const snapshot = await rebuild(request, host);
  return { snapshot, output: output.join('') };
}

/** All that git knows of a checkout, and that a rebuild could have changed. */
async function stateOf(root: string) {
  const own = await git(root, 'rev-parse', '--absolute-git-dir');
  return {
    status: await git(root, 'status', '--porcelain=v2', '--branch', '--ignored'),
    index: await git(root, 'ls-files', '--stage', '--debug'),
    refs: await git(root, 'for-each-ref'),
    reflog: await git(root, 'reflog', '--all'),
    stash: await git(root, 'stash', 'list'),
    worktrees: await git(root, 'worktree', 'list', '--porcelain'),
    config: await readFile(
      join(await git(root, 'rev-parse', '--git-common-dir'), 'config'),
      'utf8',
    ).catch(() => readFile(join(root, '.git/config'), 'utf8')),
    files: (await readdir(own)).sort(),
    working: await readdir(root),
  };
}

async function failureOf(task: Promise<unknown>) {
  const failure = await task.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ name: 'UserError', code: 'rebuild-failed' });
  return failure as { readonly message: string; readonly hint: string };
}

describe('what is built', () => {
  it('is base with its own lockfile, measured by the budgets of head', async () => {
    const repo = await repository();
    const { snapshot } = await run(repo);
    expect(snapshot).toMatchObject({ commit: repo.base, project: '.' });
    expect(snapshot.assets).toMatchObject([{ path: 'dist/app.js', raw: 'base:'.length + 100 }]);
    expect(snapshot.tracked.encodings).toContain('gzip');
    expect(snapshot.tracked.encodings).not.toContain('brotli');
  });

  it('has the limits that base has before its build, whose command may be the change’s own', async () => {
    const { snapshot } = await run(await repository(), {
      command: `${COMMAND} && sed -i 's/1 kB/9 kB/' budgets.json`,
    });
    expect(snapshot.budgets).toMatchObject([{ limits: { max: { value: 1_000 } } }]);
  });

  it('has the limits of base, so that loosening them is seen', async () => {
    const { snapshot } = await run(await repository());
    expect(snapshot.budgets).toMatchObject([
      { name: 'dist/*.js', limits: { max: { value: 1_000 } } },
    ]);
  });

  it.each([
    ['none', '.gitignore', ''],
    ['one that cannot be read', 'budgets.json', '{ "budgets": 7 }'],
  ])('has no limits where base has no budgets file: %s', async (_, file, text) => {
    const repo = await repository({ 'budgets.json': '', [file]: text });
    const { snapshot } = await run(repo);
    expect(snapshot).toMatchObject({ budgets: [], rules: { relaxing: 'warn', waivers: [] } });
    expect(snapshot.tracked.files).not.toEqual([]);
  });

  it.each([
    ['an export', 'export const a = 1;'],
    ['a package', 'export const a = 1; export { b } from "gone";'],
    ['what can be parsed', 'export const = 1;'],
  ])(
    'has no measurement of an import for which it lacks %s, and the others',
    async (_what, code) => {
      const repo = await repository({ 'lib.js': code, 'old.js': 'export const old = 1;' });
      const fresh = { import: '{ b }', from: './lib.js', max: '1 kB' };
      const old = { import: '{ old }', from: './old.js', max: '1 kB' };
      await mkdir(join(repo.root, 'node_modules'));
      await symlink(resolve('node_modules/esbuild'), join(repo.root, 'node_modules/esbuild'));
      const command = `${COMMAND} && ln -s ${resolve('node_modules')} node_modules`;
      await writeFiles(repo.root, {
        'budgets.json': { budgets: [fresh, old], encodings: ['raw'] },
      });
      const { snapshot } = await run(repo, { command });
      expect(snapshot.measurements.map(({ subject }) => subject)).toEqual([
        'import { old } from "./old.js"',
      ]);
      expect(snapshot.tracked.reports).toHaveLength(1);
      await writeFiles(repo.root, { 'budgets.json': { budgets: [fresh], encodings: ['raw'] } });
      expect((await run(repo, { command })).snapshot.measurements).toEqual([]);
    },
  );

  it('has no file that git ignores', async () => {
    const repo = await repository();
    const { snapshot } = await run(repo, { command: 'test ! -e dist && node build.mjs' });
    expect(snapshot.assets.map(({ path }) => path)).toEqual(['dist/app.js']);
    expect(await readFile(join(repo.root, 'dist/app.js'), 'utf8')).toBe('head');
  });

  it('stands in a folder of the same name outside the checkout', async () => {
    const repo = await repository();
    const { output } = await run(repo, { command: `pwd; ${COMMAND}` });
    expect(basename(output.trim())).toBe('shop');
    expect(output.startsWith(tmp)).toBe(true);
  });

  it('is the package of the budgets file, in the folder that it has in base', async () => {
    const repo = await repository({ 'lock.json': { size: 1 } }, 'packages/web app');
    const folder = join(repo.root, 'packages/web app');
    const { snapshot } = await run(repo, { folder });
    expect(snapshot.project).toBe('packages/web app');
    expect(snapshot.assets).toMatchObject([{ path: 'dist/app.js', raw: 105 }]);
  });

  it('keeps the name that head gives the project', async () => {
    const repo = await repository();
    await writeFiles(repo.root, { 'budgets.json': { ...BUDGETS, project: 'web' } });
    expect((await run(repo)).snapshot.project).toBe('web');
  });

  it('is said to be that commit, whatever the build does to its checkout', async () => {
    const repo = await repository();
    const settings = '-c user.name=a -c user.email=b@example.org';
    const command = `${COMMAND} && git ${settings} commit --allow-empty -qm release`;
    expect((await run(repo, { command })).snapshot.commit).toBe(repo.base);
  });

  it('is what head is built from where head is a worktree itself', async () => {
    const repo = await repository();
    const linked = join(await realTemporaryFolder(), 'linked');
    await git(repo.root, 'worktree', 'add', '-q', '--detach', linked);
    const before = await stateOf(linked);
    const { snapshot } = await run({ ...repo, root: linked });
    expect(snapshot.assets).toMatchObject([{ raw: 105 }]);
    expect(await stateOf(linked)).toEqual(before);
    expect(await readdir(join(repo.root, '.git/worktrees'))).toEqual(['linked']);
  });

  it('can be two at once', async () => {
    const repo = await repository();
    const command = `node -e "setTimeout(() => {}, 700)" && ${COMMAND}`;
    const both = await Promise.all([run(repo, { command }), run(repo, { command })]);
    for (const { snapshot } of both) expect(snapshot.assets).toMatchObject([{ raw: 105 }]);
    await expectNothingLeft(repo);
  });
});

async function expectNothingLeft({ root }: Repository): Promise<void> {
  expect(await readdir(tmp)).toEqual([]);
  expect((await git(root, 'worktree', 'list')).split('\n')).toHaveLength(1);
  expect(await readdir(join(root, '.git/worktrees')).catch(() => [])).toEqual([]);
}

describe('the checkout of head', () => {
  it('stays as it is, however unfinished', async () => {
    const repo = await repository({ 'tracked.txt': 'one', 'staged.txt': 'one' });
    await writeFiles(repo.root, { 'tracked.txt': 'stashed' });
    await git(repo.root, 'stash');
    await writeFiles(repo.root, { 'staged.txt': 'two', 'new.txt': 'new' });
    await git(repo.root, 'add', 'staged.txt');
    await writeFiles(repo.root, { 'staged.txt': 'three', 'tracked.txt': 'two' });
    const before = await stateOf(repo.root);
    await run(repo);
    await failureOf(run(repo, { command: 'false' }));
    expect(await stateOf(repo.root)).toEqual(before);
    expect(await readFile(join(repo.root, 'staged.txt'), 'utf8')).toBe('three');
    await expectNothingLeft(repo);
  });

  it('stays as it is in a hook, where git says by variables what is meant', async () => {
    const repo = await repository({ 'only-in-base.txt': 'x' });
    await git(repo.root, 'rm', '-q', 'only-in-base.txt');
    const before = await stateOf(repo.root);
    vi.stubEnv('GIT_INDEX_FILE', join(repo.root, '.git/index'));
    vi.stubEnv('GIT_DIR', join(repo.root, '.git'));
    vi.stubEnv('GIT_WORK_TREE', repo.root);
    const { output } = await run(repo, { command: `git ls-files; ${COMMAND}` });
    for (const name of ['GIT_INDEX_FILE', 'GIT_DIR', 'GIT_WORK_TREE']) vi.stubEnv(name, undefined);
    expect(output).toContain('only-in-base.txt');
    expect(await stateOf(repo.root)).toEqual(before);
    await expectNothingLeft(repo);
  });

  it('runs no hook of its own for base', async () => {
    const repo = await repository();
    const hook = join(repo.root, '.git/hooks/post-checkout');
    await mkdir(join(repo.root, '.git/hooks'), { recursive: true });
    await writeFile(hook, '#!/bin/sh\nexit 1\n');
    await chmod(hook, 0o755);
    expect((await run(repo)).snapshot.assets).toHaveLength(1);
  });

  it('keeps the worktrees of the user, though their folders are not there today', async () => {
    const repo = await repository();
    const away = join(tmp, 'away');
    await git(repo.root, 'worktree', 'add', '-q', '--detach', away);
    await rename(away, `${away}-unplugged`);
    await run(repo);
    await rename(`${away}-unplugged`, away);
    expect(await git(away, 'status', '--porcelain')).toBe('');
  });
});

describe('what is left behind', () => {
  it.each([
    ['a build that fails', 'node build.mjs && false'],
    ['nothing to measure', 'true'],
    ['a checkout that the build has broken', 'rm -rf .git; node build.mjs; false'],
    ['another repository in its place', 'rm -rf .git; git init -q; false'],
    ['a lock', 'git worktree lock .; false'],
    ['a folder that is gone', 'rm -rf "$PWD"; false'],
  ])('is nothing after %s', async (_, command) => {
    const repo = await repository();
    await failureOf(run(repo, { command }));
    await expectNothingLeft(repo);
  });

  it('is forgotten by the next run where a process had no chance to tidy', async () => {
    const repo = await repository();
    const child = await startRebuild(repo, 'sleep 600');
    const pid = Number(await written(join(tmp, 'pid')));
    child.kill('SIGKILL');
    await endOf(child);
    process.kill(-pid, 'SIGKILL');
    await rm(join(tmp, 'pid'));
    expect(await readdir(tmp)).toHaveLength(1);
    expect(await git(repo.root, 'worktree', 'list')).toContain(tmp);
    await run(repo);
    await expectNothingLeft(repo);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('is nothing when %s ends us', async (signal) => {
    const repo = await repository();
    const before = await stateOf(repo.root);
    const child = await startRebuild(repo, 'sleep 600 & node build.mjs; wait');
    const pid = Number(await written(join(tmp, 'pid')));
    child.kill(signal);
    expect(await endOf(child)).toBe(signal);
    expect(await ends(pid)).toBe(true);
    await rm(join(tmp, 'pid'));
    await expectNothingLeft(repo);
    expect(await stateOf(repo.root)).toEqual(before);
  });

  it('is nothing when we are ended while git checks base out', async () => {
    const repo = await repository({ '.gitattributes': 'source.txt filter=slow\n' });
    const slow = `sh -c "echo \\$\\$ > '${tmp}/pid'; sleep 600"`;
    await git(repo.root, 'config', 'filter.slow.smudge', slow);
    const child = await startRebuild(repo, COMMAND);
    await written(join(tmp, 'pid'));
    child.kill('SIGTERM');
    expect(await endOf(child)).toBe('SIGTERM');
    await rm(join(tmp, 'pid'));
    await expectNothingLeft(repo);
  });
});

/** A rebuild in a process of its own; the build's number is in `pid` as soon as it runs. */
async function startRebuild({ root, base }: Repository, command: string) {
  const noted = `echo $$ > '${tmp}/pid'; ${command}`;
  return startProgram(`
    import { rebuild } from './src/baseline/rebuild.ts';
    import { loadConfig } from './src/config/load.ts';
    import { nodeHost } from './src/host/node.ts';
    const host = nodeHost({ progress: () => {} });
    const config = await loadConfig(null, ${JSON.stringify(root)}, host);
    const command = ${JSON.stringify(noted)};
    await rebuild(
      { commit: '${base}', command, timeout: 60_000, config, readConfig: async () => null, onOutput: () => {} }, host,
    );
  `);
}

describe('the environment', () => {
  it('holds no secrets, and no way back to head', async () => {
    const repo = await repository();
    const bin = await realTemporaryFolder();
    await writeFiles(bin, { 'node_modules/.bin/tool': '#!/bin/sh\n' });
    await chmod(join(bin, 'node_modules/.bin/tool'), 0o755);
    vi.stubEnv('PATH', `${bin}/node_modules/.bin:${process.env.PATH}`);
    vi.stubEnv('GITHUB_TOKEN', 'hidden');
    vi.stubEnv('INPUT_TOKEN', 'hidden');
    vi.stubEnv('GITHUB_OUTPUT', '/hidden');
    vi.stubEnv('GITHUB_WORKSPACE', repo.root);
    vi.stubEnv('KEPT', 'kept');
    const { output } = await run(repo, {
      command: `env; command -v tool; ${COMMAND} && test -f "$GITHUB_WORKSPACE/dist/app.js"`,
    });
    expect(output).toContain('KEPT=kept');
    expect(output).not.toMatch(/hidden|\.bin\/tool/);
    expect(output).not.toContain(repo.root);
  });
});

describe('a failure', () => {
  it('says which commit, which command, its code and its last lines', async () => {
    const repo = await repository();
    const lines = 'for n in $(seq 1 60); do echo "line $n"; done';
    const command = `${lines}; printf '\\033[31mbroken\\033[0m \\007\\n' >&2; exit 3`;
    const output: string[] = [];
    const onOutput = (text: string) => output.push(text);
    const { message, hint } = await failureOf(run(repo, { command, onOutput }));
    expect(message).toContain(repo.base.slice(0, 8));
    expect(message).toContain('exit 3` ended with code 3:\n');
    const shown = message.split('\n').slice(1);
    expect(shown).toHaveLength(40);
    expect(shown.at(0)).toBe('  line 22');
    expect(shown.at(-1)).toBe('  broken \\u{7}');
    expect(hint).toContain('fresh clone');
    expect(output.join('')).toContain('line 1\n');
    expect(output.join('')).toContain('\u001b[31mbroken');
  });

  it('names what was withheld', async () => {
    const repo = await repository();
    vi.stubEnv('NODE_AUTH_TOKEN', 'hidden');
    const { message, hint } = await failureOf(run(repo, { command: 'exit 1' }));
    expect(hint).toContain('NODE_AUTH_TOKEN');
    expect(message).toContain('wrote nothing');
    expect(message + hint).not.toContain('hidden');
  });

  it('says that the time was out, and how to get more', async () => {
    const repo = await repository();
    const command = 'echo installing; sleep 600';
    const { message, hint } = await failureOf(run(repo, { command, timeout: 1_500 }));
    expect(message).toContain('took longer than 1.5 s:\n  installing');
    expect(hint).toContain('buildTimeout');
    await expectNothingLeft(repo);
  });

  it('says of base that nothing matches, and never to build head first', async () => {
    const repo = await repository();
    const { message, hint } = await failureOf(run(repo, { command: 'mkdir out' }));
    expect(message).toContain(`Base ${repo.base.slice(0, 8)}`);
    expect(message).toContain('no file of it matches the budgets of budgets.json');
    expect(message + hint).not.toMatch(/build first/i);
  });

  it('names a report of base that cannot be read', async () => {
    const repo = await repository();
    await writeFiles(repo.root, {
      'budgets.json': { budgets: [{ custom: 'm.json', metric: 'start', max: '1 s' }] },
    });
    const { message } = await failureOf(run(repo, { command: 'printf "[" > m.json' }));
    expect(message).toContain(`Base ${repo.base.slice(0, 8)}`);
    expect(message).toContain('m.json');
  });

  it('says that a package is new', async () => {
    const repo = await repository();
    const folder = join(repo.root, 'packages/new');
    await writeFiles(folder, { 'budgets.json': BUDGETS });
    await commitAll(repo.root, 'new package');
    const { message } = await failureOf(run(repo, { folder }));
    expect(message).toContain('has no folder packages/new');
    await expectNothingLeft(repo);
  });

  it('says where there is no checkout', async () => {
    const folder = await realTemporaryFolder();
    await writeFiles(folder, { 'budgets.json': BUDGETS });
    const { message } = await failureOf(run({ root: folder, base: 'a'.repeat(40) }));

    expect(message).toBe('Base cannot be rebuilt outside a git checkout.');
  });

  it.each(['pull_request_target', 'workflow_run'])('starts nothing in %s', async (event) => {
    const repo = await repository();
    const host = { ...quietHost(), environment: { ...process.env, GITHUB_EVENT_NAME: event } };
    const command = `touch ${repo.root}/ran`;
    await expect(run(repo, { host, command })).rejects.toMatchObject({
      name: 'UserError',
      code: 'rebuild-refused',
    });
    expect(await readdir(repo.root)).not.toContain('ran');
  });
});

describe('a clone that lacks base', () => {
  async function clone(repo: Repository, ...options: string[]): Promise<string> {
    const root = join(await realTemporaryFolder(), 'shop');
    await git(tmp, 'clone', '-q', ...options, `file://${repo.root}`, root);
    return root;
  }

  it('gets it where the clone is shallow', async () => {
    const repo = await repository();
    const root = await clone(repo, '--depth=1');
    const before = await stateOf(root);
    const { snapshot } = await run({ ...repo, root });
    expect(snapshot.assets).toMatchObject([{ raw: 105 }]);
    expect(await stateOf(root)).toEqual({ ...before, files: expect.anything() });
    expect(await git(root, 'rev-list', '--count', 'HEAD')).toBe('1');
  });

  it('stays whole where it was', async () => {
    const repo = await repository();
    const root = await clone(repo);
    await git(repo.root, 'checkout', '-q', '-b', 'other', repo.base);
    await writeFiles(repo.root, { 'source.txt': 'other base:' });
    const base = await commitAll(repo.root, 'other base');
    const { snapshot } = await run({ root, base });
    expect(snapshot.assets).toMatchObject([{ raw: 111 }]);
    expect(await git(root, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });

  it('says why it cannot be had', async () => {
    const repo = await repository();
    const root = await clone(repo, '--depth=1');
    await rename(repo.root, `${repo.root}-gone`);
    const { message, hint } = await failureOf(run({ ...repo, root }));
    expect(message).toContain(repo.base.slice(0, 8));
    expect(message).toMatch(/shop' does not (?:appear|exist)/);
    expect(hint).toContain('fetch-depth: 0');
    expect(await readdir(tmp)).toEqual([]);
  });

  it('says so where there is nowhere to get it from', async () => {
    const repo = await repository();
    const { message } = await failureOf(run({ ...repo, base: 'a'.repeat(40) }));
    expect(message).toContain('aaaaaaaa');
    expect(message).toContain('no remote');
  });
});

describe('checkouts of other kinds', () => {
  it('sparse: base has the folders that head has', async () => {
    const repo = await repository({ 'docs/large.txt': 'x' }, 'web');
    await git(repo.root, 'sparse-checkout', 'set', 'web');
    const command = `${COMMAND} && test ! -e ../docs`;
    const { snapshot } = await run(repo, { folder: join(repo.root, 'web'), command });
    expect(snapshot.assets).toMatchObject([{ raw: 105 }]);
    await expectNothingLeft(repo);
  });

  it('submodules: base has those that head has, as they were', async () => {
    const library = join(await realTemporaryFolder(), 'library');
    await writeFiles(library, { 'lock.json': { size: 7 } });
    await git(library, 'init', '-q');
    await commitAll(library, 'library');
    const local = ['-c', 'protocol.file.allow=always'];
    const home = await repository();
    await git(home.root, ...local, 'submodule', '--quiet', 'add', library, 'library');
    await git(home.root, ...local, 'submodule', '--quiet', 'add', library, 'unused');
    const base = await commitAll(home.root, 'submodules');
    await git(home.root, 'submodule', '--quiet', 'deinit', '-f', 'unused');
    await writeFiles(library, { 'lock.json': { size: 9 } });
    await commitAll(library, 'library grows');
    await git(join(home.root, 'library'), 'pull', '-q');
    await commitAll(home.root, 'newer library');
    const real = quietHost();
    const host: Host = { ...real, git: (args, request) => real.git([...local, ...args], request) };
    const command = 'test ! -e unused/lock.json && cp library/lock.json . && node build.mjs';
    const before = await stateOf(home.root);
    const { snapshot } = await run({ ...home, base }, { command, host });
    expect(snapshot.assets).toMatchObject([{ raw: 'head:'.length + 7 }]);
    expect(await stateOf(home.root)).toEqual(before);
    await expectNothingLeft(home);
  });

  it('reached by a link', async () => {
    const repo = await repository();
    const link = join(await realTemporaryFolder(), 'link');
    await symlink(repo.root, link);
    expect((await run({ ...repo, root: link })).snapshot.assets).toMatchObject([{ raw: 105 }]);
  });
});
