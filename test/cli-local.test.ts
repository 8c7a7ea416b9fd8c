import { execFile } from 'node:child_process';
import { access, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/model/report.ts';
import { bytes } from './support/build.ts';
import { type Ran, fromSource as run } from './support/doors.ts';
import { git, temporaryFolder, writeFiles } from './support/temporary.ts';

const BUILD = 'echo building && mkdir -p dist && cp src/*.js dist/';
const LIMITS = { max: '10 kB', maxIncrease: '500 B' };

function budgets(baseline: object = {}, limits: object = LIMITS) {
  return {
    encodings: ['raw'],
    budgets: [{ name: 'All', files: 'dist/*.js', ...limits }],
    baseline,
  };
}

/** A remote with two commits on `main`, and a clone of it whose `main` is built. */
async function shop(config: object = budgets()): Promise<{ remote: string; folder: string }> {
  const first = await temporaryFolder({
    'budgets.json': config,
    '.gitignore': 'dist\n',
    'src/app.js': bytes(1_000),
  });
  await git(first, 'init', '--quiet');
  await commit(first, 'first');
  await commit(first, 'second', { 'src/app.js': bytes(2_000) });
  const folder = await temporaryFolder();
  await git(folder, 'clone', '--quiet', '--bare', first, 'shop.git');
  await git(folder, 'clone', '--quiet', 'shop.git', 'clone');
  const cloned = join(folder, 'clone');
  await build(cloned);
  return { remote: join(folder, 'shop.git'), folder: cloned };
}

/** Commits what is there, with these files; gives the commit. */
async function commit(folder: string, name: string, files: Record<string, unknown> = {}) {
  await writeFiles(folder, files);
  await git(folder, 'add', '.');
  await git(folder, 'commit', '--quiet', '--allow-empty', '-m', name);
  return git(folder, 'rev-parse', 'HEAD');
}

async function build(folder: string): Promise<void> {
  await rm(join(folder, 'dist'), { recursive: true, force: true });
  await promisify(execFile)('sh', ['-c', BUILD], { cwd: folder });
}

/** Goes on to a branch with an app of another size, committed and built. */
async function change(folder: string, size = 2_400, branch = 'feature'): Promise<string> {
  await git(folder, 'checkout', '--quiet', '-b', branch);
  const head = await commit(folder, 'change', { 'src/app.js': bytes(size) });
  await build(folder);
  return head;
}

async function record(folder: string, ...args: string[]): Promise<string> {
  const ran = await run(folder, ['record', ...args]);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^Recorded [0-9a-f]{7}(?: of (?!\. )\S+)? in the .* store\.\n$/);
  return git(folder, 'rev-parse', 'HEAD');
}

/** What a check tells, as data. */
async function checked(cwd: string, ...args: string[]) {
  const ran = await run(cwd, ['--report', 'json', ...args]);
  expect(ran.stderr).not.toContain('has a bug');
  const report = JSON.parse(ran.stdout) as Report;
  const { base } = report.comparison;
  const absence = report.meta.noBaseline;
  const delta = report.comparison.changes.reduce((sum, one) => sum + (one.delta ?? 0), 0);
  return { code: ran.code, stderr: ran.stderr, report, base, absence, delta };
}

function expectRefusal({ code, stdout, stderr }: Ran, ...words: string[]): void {
  expect(stderr).not.toContain('has a bug');
  for (const word of words) expect(stderr).toContain(word);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('what did my change do', () => {
  it('is answered by one command, which says what it has compared with', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    await change(folder);
    const found = await checked(folder);
    expect(found).toMatchObject({
      code: 0,
      stderr: '',
      base: { commit: base, provenance: 'exact', how: 'merge-base', distance: 0, store: 'file' },
      absence: null,
      delta: 400,
    });
    const { stdout } = await run(folder, []);
    const words = `Compared with ${base.slice(0, 7)}, the merge base, kept by the file store.`;
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(words);
    expect(stdout).toContain('+400 B');
  });

  it('is red where the change is over its limit', async () => {
    const { folder } = await shop();
    await record(folder);
    await change(folder, 2_501);
    expect(await checked(folder)).toMatchObject({ code: 1, delta: 501 });
  });

  it('is about the change alone, after main has moved on (trap: its tip was compared with)', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    await change(folder);
    await git(folder, 'checkout', '--quiet', 'main');
    await commit(folder, 'others', { 'src/other.js': bytes(5_000) });
    await build(folder);
    await record(folder);
    await git(folder, 'push', '--quiet');
    await git(folder, 'checkout', '--quiet', 'feature');
    await build(folder);
    expect(await checked(folder)).toMatchObject({ base: { commit: base }, delta: 400 });
  });

  it('is about what is not committed, on main itself', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    await writeFiles(folder, { 'src/app.js': bytes(2_100) });
    await build(folder);
    expect(await checked(folder)).toMatchObject({
      base: { commit: base, provenance: 'exact' },
      delta: 100,
    });
  });

  it('is answered on a detached HEAD', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    await git(folder, 'checkout', '--quiet', '--detach');
    await commit(folder, 'detached', { 'src/app.js': bytes(2_300) });
    await build(folder);
    expect(await checked(folder)).toMatchObject({ base: { commit: base }, delta: 300 });
  });

  it('is answered in another worktree: they share the memory', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    const other = join(await temporaryFolder(), 'other');
    await git(folder, 'worktree', 'add', '--quiet', '-b', 'feature', other);
    await commit(other, 'change', { 'src/app.js': bytes(2_200) });
    await build(other);
    expect(await checked(other)).toMatchObject({ base: { commit: base }, delta: 200 });
    const head = await record(other);
    await git(folder, 'checkout', '--quiet', '--detach', head);
    await build(folder);
    expect(await checked(folder, '--base', 'HEAD')).toMatchObject({
      base: { commit: head, provenance: 'exact', how: 'ref' },
      delta: 0,
    });
  });

  it('is answered by an ancestor of base, and how far back it is', async () => {
    const { folder } = await shop();
    const ancestor = await record(folder);
    await commit(folder, 'others', { 'src/other.js': bytes(300) });
    await git(folder, 'push', '--quiet');
    await change(folder, 2_900);
    const found = await checked(folder);
    expect(found).toMatchObject({
      code: 0,
      base: { commit: ancestor, provenance: 'ancestor', distance: 1, isUntouched: false },
    });
    expect(found.report.verdict.findings).toContainEqual(
      expect.objectContaining({ rule: 'max-increase', status: 'warn', reason: 'ancestor' }),
    );
  });
});

describe('--build', () => {
  it('builds base once: the next run finds its record', async () => {
    const { folder } = await shop();
    const base = await git(folder, 'rev-parse', 'HEAD');
    await change(folder);
    const first = await checked(folder, '--build', BUILD);
    expect(first).toMatchObject({ code: 0, base: { commit: base, provenance: 'rebuilt' } });
    expect(first).toMatchObject({ delta: 400, stderr: expect.stringContaining('building') });
    const second = await checked(folder, '--build', BUILD);
    expect(second).toMatchObject({ base: { commit: base, provenance: 'exact', store: 'file' } });
    expect(second).toMatchObject({ delta: 400, stderr: '' });
    expect(await git(folder, 'status', '--porcelain')).toBe('');
    expect((await git(folder, 'worktree', 'list')).split('\n')).toHaveLength(1);
  });

  it('builds base where no limit is on changes, too: it was asked for', async () => {
    const { folder } = await shop(budgets({}, { max: '10 kB' }));
    await change(folder);

    expect(await checked(folder)).toMatchObject({ base: null });
    expect(await checked(folder, '--build', BUILD)).toMatchObject({
      code: 0,
      base: { provenance: 'rebuilt' },
      delta: 400,
    });
  });

  it('may stand in the budgets file, and is quiet where it is told to be', async () => {
    const { folder } = await shop(budgets({ build: BUILD }));
    await change(folder, 2_100);
    const found = await checked(folder, '--quiet');
    expect(found).toMatchObject({ base: { provenance: 'rebuilt' }, delta: 100, stderr: '' });
  });

  it('is remembered here, wherever records are kept', async () => {
    const { folder } = await shop(budgets({ stores: ['git'] }));
    await change(folder);
    await checked(folder, '--build', BUILD);
    const second = await checked(folder);
    expect(second.base).toMatchObject({ provenance: 'exact', store: 'file' });
    expect(await git(folder, 'ls-remote', 'origin', 'refs/weighbridge/*')).toBe('');
  });

  it('that fails is no report, as it was asked for', async () => {
    const { folder } = await shop();
    await change(folder);
    const ran = await run(folder, ['--build', 'exit 3']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('ended with code 3');
  });

  it('that fails where the budgets file says it is said, and is no adoption', async () => {
    const { folder } = await shop(budgets({ build: 'exit 3' }));
    await change(folder);
    const found = await checked(folder, '--strict');
    expect(found).toMatchObject({ code: 1, base: null });
    expect(found.absence).toContain('ended with code 3');
    expect(found.absence).not.toContain('No baseline yet');
    await expect(access(join(folder, '.git/weighbridge'))).rejects.toThrow();
  });
});

describe('a project that a change calls something else', () => {
  const kept = { stores: ['git'] };
  const strictly = (limits: object, rest: object = {}) => ({
    ...budgets(kept, limits),
    relaxing: 'fail',
    ...rest,
  });

  it('has its baseline all the same: no change can shake it off', async () => {
    const { folder } = await shop(strictly(LIMITS));
    const base = await record(folder);
    await change(folder, 4_000);
    await writeFiles(folder, {
      'budgets.json': strictly({ max: '50 kB', maxIncrease: '9 kB' }, { project: 'other' }),
    });
    const found = await checked(folder);

    expect(found).toMatchObject({ code: 1, base: { commit: base, provenance: 'exact' } });
    expect(found.report.verdict.relaxed).toHaveLength(2);
    expect(found.report.meta.notes.join()).toContain('as "."');
  });

  it('has base built once, where that fails and its old name has no record either', async () => {
    const failing = (rest: object = {}) => ({
      ...budgets({ stores: ['git'], build: 'echo tried && exit 3' }),
      ...rest,
    });
    const { folder } = await shop(failing());
    await change(folder);
    await writeFiles(folder, { 'budgets.json': failing({ project: 'other' }) });
    const found = await checked(folder);

    expect(found).toMatchObject({ code: 0, base: null });
    expect(found.stderr.match(/tried/g)).toHaveLength(1);
  });

  it('and that is new has none', async () => {
    const { folder } = await shop(strictly(LIMITS));
    await record(folder);
    await writeFiles(folder, {
      'new/budgets.json': strictly(LIMITS),
      'new/dist/app.js': bytes(100),
    });
    const found = await checked(folder, '--config', 'new/budgets.json', '--strict');

    expect(found).toMatchObject({ code: 0, base: null });
  });
});

describe('no baseline', () => {
  it('yet: exit 0 with --strict too, and the way to one', async () => {
    const { folder } = await shop();
    await change(folder);
    const found = await checked(folder, '--strict');
    expect(found).toMatchObject({ code: 0, base: null, stderr: '' });
    expect(found.report.verdict.status).toBe('inconclusive');
    expect(found.absence).toMatch(/^No baseline yet: .*check --build/);
  });

  it('for this commit, though others have one: --strict is strict', async () => {
    const { folder } = await shop();
    await change(folder);
    await record(folder);
    const found = await checked(folder, '--strict');
    expect(found).toMatchObject({ code: 1, base: null });
    expect(found.absence).toMatch(/^No record of base, `[0-9a-f]{7}`/);
  });

  it('outside git: no command is offered that cannot work there', async () => {
    const folder = await temporaryFolder({ 'budgets.json': budgets(), 'dist/a.js': bytes(10) });
    const found = await checked(folder, '--strict');
    expect(found).toMatchObject({ code: 0, base: null });
    expect(found.absence).toContain('in no git checkout');
    expect(found.absence).toContain('--base FILE');
    expectRefusal(await run(folder, ['record']), 'git checkout that has a commit');
  });

  it('before the first commit', async () => {
    const folder = await temporaryFolder({ 'budgets.json': budgets(), 'dist/a.js': bytes(10) });
    await git(folder, 'init', '--quiet');
    expect((await checked(folder)).absence).toContain('HEAD has no commit yet');
    expectRefusal(await run(folder, ['record']), 'this folder has none');
  });

  it('in a shallow clone: says what is missing, and how to get it', async () => {
    const { remote, folder } = await shop();
    await change(folder);
    await git(folder, 'push', '--quiet', 'origin', 'feature');
    const shallow = join(await temporaryFolder(), 'shallow');
    const options = ['--quiet', '--depth=1', '--no-single-branch', '--branch=feature'];
    await git(folder, 'clone', ...options, `file://${remote}`, shallow);
    await build(shallow);
    for (const build of [[], ['--build', BUILD]]) {
      const found = await checked(shallow, ...build);
      expect(found).toMatchObject({ code: 0, base: null });
      // Before any advice to build base, which could not be found either.
      expect(found.absence).toMatch(
        /^The commit where HEAD, .* cannot be found\. This clone is shallow/,
      );
      expect(found.absence).toContain('git fetch --unshallow');
    }
    await git(shallow, 'fetch', '--quiet', '--unshallow');
    expect((await checked(shallow)).absence).toMatch(/^No baseline yet: make one with/);
    expect((await checked(shallow, '--build', BUILD)).base).toMatchObject({
      provenance: 'rebuilt',
    });
  });

  it('where the record is damaged, which is never read as none', async () => {
    const { folder } = await shop();
    const base = await record(folder);
    await change(folder);
    await writeFiles(folder, { [`.git/weighbridge/%2e/${base}.json`]: '{"schemaVersion":1' });
    const found = await checked(folder, '--strict');
    expect(found).toMatchObject({ code: 1, base: null });
    expect(found.absence).toContain('No usable record of base');
    expect(found.absence).toContain(`${base}.json`);
    expect(found.absence).not.toContain('No baseline yet');
    const mended = await checked(folder, '--build', BUILD);
    expect(mended).toMatchObject({ base: { provenance: 'rebuilt' } });
    expect(mended.report.meta.notes).toEqual([expect.stringContaining(`${base}.json`)]);
    const next = await checked(folder);
    expect(next).toMatchObject({ base: { provenance: 'exact' }, report: { meta: { notes: [] } } });
  });
});

describe('--base REF', () => {
  it.each(['main', 'origin/main', 'v1', 'HEAD~1', 'feature~1'])('%s', async (ref) => {
    const { folder } = await shop();
    const base = await record(folder);
    await git(folder, 'tag', 'v1');
    await change(folder);
    expect(await checked(folder, '--base', ref)).toMatchObject({
      base: { commit: base, provenance: 'exact', how: 'ref' },
      delta: 400,
    });
    expect((await checked(folder, `--base=${base.slice(0, 10)}`)).base?.commit).toBe(base);
  });

  it('is that very commit, not where head left it', async () => {
    const { folder } = await shop();
    await record(folder);
    await change(folder);
    await git(folder, 'checkout', '--quiet', 'main');
    const tip = await commit(folder, 'others', { 'src/app.js': bytes(2_700) });
    await build(folder);
    await record(folder);
    await git(folder, 'checkout', '--quiet', 'feature');
    await build(folder);
    expect(await checked(folder, '--base', 'main')).toMatchObject({
      base: { commit: tip },
      delta: 2_400 - 2_700,
    });
  });

  it.each(['mian', 'refs/heads/gone', '0'.repeat(40), 'HEAD~99'])(
    '%s: exit 2, for there is no such commit',
    async (ref) => {
      const { folder } = await shop();
      expectRefusal(await run(folder, ['--base', ref]), ref, 'git fetch');
    },
  );
});

describe('record', () => {
  it.each([
    ['a changed file', (at: string) => writeFiles(at, { 'src/app.js': 'x' }), 'src/app.js'],
    ['an untracked file', (at: string) => writeFiles(at, { 'src/new.js': 'x' }), 'src/new.js'],
    ['a deleted file', (at: string) => rm(join(at, 'src/app.js')), 'src/app.js'],
    ['a staged file', (at: string) => stage(at, { 'src/b.js': 'x' }), 'src/b.js'],
  ])('refuses a tree with %s, and keeps nothing', async (_, touch, name) => {
    const { folder } = await shop();
    await touch(folder);
    expectRefusal(await run(folder, ['record']), 'The tree is not clean', name, 'Commit or stash');
    await expect(access(join(folder, '.git/weighbridge'))).rejects.toThrow();
  });

  it('sees an untracked file although git was told to hide them', async () => {
    const { folder } = await shop();
    await git(folder, 'config', 'status.showUntrackedFiles', 'no');
    await writeFiles(folder, { 'src/new.js': 'x' });
    expectRefusal(await run(folder, ['record']), 'src/new.js');
  });

  it('in a folder of the repository sees all of it: a build may read from anywhere', async () => {
    const { folder } = await shop();
    await commit(folder, 'web', { 'web/budgets.json': budgets(), 'web/a.txt': '' });
    await writeFiles(folder, { 'web/dist/a.js': 'x', 'shared.js': 'x' });
    expectRefusal(await run(join(folder, 'web'), ['record']), 'shared.js');
  });

  it('judges nothing: a broken budget is recorded as well', async () => {
    const { folder } = await shop(budgets({}, { max: 1 }));
    await record(folder);
    expect((await run(folder, ['--base', 'none'])).code).toBe(1);
  });

  it('is quiet when told to, and takes no more words', async () => {
    const { folder } = await shop();
    expect(await run(folder, ['record', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expectRefusal(await run(folder, ['record', 'main']), '"main" is more than `record` takes');
  });

  it('is the only command that keeps: a plain check saves nothing', async () => {
    const { folder } = await shop();
    await change(folder);
    await run(folder, ['check']);
    await expect(access(join(folder, '.git/weighbridge'))).rejects.toThrow();
    expect(await git(folder, 'for-each-ref', 'refs/weighbridge', 'refs/weighbridge-seen')).toBe('');
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });
});

async function stage(folder: string, files: Record<string, unknown>): Promise<void> {
  await writeFiles(folder, files);
  await git(folder, 'add', '.');
}

describe('two projects of one repository', () => {
  it('share no record, and each its own', async () => {
    const web = { 'web/budgets.json': budgets(), 'web/.gitignore': 'dist\n' };
    const api = { 'api/budgets.json': budgets(), 'api/.gitignore': 'dist\n' };
    const { folder } = await shop();
    await commit(folder, 'projects', { ...web, ...api });
    await git(folder, 'push', '--quiet');
    await writeFiles(folder, { 'web/dist/a.js': bytes(100), 'api/dist/a.js': bytes(900) });
    await record(join(folder, 'web'));
    expect(await checked(join(folder, 'web'))).toMatchObject({ delta: 0, absence: null });
    expect((await checked(join(folder, 'api'))).absence).toMatch(/^No baseline yet/);
    await record(join(folder, 'api'));
    await writeFiles(folder, { 'web/dist/a.js': bytes(101), 'api/dist/a.js': bytes(902) });
    expect(await checked(join(folder, 'web'))).toMatchObject({ delta: 1 });
    expect(await checked(join(folder, 'api'))).toMatchObject({ delta: 2 });
  });
});

describe('other stores', () => {
  it('a folder of the checkout, whose records make no tree dirty', async () => {
    const { folder } = await shop(budgets({ stores: [{ file: '.weighbridge' }] }));
    const base = await record(folder);
    expect(await readdir(join(folder, '.weighbridge/%2e'))).toEqual([`${base}.json`]);
    await record(folder);
    await change(folder);
    expect(await checked(folder)).toMatchObject({ base: { commit: base, store: 'file' } });
  });

  it('a folder outside the checkout', async () => {
    const { folder } = await shop(budgets({ stores: [{ file: '../records' }] }));
    const base = await record(folder);
    await change(folder);
    expect(await checked(folder)).toMatchObject({ base: { commit: base, store: 'file' } });
  });

  it('a ref of the remote, which every clone sees', async () => {
    const { remote, folder } = await shop(budgets({ stores: ['git'] }));
    const base = await record(folder);
    expect(await git(remote, 'for-each-ref', '--format=%(refname)', 'refs/weighbridge')).toBe(
      'refs/weighbridge/baselines',
    );
    const other = join(await temporaryFolder(), 'other');
    await git(folder, 'clone', '--quiet', remote, other);
    await change(other);
    expect(await checked(other)).toMatchObject({
      base: { commit: base, provenance: 'exact', store: 'git refs/weighbridge/baselines' },
      delta: 400,
    });
  });

  it('a remote that is gone is said by name, and is no adoption', async () => {
    const { remote, folder } = await shop(budgets({ stores: ['git'] }));
    const other = join(await temporaryFolder(), 'other');
    await git(folder, 'clone', '--quiet', remote, other);
    await record(folder);
    await change(other);
    await rename(remote, `${remote}-away`);
    const found = await checked(other, '--strict');
    expect(found).toMatchObject({ code: 1, base: null });
    expect(found.absence).toContain('git refs/weighbridge/baselines');
    expect(found.absence).not.toContain('No baseline yet');
    const ran = await run(other, ['record']);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain('No store took the record');
  });

  it('a ref that was seen before serves without its remote, and says so', async () => {
    const { remote, folder } = await shop(budgets({ stores: ['git'] }));
    const base = await record(folder);
    const other = join(await temporaryFolder(), 'other');
    await git(folder, 'clone', '--quiet', remote, other);
    await change(other);
    const online = await checked(other);
    await rename(remote, `${remote}-away`);
    const offline = await checked(other);

    const store = 'git refs/weighbridge/baselines';
    expect(offline).toMatchObject({ code: 0, base: { commit: base, provenance: 'exact', store } });
    expect(offline.delta).toBe(online.delta);
    expect(online.report.meta.notes).toEqual([]);
    expect(offline.report.meta.notes).toEqual([
      expect.stringMatching(
        /^Store git refs\/weighbridge\/baselines: .* cannot be reached: .* What this clone has seen of it last is used\.$/,
      ),
    ]);
    // What is not in it may have been written since: absent is not known.
    await git(other, 'checkout', '--quiet', '--detach', 'HEAD~2');
    await git(other, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    const lacking = await checked(other);
    expect(lacking.base).toBeNull();
    expect(lacking.absence).toMatch(/^No usable record of base/);
    expect((await run(other, ['record'])).code).toBe(2);
  });

  it('artifacts are for runs: here the store beside them serves, alone they are said to be none', async () => {
    const both = await shop(budgets({ stores: ['artifact', 'file'] }));
    await record(both.folder);
    await change(both.folder);
    const found = await checked(both.folder);
    expect(found).toMatchObject({ base: { store: 'file' }, report: { meta: { notes: [] } } });
    const alone = await shop(budgets({ stores: ['artifact'] }));
    expect((await checked(alone.folder)).absence).toContain('Artifacts belong to runs');
  });
});

describe('a build of base', () => {
  it('serves all projects of one folder, each by the limits that it had before', async () => {
    const log = join(await temporaryFolder(), 'log');
    const file = (name: string) => ({
      ...budgets({ build: `echo built >> ${log} && ${BUILD} && echo {} > a.json` }),
      project: name,
    });
    const { folder } = await shop();
    await commit(folder, 'two', { 'a.json': file('a'), 'b.json': file('b') });
    await git(folder, 'push', '--quiet');
    await change(folder);
    const raised = budgets({}, { max: '90 kB', maxIncrease: '500 B' });
    await writeFiles(folder, { 'b.json': { ...file('b'), budgets: raised.budgets } });
    const ran = await run(folder, ['--config', '[ab].json', '--report', 'json']);

    expect(await readFile(log, 'utf8')).toBe('built\n');
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.meta.projects?.map(({ base }) => base?.provenance)).toEqual([
      'rebuilt',
      'rebuilt',
    ]);
    expect(report.verdict.relaxed).toMatchObject([{ project: 'b', kind: 'limit-raised' }]);
    expect((await git(folder, 'worktree', 'list')).split('\n')).toHaveLength(1);
  });

  it('that fails, fails once for all of them', async () => {
    const log = join(await temporaryFolder(), 'log');
    const file = (name: string) => ({
      ...budgets({ build: `echo built >> ${log}; exit 3` }),
      project: name,
    });
    const { folder } = await shop();
    await commit(folder, 'two', { 'a.json': file('a'), 'b.json': file('b') });
    await git(folder, 'push', '--quiet');
    await change(folder);
    const ran = await run(folder, ['--config', '[ab].json', '--report', 'json']);

    expect(await readFile(log, 'utf8')).toBe('built\n');
    const report = JSON.parse(ran.stdout) as Report;
    for (const { noBaseline } of report.meta.projects ?? []) {
      expect(noBaseline).toContain('ended with code 3');
    }
    expect((await git(folder, 'worktree', 'list')).split('\n')).toHaveLength(1);
  });
});

it('keeps records that the next version can read: the snapshot says who kept it', async () => {
  const { folder } = await shop();
  const base = await record(folder);
  const text = await readFile(join(folder, `.git/weighbridge/%2e/${base}.json`), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ schemaVersion: 1, commit: base, kept: { run: null } });
});
