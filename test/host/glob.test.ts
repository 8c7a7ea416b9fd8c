import { chmod, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { globFiles } from '../../src/host/glob.ts';
import { nodeHost } from '../../src/host/node.ts';
import { UserError } from '../../src/model/errors.ts';
import { temporaryFolder } from '../support/temporary.ts';

const host = nodeHost({ progress: () => {} });

/** Paths that the real host finds, sorted; every one of them once. */
async function pathsOf(folder: string, ...patterns: string[]): Promise<string[]> {
  return (await host.glob(patterns, folder)).map(({ path }) => path).sort();
}

describe('what a glob finds', () => {
  it('gives paths in key form with their size in bytes', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': 'é',
      'dist/b/c.js': '',
      'dist/d.css': 'x',
    });
    const found = await host.glob(['dist/**/*.js'], folder);
    expect(found.sort((left, right) => (left.path < right.path ? -1 : 1))).toEqual([
      { path: 'dist/a.js', size: 2 },
      { path: 'dist/b/c.js', size: 0 },
    ]);
  });

  it('understands braces and classes', async () => {
    const folder = await temporaryFolder({
      'd/a.js': '',
      'd/b.mjs': '',
      'd/c.css': '',
      'd/1.js': '',
    });
    expect(await pathsOf(folder, 'd/*.{js,mjs}')).toEqual(['d/1.js', 'd/a.js', 'd/b.mjs']);
    expect(await pathsOf(folder, 'd/[a-z].js')).toEqual(['d/a.js']);
  });

  it('gives a file once that several patterns match', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    expect(await pathsOf(folder, 'dist/*.js', 'dist/a.js', '**/*.js')).toEqual(['dist/a.js']);
  });

  it('finds files in dot folders when they are named, not otherwise', async () => {
    const folder = await temporaryFolder({ '.next/static/a.js': '', 'dist/.vite/b.js': '' });
    expect(await pathsOf(folder, '**/*.js')).toEqual([]);
    expect(await pathsOf(folder, '.next/**/*.js')).toEqual(['.next/static/a.js']);
    expect(await pathsOf(folder, 'dist/.vite/*.js')).toEqual(['dist/.vite/b.js']);
  });

  it('finds nothing in a folder that is not there, or that is a file', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    expect(await pathsOf(folder, 'build/**/*.js', 'build/a.js')).toEqual([]);
    expect(await pathsOf(folder, 'dist/a.js/*.js')).toEqual([]);
    expect(await pathsOf(folder, 'dist/a.js/b.js')).toEqual([]);
  });

  it('gives no folders', async () => {
    const folder = await temporaryFolder({ 'dist/a.js/b.txt': '' });
    expect(await pathsOf(folder, 'dist/*', 'dist/a.js')).toEqual([]);
  });

  it('names what is odd in a path as it is', async () => {
    const odd = ['d/with space.js', 'd/ünï.js', 'd/new\nline.js', "d/'quote'.js"];
    const folder = await temporaryFolder(Object.fromEntries(odd.map((path) => [path, ''])));
    expect(await pathsOf(folder, 'd/*.js')).toEqual([...odd].sort());
  });
});

describe('symlinks', () => {
  it('follows a link to a file and one to a folder', async () => {
    const folder = await temporaryFolder({ 'real/a.js': '12345', 'dist/own.js': '' });
    await symlink('../real/a.js', join(folder, 'dist/link.js'));
    await symlink('../real', join(folder, 'dist/folder'));
    expect(await pathsOf(folder, 'dist/**/*.js')).toEqual([
      'dist/folder/a.js',
      'dist/link.js',
      'dist/own.js',
    ]);
    const sizes = globFiles(['dist/{link,folder/a}.js'], folder);
    expect(sizes.map(({ size }) => size)).toEqual([5, 5]);
  });

  it('follows a link to a folder outside of the project', async () => {
    const outside = await temporaryFolder({ 'a.js': '1' });
    const folder = await temporaryFolder();
    await symlink(outside, join(folder, 'dist'));
    expect(await pathsOf(folder, 'dist/**/*.js')).toEqual(['dist/a.js']);
  });

  it('passes by a link that leads nowhere', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    await symlink('gone.js', join(folder, 'dist/broken.js'));
    await symlink('gone', join(folder, 'dist/broken'));
    expect(await pathsOf(folder, 'dist/**/*.js', 'dist/broken.js')).toEqual(['dist/a.js']);
  });

  it('passes by a link to itself, named or matched', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    await symlink('loop.js', join(folder, 'dist/loop.js'));
    expect(await pathsOf(folder, 'dist/*.js')).toEqual(['dist/a.js']);
    expect(await pathsOf(folder, 'dist/loop.js')).toEqual([]);
    expect(await pathsOf(folder, 'dist/loop.js/**/*.js')).toEqual([]);
  });
});

describe('cycles of symlinks', () => {
  it('does not enter a link to its own folder', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    await symlink('.', join(folder, 'dist/self'));
    expect(await pathsOf(folder, 'dist/**/*.js')).toEqual(['dist/a.js']);
  });

  it('does not enter a link to a folder above', async () => {
    const folder = await temporaryFolder({ 'dist/deep/er/a.js': '1' });
    await symlink('../..', join(folder, 'dist/deep/er/up'));
    await symlink('../..', join(folder, 'dist/deep/out'));
    await symlink(folder, join(folder, 'dist/root'));
    expect(await pathsOf(folder, 'dist/**/*.js')).toEqual(['dist/deep/er/a.js']);
  });

  it('goes once into each of two folders that link to each other', async () => {
    const folder = await temporaryFolder({ 'd/a/f.js': '1', 'd/b/g.js': '22' });
    await symlink('../b', join(folder, 'd/a/x'));
    await symlink('../a', join(folder, 'd/b/y'));
    const paths = await pathsOf(folder, 'd/**/*.js');
    expect(paths).toEqual(['d/a/f.js', 'd/a/x/g.js', 'd/b/g.js', 'd/b/y/f.js']);
  });

  it('ends quickly where many folders link to each other', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const folder = await temporaryFolder();
    for (const name of names) {
      await mkdir(join(folder, 'd', name), { recursive: true });
      for (const other of names)
        await symlink(`../${other}`, join(folder, 'd', name, `to-${other}`));
    }
    await symlink('..', join(folder, 'd/a/up'));
    expect(await pathsOf(folder, 'd/**/*.js')).toEqual([]);
  });

  it('enters a cycle that a pattern names', async () => {
    const folder = await temporaryFolder({ 'dist/a.js': '1' });
    await symlink('.', join(folder, 'dist/self'));
    expect(await pathsOf(folder, 'dist/self/*.js')).toEqual(['dist/self/a.js']);
  });
});

/** Root reads what is closed to others, so another user's process walks the closed folder. */
describe.runIf(process.platform !== 'win32')('a folder that is closed', () => {
  it('is an error that names it, never an empty folder', async () => {
    const folder = await temporaryFolder({
      'dist/a.js': '1',
      'dist/closed/b.js': '2',
      'budgets.json': { budgets: [{ files: 'dist/**/*.js', max: '1 kB' }] },
    });
    await chmod(folder, 0o755);
    await chmod(join(folder, 'dist/closed'), 0o000);
    const failure = await asNobody(async () => globFiles(['dist/**/*.js'], folder)).catch(
      (error: unknown) => error,
    );
    await chmod(join(folder, 'dist/closed'), 0o755);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toContain('dist/closed');
  });
});

/** Permissions do not bind root: without its rights for a moment, where the test has them. */
async function asNobody<Result>(task: () => Promise<Result>): Promise<Result> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await task();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
