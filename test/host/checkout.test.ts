import { mkdir, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkout } from '../../src/host/checkout.ts';
import type { Checkout } from '../../src/model/host.ts';
import { git, temporaryFolder, writeFiles } from '../support/temporary.ts';

// A hook of git's that runs the tests tells them of its own repository.
beforeEach(() => {
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_CEILING_DIRECTORIES'])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

/** A repository in `main` of a folder, with one commit. */
async function repository(...options: string[]): Promise<string> {
  const main = join(await temporaryFolder({ 'main/packages/app/a.txt': 'x' }), 'main');
  await git(main, 'init', ...options);
  await commitAll(main, 'first');
  return main;
}

async function commitAll(folder: string, message: string): Promise<void> {
  await git(folder, 'add', '.');
  await git(folder, 'commit', '-m', message);
}

/** What git itself says of a folder. */
async function byGit(folder: string): Promise<Checkout> {
  const ask = (...args: string[]) => git(folder, 'rev-parse', ...args);
  return {
    root: await ask('--show-toplevel'),
    prefix: (await ask('--show-prefix')).replace(/\/$/, ''),
    gitFolder: await realpath(resolve(await realpath(folder), await ask('--git-common-dir'))),
    commit: await ask('--verify', '--quiet', 'HEAD').catch(() => null),
  };
}

/** The same by reading git's files, where there is no git to start. */
async function withoutGit(folder: string): Promise<Checkout | null> {
  const { PATH } = process.env;
  vi.stubEnv('PATH', '');
  try {
    return await checkout(folder);
  } finally {
    vi.stubEnv('PATH', PATH);
  }
}

describe('what git says, read from its files alone', () => {
  it('the root, the commit, the git folder, and the place of a folder in it', async () => {
    const main = await repository();
    const commit = await git(main, 'rev-parse', 'HEAD');
    const gitFolder = join(main, '.git');
    expect(await withoutGit(main)).toEqual({ root: main, prefix: '', gitFolder, commit });
    const prefix = 'packages/app';
    expect(await withoutGit(join(main, prefix))).toEqual({ root: main, prefix, gitFolder, commit });
  });

  it('in a detached head, a packed ref, and a branch whose name has folders', async () => {
    const main = await repository();
    await git(main, 'switch', '-c', 'feature/cart');
    expect(await withoutGit(main)).toEqual(await byGit(main));
    await git(main, 'pack-refs', '--all');
    expect(await withoutGit(main)).toEqual(await byGit(main));
    await writeFiles(main, { 'b.txt': 'y' });
    await commitAll(main, 'newer than what is packed');
    expect(await withoutGit(main)).toEqual(await byGit(main));
    await git(main, 'checkout', '--detach', 'HEAD~1');
    expect(await withoutGit(main)).toEqual(await byGit(main));
  });

  it('in worktrees, which share the git folder', async () => {
    const main = await repository();
    const tree = join(main, '../tree');
    await git(main, 'worktree', 'add', '-b', 'side', tree, 'HEAD');
    await writeFiles(main, { 'b.txt': 'y' });
    await commitAll(main, 'second');
    const found = await withoutGit(join(tree, 'packages/app'));
    expect(found).toEqual(await byGit(join(tree, 'packages/app')));
    expect(found).toMatchObject({ root: tree, gitFolder: join(main, '.git') });
    await git(main, 'pack-refs', '--all');
    await git(tree, 'checkout', '--detach');
    expect(await withoutGit(tree)).toEqual(await byGit(tree));
  });

  it('in a submodule, whose git folder is its own', async () => {
    const [outer, inner] = [await repository(), await repository()];
    await git(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', inner, 'vendor/inner');
    const found = await withoutGit(join(outer, 'vendor/inner/packages'));
    expect(found).toEqual(await byGit(join(outer, 'vendor/inner/packages')));
    expect(found?.gitFolder).toBe(join(outer, '.git/modules/vendor/inner'));
  });

  it('where the git folder is elsewhere, or a link', async () => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    const apart = await repository('--separate-git-dir', join(folder, 'apart.git'));
    expect(await withoutGit(apart)).toEqual(await byGit(apart));
    const linked = await repository();
    await rename(join(linked, '.git'), join(folder, 'linked.git'));
    await symlink(join(folder, 'linked.git'), join(linked, '.git'));
    const found = await withoutGit(linked);
    expect(await realpath(found?.gitFolder ?? '')).toBe((await byGit(linked)).gitFolder);
  });

  it('from a folder that was come to by a link', async () => {
    const main = await repository();
    const link = join(main, '../link');
    await symlink(join(main, 'packages'), link);
    expect(await withoutGit(link)).toEqual(await byGit(link));
    expect(await withoutGit(join(link, 'app'))).toMatchObject({ prefix: 'packages/app' });
  });

  it('before the first commit', async () => {
    const folder = await temporaryFolder({ 'sub/a.txt': 'x' });
    await git(folder, 'init');
    const gitFolder = join(folder, '.git');
    const expected = { root: folder, prefix: 'sub', gitFolder, commit: null };
    expect(await withoutGit(join(folder, 'sub'))).toEqual(expected);
    await writeFiles(folder, { 'sub/HEAD': 'a file of that name is no commit' });
    expect(await withoutGit(join(folder, 'sub'))).toEqual(expected);
  });

  it('in a root whose name has a line break', async () => {
    const odd = join(await temporaryFolder(), 'line\nbreak');
    await mkdir(odd);
    await writeFiles(odd, { 'a.txt': 'x' });
    await git(odd, 'init');
    await commitAll(odd, 'first');
    expect(await withoutGit(odd)).toMatchObject({ root: odd, gitFolder: join(odd, '.git') });
  });
});

describe('what git itself must be asked', () => {
  it('a head whose branch is another name for a branch', async () => {
    const main = await repository();
    await git(main, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    await git(main, 'symbolic-ref', 'HEAD', 'refs/heads/alias');
    const expected = await byGit(main);
    expect(expected.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(await checkout(main)).toEqual(expected);
    expect(await checkout(join(main, 'packages/app'))).toEqual({
      ...expected,
      prefix: 'packages/app',
    });
    const link = join(main, '../link');
    await symlink(join(main, 'packages/app'), link);
    expect(await checkout(link)).toEqual({ ...expected, prefix: 'packages/app' });
    const tree = join(main, '../tree');
    await git(main, 'worktree', 'add', '-b', 'side', tree);
    await git(tree, 'symbolic-ref', 'HEAD', 'refs/heads/alias');
    expect(await checkout(tree)).toEqual({ ...expected, root: tree });
    expect(await withoutGit(main)).toBeNull();
  });

  it('refs that are not kept in files', async () => {
    const main = await repository();
    // What a reftable repository has in the place of a head, for whoever cannot read it.
    await writeFile(join(main, '.git/HEAD'), 'ref: refs/heads/.invalid\n');
    const expected = { root: main, prefix: '', gitFolder: join(main, '.git'), commit: null };
    expect(await checkout(main)).toEqual(expected);
    // Never "no commit yet" by reading files: only git could know.
    expect(await withoutGit(main)).toBeNull();
  });

  it('a reftable repository, where git can make one', async (test) => {
    const folder = await temporaryFolder({ 'a.txt': 'x' });
    const made = git(folder, 'init', '--ref-format=reftable').then(
      () => true,
      () => false,
    );
    if (!(await made)) return test.skip('this git has no reftable');
    await commitAll(folder, 'first');
    expect(await checkout(folder)).toEqual(await byGit(folder));
  });

  it('what the environment says: a git folder and a tree of its own', async () => {
    const [main, other] = [await repository(), await temporaryFolder({ 'sub/a.txt': 'x' })];
    const commit = await git(main, 'rev-parse', 'HEAD');
    vi.stubEnv('GIT_DIR', join(main, '.git'));
    vi.stubEnv('GIT_WORK_TREE', other);
    const gitFolder = join(main, '.git');
    const expected = { root: other, prefix: 'sub', gitFolder, commit };
    expect(await checkout(join(other, 'sub'))).toEqual(expected);
    expect(await withoutGit(other)).toBeNull();
  });

  it('in a root whose name has a line break', async () => {
    const odd = join(await temporaryFolder(), 'line\nbreak');
    await mkdir(join(odd, 'sub'), { recursive: true });
    await git(odd, 'init');
    vi.stubEnv('GIT_CEILING_DIRECTORIES', '/nowhere');
    const expected = { root: odd, prefix: 'sub', gitFolder: join(odd, '.git'), commit: null };
    expect(await checkout(join(odd, 'sub'))).toEqual(expected);
  });
});

describe('outside git', () => {
  it('is null: a plain folder, a folder that is not there, a .git that is none', async () => {
    const folder = await temporaryFolder({ 'plain/a.txt': 'x', 'fake/.git/a.txt': '' });
    await writeFiles(folder, { 'lost/.git': 'gitdir: ../nowhere\n', 'text/.git': 'hello' });
    for (const name of ['plain', 'none', 'fake', 'lost', 'text']) {
      expect(await checkout(join(folder, name)), name).toBeNull();
    }
  });

  it('is null where the environment speaks of a checkout and git cannot be started', async () => {
    const main = await repository();
    vi.stubEnv('GIT_DIR', join(main, '.git'));
    expect(await withoutGit(main)).toBeNull();
  });
});
